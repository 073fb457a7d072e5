import type { Authorization, AuthorizerDefinition, BodyModel, Integration } from '../model.js';

/** A WebSocket API as the gateway serves it. Plain JSON, so that a deployment can be stored as it is. */
export interface WebSocketModel {
  readonly protocol: 'WEBSOCKET';
  readonly name: string;
  /** `$request.body.action`: gives the route key of a message. */
  readonly routeSelectionExpression: string;
  /** `$request.header.x-api-key`, or what the authorizer says: `$context.authorizer.usageIdentifierKey`. */
  readonly apiKeySelectionExpression: string;
  readonly routes: readonly WebSocketRoute[];
  readonly authorizers: Readonly<Record<string, AuthorizerDefinition>>;
  /** JSON Schemas (draft 4) of messages by their names. */
  readonly models: Readonly<Record<string, BodyModel>>;
}

export interface WebSocketRoute {
  /** `$connect`, `$disconnect`, `$default`, or the value of the route selection expression. */
  readonly routeKey: string;
  /** Of `$connect`; the others are not asked. */
  readonly authorization: Authorization;
  readonly apiKeyRequired: boolean;
  /** `route.request.querystring.room` to whether it is required. */
  readonly requestParameters: Readonly<Record<string, boolean>>;
  /** Gives the key of the model that a message is validated by. */
  readonly modelSelectionExpression?: string | undefined;
  /** Names under `models` by key. */
  readonly requestModels: Readonly<Record<string, string>>;
  /** True of a route with a route response: what its integration answers is sent to the client. */
  readonly responds: boolean;
  readonly integration?: WebSocketIntegration | undefined;
}

export interface WebSocketIntegration
  extends Omit<Integration, 'responses' | 'payloadFormatVersion' | 'responseTransferMode'> {
  /** Gives the key of the request template; `$default` where there is none. */
  readonly templateSelectionExpression?: string | undefined;
  readonly responses: readonly WebSocketIntegrationResponse[];
}

export interface WebSocketIntegrationResponse {
  /** `$default`, or a pattern for the status or the error of a function: `/4\d\d/` */
  readonly key: string;
  readonly templateSelectionExpression?: string | undefined;
  /** By key. */
  readonly templates: Readonly<Record<string, string>>;
  /** `route.response.header.X` to `'a static value'` or `integration.response.…`. */
  readonly parameters: Readonly<Record<string, string>>;
}
