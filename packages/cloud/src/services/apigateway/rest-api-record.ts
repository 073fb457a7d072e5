import type { ApiModel, AuthorizerDefinition, RequestValidator, Route } from '../execute-api/model.js';
import type { AccessLogSettings } from './access-log-settings.js';

/** A REST API as it is stored: what is being edited, not what is served. */
export interface RestApiRecord {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly version?: string;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly apiKeySource: ApiModel['apiKeySource'];
  readonly endpointTypes: readonly string[];
  readonly binaryMediaTypes: readonly string[];
  readonly minimumCompressionSize?: number;
  readonly disableExecuteApiEndpoint: boolean;
  readonly rootResourceId: string;
  /** By id. The root is among them. */
  readonly resources: Readonly<Record<string, ResourceRecord>>;
  /** By id. */
  readonly authorizers: Readonly<Record<string, AuthorizerRecord>>;
  /** By id. */
  readonly requestValidators: Readonly<Record<string, RequestValidatorRecord>>;
  readonly gatewayResponses: ApiModel['gatewayResponses'];
}

export interface ResourceRecord {
  readonly id: string;
  /** None for the root. */
  readonly parentId?: string;
  readonly pathPart: string;
  readonly path: string;
  /** By HTTP method, `ANY` among them. */
  readonly methods: Readonly<Record<string, MethodRecord>>;
}

/** A route without its place. It names its authorizer and its validator by id. */
export type MethodRecord = Omit<Route, 'method' | 'path' | 'resourceId'>;

export interface AuthorizerRecord {
  readonly id: string;
  readonly name: string;
  readonly definition: AuthorizerDefinition;
}

export interface RequestValidatorRecord extends RequestValidator {
  readonly id: string;
  readonly name: string;
}

/** A snapshot: changes of the REST API after it do not reach it. */
export interface DeploymentRecord {
  readonly id: string;
  readonly apiId: string;
  readonly description?: string;
  readonly created: number;
  readonly model: ApiModel;
}

export interface StageRecord {
  readonly apiId: string;
  readonly stageName: string;
  readonly deploymentId: string;
  readonly description?: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly created: number;
  readonly updated: number;
  readonly tracingEnabled: boolean;
  /** By `resourcePath/httpMethod`, wildcards among them (any). */
  readonly methodSettings: Readonly<Record<string, MethodSetting>>;
  readonly accessLogSettings?: AccessLogSettings;
  readonly documentationVersion?: string;
  readonly clientCertificateId?: string;
}

export interface MethodSetting {
  readonly metricsEnabled?: boolean;
  readonly loggingLevel?: string;
  readonly dataTraceEnabled?: boolean;
  /** Requests a second. */
  readonly throttlingRateLimit?: number;
  readonly throttlingBurstLimit?: number;
}

/** The model that a deployment of a REST API serves. */
export function modelOf(api: RestApiRecord): ApiModel {
  return {
    protocol: 'REST',
    name: api.name,
    ...(api.description !== undefined && { description: api.description }),
    ...(api.version !== undefined && { version: api.version }),
    routes: Object.values(api.resources).flatMap(({ id, path, methods }) =>
      Object.entries(methods).map(([method, record]) => ({ ...record, method, path, resourceId: id })),
    ),
    authorizers: mapValues(api.authorizers, ({ definition }) => definition),
    gatewayResponses: api.gatewayResponses,
    requestValidators: mapValues(api.requestValidators, ({ validateRequestBody, validateRequestParameters }) => ({
      validateRequestBody,
      validateRequestParameters,
    })),
    binaryMediaTypes: api.binaryMediaTypes,
    apiKeySource: api.apiKeySource,
    ...(api.minimumCompressionSize !== undefined && { minimumCompressionSize: api.minimumCompressionSize }),
  };
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
