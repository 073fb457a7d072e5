export const GOBLET_CONNECTION_CREDENTIALS =
  'A message to a WebSocket connection cannot be signed, because the environment has no credentials or no region. Lambda sets them; elsewhere set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION. The test client needs none.';

export const noCredentials =
  'GOBLET_CONNECTION_CREDENTIALS: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION sign messages to connections, but one is not set; Lambda sets them, elsewhere set them yourself';

export const GOBLET_CONNECTION_DATA =
  'A message to a connection is neither text nor a JSON value. API Gateway has no binary messages. Send text or a JSON value; encode bytes as base64.';

export const notSendable = (data: unknown) =>
  `GOBLET_CONNECTION_DATA: ${data instanceof Uint8Array ? 'bytes' : typeof data} cannot be sent; API Gateway sends text, so give text or a JSON value`;

export const GOBLET_CONNECTION_GONE =
  'A WebSocket connection is gone, or not open yet. The class is `ConnectionGone`. Catch it and forget the connection. Send nothing to a connection while its `connect` is handled.';

export const connectionGone = (connectionId: string) =>
  `GOBLET_CONNECTION_GONE: the connection ${connectionId} is gone`;

export const GOBLET_CONNECTION_REFUSED =
  'API Gateway refused a request to a connection: 403 without `execute-api:ManageConnections`, 413 for more than 128 KB, 429 above a quota. The class is `ConnectionRefused`. The message has API Gateway’s reason. The construct grants access to the function of the source; grant it to others with `webApi.webSocketApi.grantManageConnections(fn)`.';

export const connectionRefused = (connectionId: string, status: number, why: string) =>
  `GOBLET_CONNECTION_REFUSED: API Gateway answered ${status} for the connection ${connectionId}: ${why}`;

export const GOBLET_CONNECTION_URL =
  '`connections` got something that is not a callback URL. Pass the `callbackUrl` of a record, or of the construct’s `webSocketStage`; it starts with https.';

export const notCallbackUrl = (url: string) =>
  `GOBLET_CONNECTION_URL: ${JSON.stringify(url)} is not a callback URL; write https://{api}.execute-api.{region}.amazonaws.com/{stage}`;

export const GOBLET_WEBSOCKET_ANSWER =
  'The handler of a `connect` returned a value that does not say whether to open the connection, which is refused with 500. Return nothing to open it; throw an error or return `reply(status)` to refuse it.';

export const unclearAnswer =
  'GOBLET_WEBSOCKET_ANSWER: the connection is refused, because the handler’s result does not say whether to open it';
