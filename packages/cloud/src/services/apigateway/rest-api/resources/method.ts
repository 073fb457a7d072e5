import type { Properties, ResourceContext, ResourceType } from '../../../../core/resource-type.js';
import { flag, neededText, structure, structures, text, textMap, texts } from '../../../../kit/properties.js';
import { unlessGone } from '../../property.js';

/** `AWS::ApiGateway::Method`, with its integration and its responses. */
export const method: ResourceType = {
  type: 'AWS::ApiGateway::Method',
  newId: (properties) =>
    `${neededText(properties, 'RestApiId')}|${neededText(properties, 'ResourceId')}|${neededText(properties, 'HttpMethod')}`,
  create: async (_id, properties, context) => {
    await replace(properties, context);
    return {};
  },
  update: async (_id, properties, _previous, context) => {
    await replace(properties, context);
    return {};
  },
  delete: (_id, properties, context) => unlessGone(context.call('apigateway', 'DeleteMethod', place(properties))),
};

function place(properties: Properties) {
  return {
    restApiId: neededText(properties, 'RestApiId'),
    resourceId: neededText(properties, 'ResourceId'),
    httpMethod: neededText(properties, 'HttpMethod'),
  };
}

/** Replaces the method: only a deployment could see the state in between. */
async function replace(properties: Properties, context: ResourceContext): Promise<void> {
  const at = place(properties);
  await unlessGone(context.call('apigateway', 'DeleteMethod', at));
  await context.call('apigateway', 'PutMethod', {
    ...at,
    authorizationType: text(properties, 'AuthorizationType') ?? 'NONE',
    authorizerId: text(properties, 'AuthorizerId'),
    authorizationScopes: texts(properties, 'AuthorizationScopes'),
    apiKeyRequired: flag(properties, 'ApiKeyRequired') ?? false,
    operationName: text(properties, 'OperationName'),
    requestParameters: structure(properties, 'RequestParameters'),
    requestModels: structure(properties, 'RequestModels'),
    requestValidatorId: text(properties, 'RequestValidatorId'),
  });
  for (const [statusCode, response] of methodResponses(properties)) {
    await context.call('apigateway', 'PutMethodResponse', { ...at, statusCode, ...response });
  }
  const integration = structure(properties, 'Integration');
  if (integration !== undefined) await putIntegration(at, integration, context);
}

interface MethodResponse {
  readonly responseParameters: Properties;
  readonly responseModels: Properties;
}

/** By status code. Two responses of one status code are one: CDK writes such beside its own. */
function methodResponses(properties: Properties): ReadonlyMap<string, MethodResponse> {
  const byStatus = new Map<string, MethodResponse>();
  for (const response of structures(properties, 'MethodResponses')) {
    const statusCode = neededText(response, 'StatusCode');
    const other = byStatus.get(statusCode);
    byStatus.set(statusCode, {
      responseParameters: { ...other?.responseParameters, ...structure(response, 'ResponseParameters') },
      responseModels: { ...other?.responseModels, ...structure(response, 'ResponseModels') },
    });
  }
  return byStatus;
}

async function putIntegration(
  at: ReturnType<typeof place>,
  integration: Properties,
  context: ResourceContext,
): Promise<void> {
  await context.call('apigateway', 'PutIntegration', {
    ...at,
    integrationHttpMethod: text(integration, 'IntegrationHttpMethod'),
    type: text(integration, 'Type'),
    uri: text(integration, 'Uri'),
    credentials: text(integration, 'Credentials'),
    connectionType: text(integration, 'ConnectionType'),
    connectionId: text(integration, 'ConnectionId'),
    cacheKeyParameters: texts(integration, 'CacheKeyParameters'),
    cacheNamespace: text(integration, 'CacheNamespace'),
    tlsConfig: tlsConfig(integration),
    contentHandling: text(integration, 'ContentHandling'),
    passthroughBehavior: text(integration, 'PassthroughBehavior'),
    requestParameters: structure(integration, 'RequestParameters'),
    requestTemplates: textMap(integration, 'RequestTemplates'),
    responseTransferMode: text(integration, 'ResponseTransferMode'),
    timeoutInMillis: text(integration, 'TimeoutInMillis'),
  });
  for (const response of structures(integration, 'IntegrationResponses')) {
    await context.call('apigateway', 'PutIntegrationResponse', {
      ...at,
      statusCode: neededText(response, 'StatusCode'),
      selectionPattern: text(response, 'SelectionPattern'),
      contentHandling: text(response, 'ContentHandling'),
      responseParameters: textMap(response, 'ResponseParameters'),
      responseTemplates: structure(response, 'ResponseTemplates') && textMap(response, 'ResponseTemplates'),
    });
  }
}

function tlsConfig(integration: Properties) {
  const config = structure(integration, 'TlsConfig');
  return config && { insecureSkipVerification: flag(config, 'InsecureSkipVerification') };
}
