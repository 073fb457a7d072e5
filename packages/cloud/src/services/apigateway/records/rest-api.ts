import type { DocumentationPartLocation } from '@aws-sdk/client-api-gateway';
import type { ApiModel, AuthorizerDefinition, BodyModel, RequestValidator, Route } from '../../execute-api/model.js';
import type { AccessLogSettings } from '../access-log-settings.js';

/** A REST API as it is stored: what is being edited, not what is served. */
export interface RestApiRecord {
  readonly id: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly version?: string | undefined;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly apiKeySource: ApiModel['apiKeySource'];
  readonly endpointTypes: readonly EndpointType[];
  readonly binaryMediaTypes: readonly string[];
  readonly minimumCompressionSize?: number | undefined;
  readonly disableExecuteApiEndpoint: boolean;
  readonly rootResourceId: string;
  /** By id. The root is among them. */
  readonly resources: Readonly<Record<string, ResourceRecord>>;
  /** By id. */
  readonly authorizers: Readonly<Record<string, AuthorizerRecord>>;
  /** By id. */
  readonly requestValidators: Readonly<Record<string, RequestValidatorRecord>>;
  /** By name. @default - the two that every API has from the start */
  readonly models?: Readonly<Record<string, ModelRecord>> | undefined;
  /** By id. @default none */
  readonly documentationParts?: Readonly<Record<string, DocumentationPartRecord>> | undefined;
  readonly gatewayResponses: ApiModel['gatewayResponses'];
}

/** Private APIs are reached through a VPC and are not supported. */
export type EndpointType = 'EDGE' | 'REGIONAL';

export interface ResourceRecord {
  readonly id: string;
  /** None for the root. */
  readonly parentId?: string | undefined;
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

export interface DocumentationPartRecord {
  readonly id: string;
  readonly location: DocumentationPartLocation;
  /** JSON text */
  readonly properties: string;
}

export interface ModelRecord extends BodyModel {
  readonly id: string;
  readonly name: string;
  readonly description?: string | undefined;
}

/** A snapshot: changes of the REST API after it do not reach it. */
export interface DeploymentRecord {
  readonly id: string;
  readonly apiId: string;
  readonly description?: string | undefined;
  readonly created: number;
  readonly model: ApiModel;
}

export interface StageRecord {
  readonly apiId: string;
  readonly stageName: string;
  readonly deploymentId: string;
  readonly description?: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly created: number;
  readonly updated: number;
  readonly tracingEnabled: boolean;
  /** By `resourcePath/httpMethod`, wildcards among them (any). */
  readonly methodSettings: Readonly<Record<string, MethodSetting>>;
  readonly accessLogSettings?: AccessLogSettings | undefined;
  readonly documentationVersion?: string | undefined;
  readonly clientCertificateId?: string | undefined;
}

export interface MethodSetting {
  readonly metricsEnabled?: boolean | undefined;
  readonly loggingLevel?: string | undefined;
  readonly dataTraceEnabled?: boolean | undefined;
  /** Requests a second. */
  readonly throttlingRateLimit?: number | undefined;
  readonly throttlingBurstLimit?: number | undefined;
}
