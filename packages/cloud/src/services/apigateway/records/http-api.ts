import type { Authorization, CorsConfiguration, RateLimit } from '../../execute-api/index.js';
import type { AccessLogSettings } from '../access-log-settings.js';
import type { AuthorizerRecord } from './rest-api.js';

/** An HTTP API as it is stored: what is being edited, and what its automatically deployed stages serve. */
export interface HttpApiRecord {
  readonly id: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly version?: string | undefined;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly cors?: CorsConfiguration | undefined;
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
  readonly integrationId?: string | undefined;
  /** Names its authorizer by id. */
  readonly authorization: Authorization;
  readonly operationName?: string | undefined;
}

export interface HttpIntegrationRecord {
  readonly id: string;
  /** AWS where it has a subtype. @default AWS_PROXY */
  readonly type?: 'AWS_PROXY' | 'HTTP_PROXY' | 'AWS' | undefined;
  /** `SQS-SendMessage` */
  readonly subtype?: string | undefined;
  /** Changes of requests, or the parameters of a subtype. */
  readonly requestParameters?: Readonly<Record<string, string>> | undefined;
  /** Changes of responses by status code. */
  readonly responseMappings?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  readonly credentials?: string | undefined;
  readonly connectionType?: 'INTERNET' | 'VPC_LINK' | undefined;
  readonly connectionId?: string | undefined;
  /** The name that the certificate of the endpoint is checked against. Kept: nothing checks it. */
  readonly serverNameToVerify?: string | undefined;
  /** Of HTTP_PROXY; `ANY` for the request's own. */
  readonly method?: string | undefined;
  /** The ARN of a Lambda function, or its invocation URI; an address for HTTP_PROXY. */
  readonly uri: string;
  readonly description?: string | undefined;
  readonly timeoutInMillis: number;
}

export interface HttpStageRecord {
  readonly apiId: string;
  readonly stageName: string;
  readonly autoDeploy: boolean;
  /** The deployment that is served if it is not deployed automatically. */
  readonly deploymentId?: string | undefined;
  readonly description?: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** By route key; `*` for the others. */
  readonly throttles: Readonly<Record<string, RateLimit>>;
  readonly accessLogSettings?: AccessLogSettings | undefined;
  readonly created: number;
  readonly updated: number;
}
