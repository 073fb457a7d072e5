import { httpApiModel } from '../../execute-api/http-api/http-api-model.js';
import type { ApiModel, Authorization, CorsConfiguration } from '../../execute-api/model.js';
import type { RateLimit } from '../../execute-api/token-bucket.js';
import type { AccessLogSettings } from '../access-log-settings.js';
import type { AuthorizerRecord } from '../rest-api-record.js';

/** An HTTP API as it is stored: what is being edited, and what its automatically deployed stages serve. */
export interface HttpApiRecord {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly version?: string;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly cors?: CorsConfiguration;
  readonly disableExecuteApiEndpoint: boolean;
  /** Each by id. */
  readonly routes: Readonly<Record<string, HttpRouteRecord>>;
  readonly integrations: Readonly<Record<string, HttpIntegrationRecord>>;
  readonly authorizers: Readonly<Record<string, AuthorizerRecord>>;
}

export interface HttpRouteRecord {
  readonly id: string;
  /** `GET /users/{name}`, `$default` */
  readonly routeKey: string;
  /** Id of its integration. */
  readonly integrationId?: string;
  /** Names its authorizer by id. */
  readonly authorization: Authorization;
  readonly operationName?: string;
}

export interface HttpIntegrationRecord {
  readonly id: string;
  /** The ARN of a Lambda function, or its invocation URI. */
  readonly uri: string;
  readonly description?: string;
  readonly timeoutInMillis: number;
}

export interface HttpStageRecord {
  readonly apiId: string;
  readonly stageName: string;
  readonly autoDeploy: boolean;
  /** The deployment that is served, without automatic deployment. */
  readonly deploymentId?: string;
  readonly description?: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** By route key; `*` for the others. */
  readonly throttles: Readonly<Record<string, RateLimit>>;
  readonly accessLogSettings?: AccessLogSettings;
  readonly created: number;
  readonly updated: number;
}

/** The served part of an HTTP API: the routes that have an integration. */
export function httpModelOf(api: HttpApiRecord): ApiModel {
  return httpApiModel({
    name: api.name,
    routes: Object.values(api.routes).flatMap(({ routeKey, authorization, integrationId = '' }) => {
      const integration = api.integrations[integrationId];
      if (integration === undefined) return [];
      return [{ routeKey, authorization, uri: integration.uri, timeoutInMillis: integration.timeoutInMillis }];
    }),
    authorizers: Object.fromEntries(Object.entries(api.authorizers).map(([id, { definition }]) => [id, definition])),
    ...(api.cors && { cors: api.cors }),
  });
}
