import type { DocumentationPartLocation, UnauthorizedCacheControlHeaderStrategy } from '@aws-sdk/client-api-gateway';
import type { ApiModel, AuthorizerDefinition, BodyModel, RequestValidator, Route } from '../../execute-api/index.js';
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
  /** @default - dualstack for private APIs, ipv4 for others */
  readonly ipAddressType?: IpAddressType | undefined;
  /** Of a private API. */
  readonly vpcEndpointIds?: readonly string[] | undefined;
  /** The resource policy, JSON text. @default - whoever the methods let in */
  readonly policy?: string | undefined;
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
  /** By name. @default none */
  readonly documentationVersions?: Readonly<Record<string, DocumentationVersionRecord>> | undefined;
  readonly gatewayResponses: ApiModel['gatewayResponses'];
}

/** Private APIs are answered like others: there is no network between them and their callers. */
export type EndpointType = 'EDGE' | 'REGIONAL' | 'PRIVATE';

export type IpAddressType = 'ipv4' | 'dualstack';

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

/** A snapshot of the documentation under a name. */
export interface DocumentationVersionRecord {
  readonly version: string;
  readonly description?: string | undefined;
  readonly created: number;
  /** By id. */
  readonly parts: Readonly<Record<string, DocumentationPartRecord>>;
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
  readonly canarySettings?: CanarySettings | undefined;
  /** Stored: nothing is cached. @default false */
  readonly cacheClusterEnabled?: boolean | undefined;
  /** Gigabytes, as text. */
  readonly cacheClusterSize?: string | undefined;
}

/** A second deployment behind a stage, which answers a part of the requests. */
export interface CanarySettings {
  readonly deploymentId: string;
  /** 0 to 100. */
  readonly percentTraffic: number;
  /** Over the stage's own variables. */
  readonly stageVariableOverrides?: Readonly<Record<string, string>> | undefined;
  /** Stored: nothing is cached. */
  readonly useStageCache: boolean;
}

export interface MethodSetting {
  readonly metricsEnabled?: boolean | undefined;
  readonly loggingLevel?: string | undefined;
  readonly dataTraceEnabled?: boolean | undefined;
  /** Requests a second. */
  readonly throttlingRateLimit?: number | undefined;
  readonly throttlingBurstLimit?: number | undefined;
  /** Stored, like the other settings of caches: nothing is cached. */
  readonly cachingEnabled?: boolean | undefined;
  readonly cacheTtlInSeconds?: number | undefined;
  readonly cacheDataEncrypted?: boolean | undefined;
  readonly requireAuthorizationForCacheControl?: boolean | undefined;
  readonly unauthorizedCacheControlHeaderStrategy?: UnauthorizedCacheControlHeaderStrategy | undefined;
}
