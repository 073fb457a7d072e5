/**
 * An API as the gateway serves it, whatever it was made from: an OpenAPI document, REST resources, or the routes of an
 * HTTP API. Plain JSON, so that a deployment can be stored as it is.
 */
export interface ApiModel {
  readonly protocol: 'REST' | 'HTTP';
  readonly name: string;
  readonly description?: string;
  readonly version?: string;
  readonly routes: readonly Route[];
  readonly authorizers: Readonly<Record<string, AuthorizerDefinition>>;
  readonly gatewayResponses: { readonly [type in GatewayResponseType]?: GatewayResponseDefinition };
  readonly requestValidators: Readonly<Record<string, RequestValidator>>;
  /** JSON Schemas (draft 4) of bodies by their names. @default none */
  readonly models?: Readonly<Record<string, BodyModel>>;
  /** Media types whose bodies are bytes: `image/png`, any. */
  readonly binaryMediaTypes: readonly string[];
  readonly apiKeySource: 'HEADER' | 'AUTHORIZER';
  /** Bytes from which on an answer is compressed for clients that accept it; none for never. */
  readonly minimumCompressionSize?: number;
  /** The resource policy, JSON text. @default - whoever the methods let in */
  readonly policy?: string;
  /** Of an HTTP API: preflight and response headers are the gateway's. */
  readonly cors?: CorsConfiguration;
}

export interface BodyModel {
  readonly contentType: string;
  readonly description?: string | undefined;
  /** JSON text */
  readonly schema: string;
}

/** AWS's own members of `CorsConfiguration` of an HTTP API. */
export interface CorsConfiguration {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge?: number;
  readonly allowCredentials: boolean;
}

export interface Route {
  /** Upper case; `ANY` for every method that has no route on this path. */
  readonly method: string;
  /** `/users/{username}`, greedy `/files/{path+}`; `$default` of an HTTP API for what no other route takes. */
  readonly path: string;
  /** API Gateway's id of the resource; made from the path where none is given. */
  readonly resourceId?: string;
  readonly operationName?: string;
  readonly authorization: Authorization;
  readonly apiKeyRequired: boolean;
  /** `method.request.querystring.limit` to whether it is required. */
  readonly requestParameters: Readonly<Record<string, boolean>>;
  /** A name under `requestValidators`. */
  readonly requestValidator?: string | undefined;
  /** Names under `models` by the content type of the request. @default none */
  readonly requestModels?: Readonly<Record<string, string>>;
  /** By status code. */
  readonly methodResponses: Readonly<Record<string, MethodResponse>>;
  readonly integration?: Integration;
}

export type Authorization =
  | { readonly kind: 'NONE' }
  | { readonly kind: 'AWS_IAM' }
  /** `authorizer` is a name under `authorizers`. */
  | { readonly kind: 'CUSTOM'; readonly authorizer: string }
  | { readonly kind: 'COGNITO_USER_POOLS' | 'JWT'; readonly authorizer: string; readonly scopes: readonly string[] };

export interface MethodResponse {
  /** `method.response.header.X` to whether it is required (which API Gateway does not enforce). */
  readonly responseParameters: Readonly<Record<string, boolean>>;
  /** Names of models by content type. Documentation, as on AWS. @default none */
  readonly responseModels?: Readonly<Record<string, string>>;
}

export const INTEGRATION_TYPES = ['HTTP', 'MOCK', 'AWS_PROXY', 'HTTP_PROXY', 'AWS'] as const;

export interface Integration {
  readonly type: (typeof INTEGRATION_TYPES)[number];
  /**
   * The Lambda function's invocation URI (AWS_PROXY), an AWS service's action or path (AWS), an address (HTTP,
   * HTTP_PROXY).
   */
  readonly uri?: string;
  readonly httpMethod?: string;
  /** The ARN of the role that calls the function or the service. @default - the resource's own policy decides */
  readonly credentials?: string;
  /** `integration.request.header.X` to `method.request.…`, `context.…`, `stageVariables.…` or `'a static value'`. */
  readonly requestParameters?: Readonly<Record<string, string>>;
  /** Stored: nothing is cached. */
  readonly cacheKeyParameters?: readonly string[];
  /** Stored: nothing is cached. */
  readonly cacheNamespace?: string;
  /** @default - INTERNET, for addresses */
  readonly connectionType?: 'INTERNET' | 'VPC_LINK';
  /** Of a VPC link: its id. */
  readonly connectionId?: string;
  readonly tlsConfig?: { readonly insecureSkipVerification?: boolean | undefined };
  readonly payloadFormatVersion: '1.0' | '2.0';
  /** For a streamed response: until it begins. */
  readonly timeoutInMillis: number;
  readonly responseTransferMode: 'BUFFERED' | 'STREAM';
  readonly passthroughBehavior: 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER';
  readonly contentHandling?: 'CONVERT_TO_TEXT' | 'CONVERT_TO_BINARY';
  /** Of an HTTP API: the service and action that it calls (`SQS-SendMessage`), with `requestParameters` as theirs. */
  readonly subtype?: string;
  /** Of an HTTP API: the changes of responses, by status code. */
  readonly responseMappings?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By content type of the request. */
  readonly requestTemplates: Readonly<Record<string, string>>;
  readonly responses: readonly IntegrationResponse[];
}

export interface IntegrationResponse {
  readonly statusCode: string;
  /** A regular expression for the status; none for the default response. */
  readonly selectionPattern?: string;
  /** `method.response.header.X` to `'a static value'` or `integration.response.…`. */
  readonly responseParameters: Readonly<Record<string, string>>;
  /** By content type of the response. */
  readonly responseTemplates: Readonly<Record<string, string>>;
  /** True where no templates were given as such, which API Gateway tells. @default false */
  readonly emptyTemplates?: boolean;
  readonly contentHandling?: 'CONVERT_TO_TEXT' | 'CONVERT_TO_BINARY';
}

export type AuthorizerDefinition =
  | {
      readonly type: 'TOKEN' | 'REQUEST';
      readonly uri: string;
      /** The ARN of the role that calls the function. @default - the function's own policy decides */
      readonly credentials?: string;
      /** `method.request.header.Authorization`, of an HTTP API `$request.header.Authorization`; several for REQUEST. */
      readonly identitySources: readonly string[];
      /** A regular expression that the whole token must match (TOKEN). */
      readonly identityValidationExpression?: string;
      /** Seconds a result is kept; 0 for not at all. */
      readonly ttl: number;
      /** True where nobody said how long: five minutes then, which API Gateway does not tell. @default false */
      readonly usualTtl?: boolean;
      /** The kind that an imported definition gives it: `oauth2`. @default custom */
      readonly authType?: string;
      /** Of an HTTP API: whether the function answers `{ isAuthorized, context }` instead of a policy. */
      readonly simpleResponses?: boolean;
    }
  /** Of an HTTP API. */
  | {
      readonly type: 'JWT';
      readonly issuer: string;
      readonly audience: readonly string[];
      readonly identitySources: readonly string[];
    }
  | {
      readonly type: 'COGNITO_USER_POOLS';
      readonly providerArns: readonly string[];
      readonly identitySources: readonly string[];
    };

export interface RequestValidator {
  readonly validateRequestBody: boolean;
  readonly validateRequestParameters: boolean;
}

export interface GatewayResponseDefinition {
  readonly statusCode?: number;
  /** `gatewayresponse.header.X` to `'a static value'` or `method.request.header.Y`. */
  readonly responseParameters: Readonly<Record<string, string>>;
  /** By content type. */
  readonly responseTemplates: Readonly<Record<string, string>>;
}

/** The responses API Gateway makes itself (developer guide, "Gateway response types"). */
export type GatewayResponseType = (typeof GATEWAY_RESPONSE_TYPES)[number];

export const GATEWAY_RESPONSE_TYPES = [
  'ACCESS_DENIED',
  'API_CONFIGURATION_ERROR',
  'AUTHORIZER_CONFIGURATION_ERROR',
  'AUTHORIZER_FAILURE',
  'BAD_REQUEST_BODY',
  'BAD_REQUEST_PARAMETERS',
  'DEFAULT_4XX',
  'DEFAULT_5XX',
  'EXPIRED_TOKEN',
  'INTEGRATION_FAILURE',
  'INTEGRATION_TIMEOUT',
  'INVALID_API_KEY',
  'INVALID_SIGNATURE',
  'MISSING_AUTHENTICATION_TOKEN',
  'QUOTA_EXCEEDED',
  'REQUEST_TOO_LARGE',
  'RESOURCE_NOT_FOUND',
  'THROTTLED',
  'UNAUTHORIZED',
  'UNSUPPORTED_MEDIA_TYPE',
  'WAF_FILTERED',
] as const;

export function isGatewayResponseType(name: string): name is GatewayResponseType {
  return (GATEWAY_RESPONSE_TYPES as readonly string[]).includes(name);
}
