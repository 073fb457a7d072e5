/**
 * Every code that the framework itself puts in front of a message: when it comes, and what to do. The reference page
 * docs/reference/errors.md is generated from here; nothing of this ships in a function.
 */
export const ERROR_CODES = {
  GOBLET_API_KEYS: {
    when: 'An app declares several `apiKey()`; API Gateway lets a key of any usage plan of the stage call every route that asks for one.',
    fix: 'Declare one. Plans are many in CDK, by `restApi.addUsagePlan`; a handler tells callers apart by `auth.apiKeyId`.',
  },
  GOBLET_APP_OPTION: {
    when: 'An app, a router or a mount has an option that does not exist, or is not what it has to be.',
    fix: 'Correct its name or its value; the message says what it has to be.',
  },
  GOBLET_AUTH_SCHEMA: {
    when: 'The claims schema of an authorizer is asynchronous.',
    fix: 'Claims are read where a handler first touches `auth`; give them a schema that answers at once.',
  },
  GOBLET_AUTHORIZER: {
    when: '`authorizer` is given options that API Gateway does not take.',
    fix: 'A TOKEN authorizer goes by one header, a REQUEST authorizer by headers and query parameters; a `ttl` is 0 to 3600.',
  },
  GOBLET_AUTHORIZER_CONTEXT: {
    when: 'An authorizer allowed a caller with a context that API Gateway would not take; nobody is let in.',
    fix: 'Use strings, numbers and booleans; write JSON for anything else, and do not call a value `principalId`.',
  },
  GOBLET_AUTHORIZER_ROUTE: {
    when: 'An authorizer narrowed what a caller may call by something that is no route, or by routes that an HTTP API would not keep; nobody is let in.',
    fix: 'Write `GET /users/{id}` or `/users/*`; in an HTTP API give the authorizer `ttl: 0`.',
  },
  GOBLET_AUTH_UNKNOWN: {
    when: 'A route, a source or a default names an authorizer that is not under the app’s `auth`, or none at all.',
    fix: 'Correct the name, or declare the authorizer; `auth: false` opens a route.',
  },
  GOBLET_BUNDLE: {
    when: 'A bundle was made without a part of the framework that the app needs.',
    fix: 'Bundle with the `bundleDefine` of the same app’s definition, as Goblet’s build does.',
  },
  GOBLET_BUS_PATTERN: {
    when: 'A bus has no pattern, or an empty one, which EventBridge refuses.',
    fix: 'Name at least one field, such as `source`; `{ source: [{ prefix: "" }] }` is every event.',
  },
  GOBLET_CLI_MISSING: {
    when: 'The `goblet` command is run in a project that does not have @goblet/cli.',
    fix: '`npm install --save-dev @goblet/cli`.',
  },
  GOBLET_CONNECTION_CREDENTIALS: {
    when: 'Something is sent to a connection of a WebSocket API, and the environment has no credentials or region to sign it with.',
    fix: 'Lambda sets them; elsewhere set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION. The test client needs none.',
  },
  GOBLET_CONNECTION_DATA: {
    when: 'What is sent to a connection is neither text nor what JSON can say. API Gateway has no binary messages.',
    fix: 'Give text, or a value; write bytes as base64.',
  },
  GOBLET_CONNECTION_GONE: {
    when: 'A connection of a WebSocket API is gone, or not open yet, and the handler reached for it. The class is `ConnectionGone`.',
    fix: 'Catch it and forget the connection. Send nothing to a connection while its `connect` is handled.',
  },
  GOBLET_CONNECTION_REFUSED: {
    when: 'API Gateway refused what was asked of a connection: 403 without `execute-api:ManageConnections`, 413 for more than 128 KB, 429 above a quota. The class is `ConnectionRefused`.',
    fix: 'The message has what API Gateway said. The construct grants the function of the source; grant others by `webApi.webSocketApi.grantManageConnections(fn)`.',
  },
  GOBLET_CONNECTION_URL: {
    when: '`connections` is given something that is no callback URL.',
    fix: 'Give the `callbackUrl` of a record, or of the construct’s `webSocketStage`; it starts with https.',
  },
  GOBLET_COOKIE_NAME: {
    when: '`cookie` is given a name that RFC 6265 does not allow.',
    fix: 'Use letters, digits and the characters of a token.',
  },
  GOBLET_CORS: {
    when: 'CORS options are not what browsers take: an origin with a path or a wildcard, a header that is no name.',
    fix: 'Correct what the message names; an origin is a scheme and a host, `https://shop.example`.',
  },
  GOBLET_CORS_CREDENTIALS: {
    when: 'CORS allows credentials to every origin, which browsers refuse.',
    fix: 'Name the origins.',
  },
  GOBLET_DECLARED_LATE: {
    when: 'A route, mount, middleware or handler is declared when the app has been started, and would not be served.',
    fix: 'Declare everything while the module is loaded, and take `app.handler` last.',
  },
  GOBLET_ENV: {
    when: 'Environment variables are missing or do not match their type; each is named.',
    fix: 'Set them; in a test, pass them as `env` of the test client.',
  },
  GOBLET_ERROR_STATUS: {
    when: '`defineError` is given a status that is no error.',
    fix: 'Use 400 to 599.',
  },
  GOBLET_EVENT_SOURCE: {
    when: 'The function of a source got an event of another kind, or one whose members have other types, and the invocation fails.',
    fix: 'Send it what its source delivers; behind an SQS queue, name the source that publishes to it: `queue(topic(…))`.',
  },
  GOBLET_EVENT_UNKNOWN: {
    when: 'The event comes from no front door of the app.',
    fix: 'Behind a Function URL or an ALB, name it under the app’s `alsoBehind`; other events belong to a source.',
  },
  GOBLET_FUNCTION_CLASH: {
    when: 'One name would be two Lambda functions: of routes, of a source, of an authorizer, or of routes that stream.',
    fix: 'Give one of them another name; streaming routes of `reports` are in `reportsStream`.',
  },
  GOBLET_FUNCTION_NAME: {
    when: 'A function, or a source or authorizer that has one, has a name that AWS would not take as a logical name.',
    fix: 'Use letters and digits, a letter first.',
  },
  GOBLET_FUNCTION_UNKNOWN: {
    when: '`lambdaHandler` is asked for a function that the app does not have.',
    fix: 'Deploy the app and its functions together; the inventory lists their names.',
  },
  GOBLET_HEADER: {
    when: 'A response header has a name or value that HTTP does not allow; the client gets a bare 500.',
    fix: 'Encode the value, and never put input into a header unchecked.',
  },
  GOBLET_MOUNT_CYCLE: { when: 'A router would contain itself.', fix: 'Mount it elsewhere.' },
  GOBLET_MOUNT_DUPLICATE: {
    when: 'A router is mounted twice at one prefix.',
    fix: 'Remove one, or give it another prefix.',
  },
  GOBLET_MOUNT_ROUTER: {
    when: '`mount` is given something that is no `Router`, or a whole app.',
    fix: 'Put what is shared into a `Router`.',
  },
  GOBLET_NEXT_TWICE: {
    when: 'A middleware called `next` twice for one request; the handler ran once, the client gets a bare 500.',
    fix: 'Keep what the first call gave. What is to be tried again belongs into the handler.',
  },
  GOBLET_NO_FUNCTION: {
    when: '`use`, `with`, `on` or `onError` is given something that cannot be called.',
    fix: 'Pass a function; `with` takes one for each value.',
  },
  GOBLET_PATH: {
    when: 'A path is not one that API Gateway takes.',
    fix: 'Write literal segments of letters, digits and `_-.:` (a REST API takes `,` and `$` too), `{name}`, and `{name+}` at the end; no slash at the end.',
  },
  GOBLET_RECORD: {
    when: 'Records of a source that delivers without partial answers do not match its schema; the log has the issues.',
    fix: 'Correct the sender or the schema. Lambda retries the event and sends it to the function’s `onFailure` destination.',
  },
  GOBLET_RESPONSE: {
    when: 'A result does not match the route’s response schema; the client gets a bare 500, the log the issues.',
    fix: 'Correct the handler or the schema.',
  },
  GOBLET_RESULT: {
    when: 'A handler returned a function or a symbol, which has no JSON.',
    fix: 'Return data, text, bytes, a stream, a `reply` or a Web `Response`.',
  },
  GOBLET_RESULT_TOO_LARGE: {
    when: 'A response is over the 6 MB that Lambda can buffer, or the 1 MB that an ALB takes.',
    fix: 'Give the route `stream: true`, or hand out a link to S3.',
  },
  GOBLET_ROUTE_DUPLICATE: { when: 'A method and path are declared twice.', fix: 'Remove one.' },
  GOBLET_ROUTE_HANDLER: { when: 'A route has no handler function.', fix: 'Pass the handler last.' },
  GOBLET_ROUTE_METHOD: {
    when: 'A route has no method, one twice, or one that API Gateway does not route.',
    fix: 'Use GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS.',
  },
  GOBLET_ROUTE_OPTION: {
    when: 'A route has an option that does not exist, or is not what it has to be.',
    fix: 'Correct its name or its value; the message says what it has to be.',
  },
  GOBLET_ROUTE_STATUS: { when: 'A route’s status is none.', fix: 'Use 200 to 599.' },
  GOBLET_ROUTE_VARIABLE: {
    when: 'Two routes have different variables at one level of their paths, which API Gateway refuses.',
    fix: 'Use one name for both; in a REST API, `{name}` and `{name+}` cannot stand beside each other.',
  },
  GOBLET_SCHEDULE: {
    when: 'A schedule is neither a rate nor a cron expression as EventBridge takes them.',
    fix: 'Write `rate(1 day)`, `rate(5 minutes)` or `cron(0 10 * * ? *)`: six fields, `?` for one of the two days.',
  },
  GOBLET_SCOPES: {
    when: 'A route has scopes that are none, or that none of its authorizers can check.',
    fix: 'Only tokens have scopes: guard the route by `cognito` or `jwt`, or leave the scopes out.',
  },
  GOBLET_SOURCE_DUPLICATE: { when: 'A source has two handlers.', fix: 'Remove one.' },
  GOBLET_SOURCE_OPTION: {
    when: 'An option of a source is not one that Lambda takes, or its messages are of no known kind.',
    fix: 'Use what the message names.',
  },
  GOBLET_SOURCE_UNKNOWN: {
    when: '`on` names a source that is not under the app’s `sources`.',
    fix: 'Correct the name, or declare the source.',
  },
  GOBLET_STATUS: { when: 'A reply has a status that is none; the client gets a bare 500.', fix: 'Use 200 to 599.' },
  GOBLET_STREAM_API: {
    when: 'A route of an HTTP API would stream, which API Gateway does for REST APIs only.',
    fix: 'Use `api: "rest"`, or let the route be buffered.',
  },
  GOBLET_TEST_AUTH: {
    when: 'The test client is given the caller of an authorizer that the app does not have.',
    fix: 'Use a name under the app’s `auth`.',
  },
  GOBLET_TEST_OPTION: {
    when: 'The test client is given an option or a gateway that there is not.',
    fix: 'It takes `deps`, `env`, `auth` and `gateway`; a gateway is rest, http, url or alb.',
  },
  GOBLET_TEST_PARAMS: {
    when: 'The test client lacks a parameter of a route’s path, which may come from the prefix it is mounted at.',
    fix: 'Pass it under `params`, or `mount: { params }`.',
  },
  GOBLET_TEST_SEND: {
    when: 'The test client sends several events to a source that delivers one at a time, or a message of a route that its source does not have.',
    fix: 'Call `send` once for each; write one of the route keys that the message names.',
  },
  GOBLET_TEST_ROUTE: {
    when: 'The test client is given a route that the app does not serve, or serves at several paths.',
    fix: 'Mount its router, or say which by `mount: { at }`.',
  },
  GOBLET_WEBSOCKET: {
    when: '`websocket` is given messages that are none, or for a route key that API Gateway has for itself, or an expression that selects no route.',
    fix: 'Give a schema, `String`, or one of them for each route key; `$default` is a route key as well. An expression is `$request.body.` and the name of a member.',
  },
  GOBLET_WEBSOCKET_ANSWER: {
    when: 'The handler of a `connect` returned what does not say whether to open the connection, and it is refused with 500.',
    fix: 'Return nothing to open it; throw an error or return `reply(status)` to refuse it.',
  },
  GOBLET_WEBSOCKET_AUTH: {
    when: 'A WebSocket API is guarded by an authorizer of a kind that API Gateway does not have for it.',
    fix: 'Use `iam()`, or `authorizer()` of type REQUEST, which can verify a token itself. Browsers send no headers: give it a `query`.',
  },
  GOBLET_WITH_NAME: { when: 'A value of `with` would hide a part of the request.', fix: 'Give it another name.' },
} as const satisfies Record<string, { readonly when: string; readonly fix: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;
