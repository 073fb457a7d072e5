/** Every code of an error of `@goblet/build`: when it comes, and what to do. docs/reference/build-errors.md is made of this by `npm run docs:errors`. */
export const ERROR_CODES = {
  GOBLET_BUILD_APP_EXITED:
    'The app ended its process while it loaded. Remove `process.exit` from code that runs at import.',
  GOBLET_BUILD_APP_NOT_EXPORTED:
    "The entry file does not export an app as `app`. Write `export const app = new App('…')`.",
  GOBLET_BUILD_APP_THREW:
    'The app, or goblet.config.ts, threw while it loaded. Its stack trace follows, in lines of its source. Move code that needs the environment, the network or AWS into `setup`.',
  GOBLET_BUILD_APP_TIMEOUT:
    'The app did not finish loading: a top-level `await` never resolves, or the app runs for more than 30 seconds. The stack trace below the message points to the `await` or the loop. Goblet loads the app a second time to find it. Move the waiting code into `setup`.',
  GOBLET_BUILD_APP_VERSION:
    'The app was created by a version of `goblet` that these tools cannot read. Install the same version of `goblet` and `@goblet/build`.',
  GOBLET_BUILD_BINDING_MISSING:
    'The app needs a value that no option provides: an environment variable, or a user pool. Provide it.',
  GOBLET_BUILD_BUNDLE_FAILED:
    'The source does not compile, or imports something that does not exist. The message has the place; all messages of the bundler follow.',
  GOBLET_BUILD_CONFIG_NOT_FOUND: '`--config` names a file that does not exist.',
  GOBLET_BUILD_ENTRY_NOT_FOUND:
    'There is no app in the expected place. Name its file with `--entry`, or in package.json as `"goblet": { "entry": "…" }`.',
  GOBLET_BUILD_INCLUDE: '`include` names a path that does not exist or is outside the project.',
  GOBLET_BUILD_LIMIT: [
    'The app exceeds a limit that AWS does not raise. The message says which limit, and at which line.',
    '',
    '| limit | at most |',
    '| --- | --- |',
    '| scopes of a route, in an HTTP API | 10 |',
    '| characters of a scope, in an HTTP API | 64 |',
    '| integrations of an HTTP API | 300 |',
    "| characters of the app's name, for an HTTP API | 128 |",
    '| CORS `maxAge`, in an HTTP API | 86,400 seconds |',
    '| name of an authorizer | 128 letters, digits and `_.-` |',
    '| definition of an API | 6 MiB |',
    '| template | 1,000,000 bytes |',
  ].join('\n'),
  GOBLET_BUILD_NATIVE_PACKAGE:
    "The app imports a package that loads a native build from its own folder, such as `better-sqlite3`, `bcrypt` or `sharp`. It cannot be part of the bundle. Name it in `external`, and put an installation for the function's architecture beside the bundle with `include`, or into a layer.",
  GOBLET_BUILD_NOT_SUPPORTED:
    'API Gateway or the artifact does not support something that the app declares. The message says what, and at which line.',
  GOBLET_BUILD_OPTION_INVALID: 'A stage option has a value that AWS does not accept. The message says what it accepts.',
  GOBLET_BUILD_OPTION_UNKNOWN:
    'A stage, a stage option or an environment variable is unknown. The message suggests the nearest known name.',
  GOBLET_BUILD_SEND:
    'An event was requested for a source that the app does not have, or with contents that the source does not carry. The message lists the sources, or says what is wrong.',
} as const satisfies Readonly<Record<string, string>>;

/** The codes of errors of the build. */
export type BuildErrorCode = keyof typeof ERROR_CODES;

/** The same of its warnings. */
export const WARNING_CODES = {
  GOBLET_BUILD_PATH_RESERVED:
    'A route of a REST API has the path `/ping` or `/sping`. Under a custom domain API Gateway answers these paths itself. Choose another path.',
  GOBLET_BUILD_QUOTA_AUTHORIZERS:
    'The routes use more than ten authorizers that API Gateway stores (all except `iam()` and `apiKey()`). Share authorizers, or ask AWS Support to raise "Authorizers per API".',
  GOBLET_BUILD_QUOTA_RESOURCES:
    'The paths of a REST API create more than 300 resources. Each level of each path is a resource. So is the root, which Goblet counts because AWS does not document that it is free. Raise "Resources per API" in Service Quotas, or move routes into another app.',
  GOBLET_BUILD_QUOTA_ROUTES:
    'An HTTP API has more than 300 routes. Each declared route counts, and so do each path\'s any-method (with which the function answers 405) and a HEAD for each guarded GET. Raise "Routes per API" in Service Quotas, or move routes into another app. CloudFormation accepts 500 resources in a stack, and each route is one.',
} as const satisfies Readonly<Record<string, string>>;

/** The codes of warnings of the build. */
export type BuildWarningCode = keyof typeof WARNING_CODES;
