import type { CacheClusterSize } from '@aws-sdk/client-api-gateway';
import {
  type Authorization,
  type AuthorizerDefinition,
  type GatewayResponseDefinition,
  type GatewayResponseType,
  type Integration,
  type IntegrationResponse,
  type MethodResponse,
  usualStatus,
} from '../../execute-api/index.js';
import type {
  AuthorizerRecord,
  DeploymentRecord,
  MethodRecord,
  ResourceRecord,
  RestApiRecord,
  StageRecord,
} from '../records/rest-api.js';
import { wholeSeconds } from '../time.js';

/** The operations' answers, with the API's member names. Members that are undefined are not sent. */
export function restApiOutput(api: RestApiRecord) {
  return {
    id: api.id,
    name: api.name,
    description: api.description,
    createdDate: wholeSeconds(api.created),
    version: api.version,
    binaryMediaTypes: someOf(api.binaryMediaTypes),
    minimumCompressionSize: api.minimumCompressionSize,
    apiKeySource: api.apiKeySource,
    endpointConfiguration: {
      types: api.endpointTypes,
      ipAddressType: api.endpointTypes.includes('PRIVATE') ? ('dualstack' as const) : (api.ipAddressType ?? 'ipv4'),
      vpcEndpointIds: someOf(api.vpcEndpointIds ?? []),
    },
    // AWS escapes the policy once more than JSON does.
    policy: api.policy === undefined ? undefined : JSON.stringify(api.policy).slice(1, -1),
    tags: anyOf(api.tags),
    disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
    rootResourceId: api.rootResourceId,
  };
}

/** The answer to a change: it alone tells of no tags that there are none. */
export function changedRestApiOutput(api: RestApiRecord) {
  return { ...restApiOutput(api), tags: api.tags };
}

/** @param embed true to return the methods in full, false for their names only */
export function resourceOutput({ id, parentId, pathPart, path, methods }: ResourceRecord, embed: boolean) {
  const told = Object.entries(methods).map(([name, method]) => [name, embed ? methodOutput(name, method) : {}]);
  return {
    id,
    parentId,
    pathPart: parentId === undefined ? undefined : pathPart,
    path,
    resourceMethods: told.length > 0 ? Object.fromEntries(told) : undefined,
  };
}

export function methodOutput(httpMethod: string, method: MethodRecord) {
  return {
    httpMethod,
    authorizationType: method.authorization.kind,
    authorizerId: authorizerOf(method.authorization),
    authorizationScopes:
      method.authorization.kind === 'COGNITO_USER_POOLS' ? someOf(method.authorization.scopes) : undefined,
    apiKeyRequired: method.apiKeyRequired,
    operationName: method.operationName,
    requestValidatorId: method.requestValidator,
    requestParameters: anyOf(method.requestParameters),
    requestModels: anyOf(method.requestModels ?? {}),
    methodResponses: anyOf(
      Object.fromEntries(
        Object.entries(method.methodResponses).map(([statusCode, response]) => [
          statusCode,
          methodResponseOutput(statusCode, response),
        ]),
      ),
    ),
    methodIntegration: method.integration && integrationOutput(method.integration),
  };
}

function authorizerOf(authorization: Authorization): string | undefined {
  return 'authorizer' in authorization ? authorization.authorizer : undefined;
}

export function methodResponseOutput(statusCode: string, { responseParameters, responseModels = {} }: MethodResponse) {
  return { statusCode, responseParameters: anyOf(responseParameters), responseModels: anyOf(responseModels) };
}

export function integrationOutput(integration: Integration) {
  return {
    type: integration.type,
    httpMethod: integration.httpMethod,
    uri: integration.uri,
    connectionType:
      integration.connectionType ?? (integration.type.startsWith('HTTP') ? ('INTERNET' as const) : undefined),
    connectionId: integration.connectionId,
    credentials: integration.credentials,
    requestParameters: anyOf(integration.requestParameters ?? {}),
    cacheNamespace: integration.cacheNamespace,
    cacheKeyParameters: integration.cacheKeyParameters,
    tlsConfig: integration.tlsConfig,
    passthroughBehavior: integration.passthroughBehavior,
    contentHandling: integration.contentHandling,
    timeoutInMillis: integration.timeoutInMillis,
    // AWS names the mode where it is not the usual one.
    responseTransferMode: integration.responseTransferMode === 'STREAM' ? ('STREAM' as const) : undefined,
    requestTemplates: anyOf(integration.requestTemplates),
    integrationResponses: anyOf(
      Object.fromEntries(
        integration.responses.map((response) => [response.statusCode, integrationResponseOutput(response)]),
      ),
    ),
  };
}

export function integrationResponseOutput(response: IntegrationResponse) {
  return {
    statusCode: response.statusCode,
    selectionPattern: response.selectionPattern,
    contentHandling: response.contentHandling,
    responseParameters: anyOf(response.responseParameters),
    responseTemplates: response.emptyTemplates ? {} : templatesOutput(response.responseTemplates),
  };
}

export function deploymentOutput({ id, description, created }: DeploymentRecord) {
  return { id, description, createdDate: wholeSeconds(created) };
}

export function stageOutput(stage: StageRecord) {
  return {
    deploymentId: stage.deploymentId,
    stageName: stage.stageName,
    description: stage.description,
    cacheClusterEnabled: stage.cacheClusterEnabled ?? false,
    cacheClusterSize: stage.cacheClusterSize as CacheClusterSize | undefined,
    cacheClusterStatus: stage.cacheClusterEnabled ? ('AVAILABLE' as const) : ('NOT_AVAILABLE' as const),
    methodSettings: stage.methodSettings,
    variables: anyOf(stage.variables),
    documentationVersion: stage.documentationVersion,
    clientCertificateId: stage.clientCertificateId,
    accessLogSettings: stage.accessLogSettings,
    canarySettings: stage.canarySettings && {
      ...stage.canarySettings,
      stageVariableOverrides: anyOf(stage.canarySettings.stageVariableOverrides ?? {}),
    },
    tracingEnabled: stage.tracingEnabled,
    tags: anyOf(stage.tags),
    createdDate: wholeSeconds(stage.created),
    lastUpdatedDate: wholeSeconds(stage.updated),
  };
}

export function authorizerOutput({ id, name, definition }: AuthorizerRecord) {
  return {
    id,
    name,
    type: definition.type === 'JWT' ? undefined : definition.type,
    authType: authTypeOf(definition),
    identitySource: definition.identitySources.join(',') || undefined,
    ...ofType(definition),
  };
}

function authTypeOf(definition: AuthorizerDefinition): string {
  if (definition.type === 'COGNITO_USER_POOLS') return 'cognito_user_pools';
  return ('authType' in definition ? definition.authType : undefined) ?? 'custom';
}

function ofType(definition: AuthorizerDefinition) {
  if ('providerArns' in definition) return { providerARNs: definition.providerArns };
  if (!('uri' in definition)) return {};
  return {
    authorizerUri: definition.uri,
    authorizerCredentials: definition.credentials,
    identityValidationExpression: definition.identityValidationExpression,
    authorizerResultTtlInSeconds: definition.usualTtl ? undefined : definition.ttl,
  };
}

export function gatewayResponseOutput(
  responseType: GatewayResponseType,
  response: GatewayResponseDefinition | undefined,
) {
  return {
    responseType,
    statusCode: statusText(response?.statusCode ?? (response === undefined ? usualStatus(responseType) : undefined)),
    responseParameters: response?.responseParameters ?? {},
    responseTemplates: anyOf(response?.responseTemplates ?? {}) ?? {
      'application/json': '{"message":$context.error.messageString}',
    },
    defaultResponse: response === undefined,
  };
}

/** A template without text is none: AWS tells it as null, for which the SDK's type has no room. */
function templatesOutput(templates: Readonly<Record<string, string>>): Readonly<Record<string, string>> | undefined {
  const told = Object.entries(templates).map(([type, text]): [string, string | null] => [type, text || null]);
  return anyOf(Object.fromEntries(told) as Record<string, string>);
}

function statusText(status: number | undefined): string | undefined {
  return status === undefined ? undefined : String(status);
}

function anyOf<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> | undefined {
  return Object.keys(record).length > 0 ? record : undefined;
}

function someOf<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
