/** Every code of an error of the construct: when it comes, and what to do. docs/reference/construct-errors.md is made of this by `npm run docs:errors`. */
export const ERROR_CODES = {
  GOBLET_CDK_APP_EMPTY:
    'The app declares neither a route nor a source, so there is nothing to create. Either the entry file does not import the module that declares them, or the entry is the wrong file.',
  GOBLET_CDK_AUTH_UNBOUND:
    'An authorizer that needs a user pool or an issuer has none, or something else; or the usage plan of the API keys has an unknown setting. Bind it under `auth`.',
  GOBLET_CDK_AUTH_UNKNOWN: '`auth` has a name that the app does not declare, or one that needs no resource.',
  GOBLET_CDK_BUILD_FAILED:
    '`goblet-build` ended without an answer, or has another version than the construct. Its own output is above the error. Install the same version of all packages.',
  GOBLET_CDK_ENVIRONMENT_UNBOUND:
    "A variable of the app's `env` has no value, or a value that is not text. Set it under `environment`.",
  GOBLET_CDK_ENVIRONMENT_UNKNOWN:
    '`environment` has a name that the app does not declare, that Lambda sets itself, or that Lambda does not accept (`[A-Za-z][A-Za-z0-9_]+`). Declare it under `env`, or remove it.',
  GOBLET_CDK_FIFO:
    'A FIFO queue has a `batchWindow`, which Lambda does not accept, or a FIFO topic is bound to a function, which SNS does not support: it delivers FIFO topics to queues only.',
  GOBLET_CDK_FRONT_DOOR_OPEN:
    'The app is also behind a Function URL or a load balancer that cannot check the authorizer of a guarded route, so the route could only answer 401 there. A Function URL checks signatures (`iam()`), a load balancer checks nothing.',
  GOBLET_CDK_FUNCTION_UNKNOWN: '`functions` has options for a function that the app does not have.',
  GOBLET_CDK_NAME_RESERVED:
    'A function has the id of another child of the construct: `RestApi`, `HttpApi`, `WebSocketApi`, `AccessLogs`, `Domain`, or the name of another function followed by `Logs`, `Role`, `Policy`, `Schedule`, `Rule`, `Topic` or `Bucket`.',
  GOBLET_CDK_NOT_SUPPORTED:
    'The app declares a source of a kind that the construct does not support, or a second WebSocket API.',
  GOBLET_CDK_NO_API: 'Your code reads a property of an API that the app does not have.',
  GOBLET_CDK_OPTION:
    "An option of the construct or of one function is unknown, has an invalid value, or does not apply to the app. Examples: an option of REST APIs for an HTTP API (`tracingEnabled`, `binaryMediaTypes`), an API option for an app without routes, the `role` of an API handler that does not exist, a certificate outside the stack's region.",
  GOBLET_CDK_OUTPUT_TAKEN:
    'The stack already has an output of that name. Give the second app of a stack `outputs: { prefix }` or `outputs: false`.',
  GOBLET_CDK_SOURCE_UNBOUND:
    'A source that needs a resource has none, or one of another kind. Bind it under `sources`.',
  GOBLET_CDK_SOURCE_UNHANDLED: 'The app declares a source but does not handle it. Write `app.on(name, …)`.',
  GOBLET_CDK_SOURCE_UNKNOWN: '`sources` has a name that the app does not declare, or one that needs no resource.',
  GOBLET_CDK_TABLE_STREAM:
    "A source reads the stream of a table that has none, or one with other images. Give the table the stream view type that the app declares, or declare the table's.",
  GOBLET_CDK_TEMPLATE_TOO_LARGE:
    'The definition of the REST API is larger than the 1,000,000 bytes that CloudFormation accepts as a template. Move routes into another app. CDK itself warns when the whole template comes near that size.',
  GOBLET_CDK_TIMEOUT_TOO_LONG:
    'A function may run longer than API Gateway waits for it: 29 seconds for a REST or a WebSocket API, 30 seconds for an HTTP API. The limit does not apply to streaming functions or functions of other sources.',
  GOBLET_CDK_VISIBILITY_TIMEOUT:
    "A queue hides a message for less time than its function may run (default: 30 seconds), which Lambda refuses. Give the queue a longer `visibilityTimeout`; AWS recommends six times the function's timeout.",
} as const satisfies Readonly<Record<string, string>>;

/** The codes of errors that the construct throws itself. */
export type GobletErrorCode = keyof typeof ERROR_CODES;
