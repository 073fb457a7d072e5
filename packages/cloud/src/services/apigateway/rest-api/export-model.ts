import type { ApiModel, AuthorizerDefinition, Integration, Route } from '../../execute-api/model.js';

export interface ExportServer {
  readonly url: string;
  readonly basePath: string;
}

/**
 * The model as an OpenAPI 3.0.1 document, which import reads back.
 * @param extensions true if API Gateway's own parts (integrations, authorizers, …) are in it
 */
export function exportOpenApi(model: ApiModel, server: ExportServer, extensions: boolean): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of model.routes) {
    paths[route.path] ??= {};
    const item = paths[route.path] ?? {};
    item[route.method === 'ANY' ? 'x-amazon-apigateway-any-method' : route.method.toLowerCase()] = operation(
      route,
      extensions,
    );
  }
  const schemes = securitySchemes(model, extensions);
  return {
    openapi: '3.0.1',
    info: {
      title: model.name,
      ...(model.description !== undefined && { description: model.description }),
      version: model.version ?? '1.0',
    },
    servers: [{ url: server.url, variables: { basePath: { default: server.basePath } } }],
    paths,
    components: Object.keys(schemes).length > 0 ? { securitySchemes: schemes } : {},
    ...(extensions && {
      ...unlessEmpty('x-amazon-apigateway-gateway-responses', model.gatewayResponses),
      ...unlessEmpty('x-amazon-apigateway-request-validators', model.requestValidators),
      ...unlessEmpty('x-amazon-apigateway-binary-media-types', model.binaryMediaTypes),
      ...(model.apiKeySource !== 'HEADER' && { 'x-amazon-apigateway-api-key-source': model.apiKeySource }),
      ...(model.minimumCompressionSize !== undefined && {
        'x-amazon-apigateway-minimum-compression-size': model.minimumCompressionSize,
      }),
    }),
  };
}

const IAM = 'sigv4';
const API_KEY = 'api_key';

function operation(route: Route, extensions: boolean): Record<string, unknown> {
  const parameters = Object.entries(route.requestParameters).map(([parameter, required]) => {
    const [, , place = '', ...name] = parameter.split('.');
    return {
      name: name.join('.'),
      in: place === 'querystring' ? 'query' : place,
      required: required || place === 'path',
      schema: { type: 'string' },
    };
  });
  const security = requirements(route);
  return {
    ...(route.operationName !== undefined && { operationId: route.operationName }),
    ...(parameters.length > 0 && { parameters }),
    responses: Object.fromEntries(
      Object.entries(route.methodResponses).map(([status, { responseParameters }]) => [
        status,
        {
          description: `${status} response`,
          headers: Object.fromEntries(
            Object.keys(responseParameters).map((name) => [
              name.replace('method.response.header.', ''),
              { schema: { type: 'string' } },
            ]),
          ),
          content: {},
        },
      ]),
    ),
    ...(security.length > 0 && { security }),
    ...(extensions && {
      ...(route.requestValidator !== undefined && { 'x-amazon-apigateway-request-validator': route.requestValidator }),
      ...(route.integration && { 'x-amazon-apigateway-integration': integrationExtension(route.integration) }),
    }),
  };
}

function requirements({ authorization, apiKeyRequired }: Route): readonly Record<string, readonly string[]>[] {
  const all: Record<string, readonly string[]>[] = [];
  if (authorization.kind === 'AWS_IAM') all.push({ [IAM]: [] });
  if (authorization.kind === 'CUSTOM') all.push({ [authorization.authorizer]: [] });
  if (authorization.kind === 'COGNITO_USER_POOLS') all.push({ [authorization.authorizer]: authorization.scopes });
  if (apiKeyRequired) all.push({ [API_KEY]: [] });
  return all;
}

function securitySchemes(model: ApiModel, extensions: boolean): Record<string, unknown> {
  const schemes: Record<string, unknown> = {};
  const header = { type: 'apiKey', name: 'Authorization', in: 'header' };
  if (model.routes.some(({ authorization }) => authorization.kind === 'AWS_IAM'))
    schemes[IAM] = { ...header, 'x-amazon-apigateway-authtype': 'awsSigv4' };
  if (model.routes.some(({ apiKeyRequired }) => apiKeyRequired)) schemes[API_KEY] = { ...header, name: 'x-api-key' };
  for (const [name, definition] of Object.entries(model.authorizers)) {
    schemes[name] = { ...header, ...(extensions && authorizerExtension(definition)) };
  }
  return schemes;
}

function authorizerExtension(definition: AuthorizerDefinition): Record<string, unknown> {
  const cognito = definition.type === 'COGNITO_USER_POOLS';
  return {
    'x-amazon-apigateway-authtype': cognito ? 'cognito_user_pools' : 'custom',
    'x-amazon-apigateway-authorizer': {
      type: definition.type.toLowerCase(),
      ...(definition.identitySources.length > 0 && { identitySource: definition.identitySources.join(',') }),
      ...('providerArns' in definition && { providerARNs: definition.providerArns }),
      ...('uri' in definition && {
        authorizerUri: definition.uri,
        authorizerResultTtlInSeconds: definition.ttl,
        ...(definition.identityValidationExpression !== undefined && {
          identityValidationExpression: definition.identityValidationExpression,
        }),
      }),
    },
  };
}

/** AWS leaves out what is empty or as usual, and the settings of caches. */
function integrationExtension(integration: Integration): Record<string, unknown> {
  const { type, responses, payloadFormatVersion: _, cacheNamespace: __, ...members } = integration;
  const { requestTemplates, responseTransferMode, timeoutInMillis, cacheKeyParameters = [], ...others } = members;
  return {
    ...others,
    type: type.toLowerCase(),
    passthroughBehavior: members.passthroughBehavior.toLowerCase(),
    ...unlessEmpty('requestTemplates', requestTemplates),
    ...unlessEmpty('cacheKeyParameters', cacheKeyParameters),
    ...(responseTransferMode === 'STREAM' && { responseTransferMode }),
    ...(timeoutInMillis !== 29_000 && { timeoutInMillis }),
    responses: Object.fromEntries(
      responses.map(({ selectionPattern, responseParameters, responseTemplates, ...response }) => [
        selectionPattern || 'default',
        {
          ...response,
          ...unlessEmpty('responseParameters', responseParameters),
          ...unlessEmpty('responseTemplates', responseTemplates),
        },
      ]),
    ),
  };
}

function unlessEmpty(name: string, value: object): Record<string, unknown> {
  return Object.keys(value).length > 0 ? { [name]: value } : {};
}
