/**
 * Every error code of the framework itself: when it occurs, and what to do. The reference page docs/reference/errors.md
 * is generated from this file; none of it ships in a function.
 */
export const ERROR_CODES = {
  GOBLET_API_KEYS: {
    when: 'An app declares several `apiKey()`. API Gateway accepts a key of any usage plan of the stage for every route that requires a key.',
    fix: 'Declare one. In CDK you can have several usage plans (`restApi.addUsagePlan`); `auth.apiKeyId` tells callers apart in a handler.',
  },
  GOBLET_APP_OPTION: {
    when: 'An app, a router or a mount has an unknown option, or an option with an invalid value.',
    fix: 'Correct its name or its value; the message says what is valid.',
  },
  GOBLET_AUTH_SCHEMA: {
    when: 'The claims schema of an authorizer is asynchronous.',
    fix: 'Claims are read when a handler first uses `auth`, so use a synchronous schema.',
  },
  GOBLET_AUTHORIZER: {
    when: '`authorizer` has options that API Gateway does not accept.',
    fix: 'A TOKEN authorizer has one header as its identity source, a REQUEST authorizer has headers and query parameters; `ttl` is 0 to 3600.',
  },
  GOBLET_AUTHORIZER_CONTEXT: {
    when: 'An authorizer allowed a caller with a context that API Gateway does not accept; nobody gets access.',
    fix: 'Use strings, numbers and booleans; write JSON for anything else, and do not name a value `principalId`.',
  },
  GOBLET_AUTHORIZER_ROUTE: {
    when: 'An authorizer limited a caller to something that is not a route, or to routes that an HTTP API would not cache; nobody gets access.',
    fix: 'Write `GET /users/{id}` or `/users/*`; in an HTTP API give the authorizer `ttl: 0`.',
  },
  GOBLET_AUTH_UNKNOWN: {
    when: 'A route, a source or a default names an authorizer that is not under the app’s `auth`, or names none.',
    fix: 'Correct the name, or declare the authorizer; `auth: false` opens a route.',
  },
  GOBLET_BUNDLE: {
    when: 'A bundle omits a part of the framework that the app needs.',
    fix: 'Bundle with the `bundleConditions` of the same app’s definition, as Goblet’s build does.',
  },
  GOBLET_BUS_PATTERN: {
    when: 'A bus has no pattern or an empty one, which EventBridge refuses.',
    fix: 'Name at least one field, such as `source`; `{ source: [{ prefix: "" }] }` matches every event.',
  },
  GOBLET_CLI_MISSING: {
    when: 'The `goblet` command runs in a project that does not have @goblet/cli.',
    fix: '`npm install --save-dev @goblet/cli`.',
  },
  GOBLET_CONNECTION_CREDENTIALS: {
    when: 'A message to a WebSocket connection cannot be signed, because the environment has no credentials or no region.',
    fix: 'Lambda sets them; elsewhere set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION. The test client needs none.',
  },
  GOBLET_CONNECTION_DATA: {
    when: 'A message to a connection is neither text nor a JSON value. API Gateway has no binary messages.',
    fix: 'Send text or a JSON value; encode bytes as base64.',
  },
  GOBLET_CONNECTION_GONE: {
    when: 'A WebSocket connection is gone, or not open yet. The class is `ConnectionGone`.',
    fix: 'Catch it and forget the connection. Send nothing to a connection while its `connect` is handled.',
  },
  GOBLET_CONNECTION_REFUSED: {
    when: 'API Gateway refused a request to a connection: 403 without `execute-api:ManageConnections`, 413 for more than 128 KB, 429 above a quota. The class is `ConnectionRefused`.',
    fix: 'The message has API Gateway’s reason. The construct grants access to the function of the source; grant it to others with `webApi.webSocketApi.grantManageConnections(fn)`.',
  },
  GOBLET_CONNECTION_URL: {
    when: '`connections` got something that is not a callback URL.',
    fix: 'Pass the `callbackUrl` of a record, or of the construct’s `webSocketStage`; it starts with https.',
  },
  GOBLET_COOKIE_NAME: {
    when: '`cookie` got a name that RFC 6265 does not allow.',
    fix: 'Use letters, digits and the characters of a token.',
  },
  GOBLET_CORS: {
    when: 'CORS options are invalid for browsers: an origin with a path or a wildcard, or an invalid header name.',
    fix: 'Correct what the message names; an origin is a scheme and a host, `https://shop.example`.',
  },
  GOBLET_CORS_CREDENTIALS: {
    when: 'CORS allows credentials to every origin, which browsers refuse.',
    fix: 'Name the origins.',
  },
  GOBLET_DECLARED_LATE: {
    when: 'A route, mount, middleware or handler is declared after the app has started, and would not be served.',
    fix: 'Declare everything while the module loads, and read `app.handler` last.',
  },
  GOBLET_ENV: {
    when: 'Environment variables are missing or do not match their types; the message names each.',
    fix: 'Set them; in a test, pass them as `env` of the test client.',
  },
  GOBLET_ERROR_STATUS: {
    when: '`defineError` got a status that is not an error.',
    fix: 'Use 400 to 599.',
  },
  GOBLET_EVENT_SOURCE: {
    when: 'The function of a source got an event of another kind, and the invocation fails.',
    fix: 'Send it events of its source; if another source publishes to an SQS queue, name it: `queue(topic(…))`.',
  },
  GOBLET_EVENT_UNKNOWN: {
    when: 'The event does not come from a front door of the app.',
    fix: 'If the app is behind a Function URL or an ALB, name it under `alsoBehind`; other events belong to a source.',
  },
  GOBLET_FUNCTION_CLASH: {
    when: 'Two Lambda functions would have the same name: functions of routes, of a source, of an authorizer, or of streaming routes.',
    fix: 'Give one of them another name; streaming routes of `reports` are in `reportsStream`.',
  },
  GOBLET_FUNCTION_NAME: {
    when: 'A function, or a source or authorizer with a function, has a name that AWS does not accept as a logical id.',
    fix: 'Use letters and digits, and start with a letter.',
  },
  GOBLET_FUNCTION_UNKNOWN: {
    when: '`lambdaHandler` got the name of a function that the app does not have.',
    fix: 'Deploy the app and its functions together; the inventory lists their names.',
  },
  GOBLET_HEADER: {
    when: 'A response header has a name or value that HTTP does not allow; the client gets a 500 without details.',
    fix: 'Encode the value, and never put unchecked input into a header.',
  },
  GOBLET_MOUNT_CYCLE: { when: 'A router would contain itself.', fix: 'Mount it elsewhere.' },
  GOBLET_MOUNT_DUPLICATE: {
    when: 'A router is mounted twice at one prefix.',
    fix: 'Remove one, or give it another prefix.',
  },
  GOBLET_MOUNT_ROUTER: {
    when: '`mount` got something that is not a `Router`, or a whole app.',
    fix: 'Move the shared routes into a `Router`.',
  },
  GOBLET_NEXT_TWICE: {
    when: 'A middleware called `next` twice for one request. The handler ran once, and the client gets a 500 without details.',
    fix: 'Keep the result of the first call. Retry inside the handler.',
  },
  GOBLET_NO_FUNCTION: {
    when: '`use`, `with`, `on` or `onError` got something that is not a function.',
    fix: 'Pass a function; `with` takes one for each value.',
  },
  GOBLET_PATH: {
    when: 'API Gateway does not accept a path.',
    fix: 'Write literal segments of letters, digits and `_-.:` (a REST API also accepts `,` and `$`), `{name}`, and `{name+}` at the end, without a trailing slash.',
  },
  GOBLET_RECORD: {
    when: 'Records of a source that cannot return single records do not match its schema; the log has the issues.',
    fix: 'Correct the sender or the schema. Lambda retries the event and sends it to the function’s `onFailure` destination.',
  },
  GOBLET_RESPONSE: {
    when: 'A result does not match the route’s response schema. The client gets a 500 without details, and the log has the issues.',
    fix: 'Correct the handler or the schema.',
  },
  GOBLET_RESULT: {
    when: 'A handler returned a function or a symbol, which cannot be JSON.',
    fix: 'Return data, text, bytes, a stream, a `reply` or a Web `Response`.',
  },
  GOBLET_RESULT_TOO_LARGE: {
    when: 'A response is larger than the 6 MB that Lambda can buffer, or the 1 MB that an ALB accepts.',
    fix: 'Give the route `stream: true`, or return a link to S3.',
  },
  GOBLET_ROUTE_DUPLICATE: { when: 'A method and path are declared twice.', fix: 'Remove one.' },
  GOBLET_ROUTE_HANDLER: { when: 'A route has no handler function.', fix: 'Pass the handler last.' },
  GOBLET_ROUTE_METHOD: {
    when: 'A route has no method, names a method twice, or names one that API Gateway does not route.',
    fix: 'Use GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS.',
  },
  GOBLET_ROUTE_OPTION: {
    when: 'A route has an unknown option, or an option with an invalid value.',
    fix: 'Correct its name or its value; the message says what is valid.',
  },
  GOBLET_ROUTE_STATUS: { when: 'A route has an invalid status.', fix: 'Use 200 to 599.' },
  GOBLET_ROUTE_VARIABLE: {
    when: 'Two routes have different variables at one level of their paths, which API Gateway refuses.',
    fix: 'Use the same name for both; in a REST API, `{name}` and `{name+}` cannot be at the same level.',
  },
  GOBLET_SCHEDULE: {
    when: 'A schedule is neither a rate nor a cron expression of EventBridge.',
    fix: 'Write `rate(1 day)`, `rate(5 minutes)` or `cron(0 10 * * ? *)`: six fields, with `?` for one of the two days.',
  },
  GOBLET_SCOPES: {
    when: 'A route has invalid scopes, or scopes that none of its authorizers can check.',
    fix: 'Only tokens have scopes: guard the route with `cognito` or `jwt`, or remove the scopes.',
  },
  GOBLET_SOURCE_DUPLICATE: { when: 'A source has two handlers.', fix: 'Remove one.' },
  GOBLET_SOURCE_OPTION: {
    when: 'Lambda does not accept an option of a source, or its messages are of an unknown kind.',
    fix: 'Use what the message names.',
  },
  GOBLET_SOURCE_UNKNOWN: {
    when: '`on` names a source that is not under the app’s `sources`.',
    fix: 'Correct the name, or declare the source.',
  },
  GOBLET_STATUS: {
    when: 'A reply has an invalid status; the client gets a 500 without details.',
    fix: 'Use 200 to 599.',
  },
  GOBLET_STREAM_API: {
    when: 'A route of an HTTP API has `stream: true`; API Gateway supports streaming only for REST APIs.',
    fix: 'Use `api: "rest"`, or buffer the response.',
  },
  GOBLET_TEST_AUTH: {
    when: 'A test names an authorizer that the app does not have.',
    fix: 'Use a name under the app’s `auth`.',
  },
  GOBLET_TEST_OPTION: {
    when: 'The test client got an unknown option or gateway.',
    fix: 'Its options are `deps`, `env`, `auth` and `gateway`; a gateway is rest, http, url or alb.',
  },
  GOBLET_TEST_PARAMS: {
    when: 'A test omits a parameter of a route’s path, which may come from the prefix of its mount.',
    fix: 'Pass it under `params`, or `mount: { params }`.',
  },
  GOBLET_TEST_SEND: {
    when: 'A test sends several events to a source that delivers one at a time, or a message for a route that its source does not have.',
    fix: 'Call `send` once for each event; use one of the route keys in the message.',
  },
  GOBLET_TEST_ROUTE: {
    when: 'A test calls a route that the app does not serve, or serves at several paths.',
    fix: 'Mount its router, or choose a path with `mount: { at }`.',
  },
  GOBLET_WEBSOCKET: {
    when: '`websocket` has invalid messages, a route key that API Gateway reserves, or an expression that selects no route.',
    fix: 'Pass a schema, `String`, or one of them for each route key; `$default` is a route key too. An expression is `$request.body.` and the name of a member.',
  },
  GOBLET_WEBSOCKET_ANSWER: {
    when: 'The handler of a `connect` returned a value that does not say whether to open the connection, which is refused with 500.',
    fix: 'Return nothing to open it; throw an error or return `reply(status)` to refuse it.',
  },
  GOBLET_WEBSOCKET_AUTH: {
    when: 'A WebSocket API has an authorizer of a kind that API Gateway does not support there.',
    fix: 'Use `iam()`, or `authorizer()` of type REQUEST, which can verify a token itself. Browsers send no headers: give it a `query`.',
  },
  GOBLET_WITH_NAME: { when: 'A value of `with` would hide a part of the request.', fix: 'Give it another name.' },
} as const satisfies Record<string, { readonly when: string; readonly fix: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;
