import type { Authorization, WebSocketIntegration, WebSocketModel } from '../../execute-api/index.js';
import type { AuthorizerRecord, DeploymentRecord, ModelRecord } from './rest-api.js';

/** A WebSocket API as it is stored: what is being edited, and what its automatically deployed stages serve. */
export interface WebSocketApiRecord {
  readonly id: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly version?: string | undefined;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly disableExecuteApiEndpoint: boolean;
  readonly disableSchemaValidation?: boolean | undefined;
  readonly routeSelectionExpression: string;
  readonly apiKeySelectionExpression: string;
  /** Each by id. */
  readonly routes: Readonly<Record<string, WebSocketRouteRecord>>;
  readonly integrations: Readonly<Record<string, WebSocketIntegrationRecord>>;
  readonly authorizers: Readonly<Record<string, AuthorizerRecord>>;
  readonly models: Readonly<Record<string, ModelRecord>>;
}

export interface WebSocketRouteRecord {
  readonly id: string;
  /** `$connect`, `$disconnect`, `$default`, `say` */
  readonly routeKey: string;
  /** Id of its integration. */
  readonly integrationId?: string | undefined;
  /** Names its authorizer by id. */
  readonly authorization: Authorization;
  readonly apiKeyRequired: boolean;
  readonly operationName?: string | undefined;
  /** `route.request.querystring.room` to whether it is required. */
  readonly requestParameters: Readonly<Record<string, boolean>>;
  readonly modelSelectionExpression?: string | undefined;
  /** Names of models by key. */
  readonly requestModels: Readonly<Record<string, string>>;
  readonly routeResponseSelectionExpression?: string | undefined;
  /** By id. */
  readonly responses: Readonly<Record<string, RouteResponseRecord>>;
}

export interface RouteResponseRecord {
  readonly id: string;
  readonly routeResponseKey: string;
  readonly modelSelectionExpression?: string | undefined;
  readonly responseModels?: Readonly<Record<string, string>> | undefined;
  readonly responseParameters?: Readonly<Record<string, boolean>> | undefined;
}

export interface WebSocketIntegrationRecord extends Omit<WebSocketIntegration, 'responses'> {
  readonly id: string;
  readonly description?: string | undefined;
  /** By id. */
  readonly responses: Readonly<Record<string, IntegrationResponseRecord>>;
}

export interface IntegrationResponseRecord {
  readonly id: string;
  /** `$default`, or a pattern: `/4\d\d/` */
  readonly integrationResponseKey: string;
  readonly templateSelectionExpression?: string | undefined;
  readonly responseTemplates: Readonly<Record<string, string>>;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly contentHandling?: 'CONVERT_TO_TEXT' | 'CONVERT_TO_BINARY' | undefined;
}

/** A snapshot: changes of the API after it do not reach it. */
export type WebSocketDeploymentRecord = Omit<DeploymentRecord, 'model'> & { readonly model: WebSocketModel };
