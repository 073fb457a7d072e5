import { defined } from '../../../core/defined.js';
import type { ApiModel, AuthorizerDefinition, Integration, Route } from '../../execute-api/index.js';
import { exportedSchemas } from './export-schemas.js';

export interface ExportServer {
  readonly host: string;
  readonly stageName: string;
}

/** The parts of an export that are API Gateway's own. */
export interface Extensions {
  readonly integrations: boolean;
  readonly authorizers: boolean;
}

/** A dialect of OpenAPI: where it keeps what both have. */
export interface Dialect {
  readonly schemas: string;
  readonly head: (info: object, server: ExportServer) => Record<string, unknown>;
  readonly components: (schemas: object, schemes: object) => Record<string, unknown>;
  readonly parameter: (name: string, place: string, required: boolean) => Record<string, unknown>;
  readonly body: (models: Models, parameters: readonly object[]) => Record<string, unknown>;
  readonly response: (models: Models, headers: readonly string[]) => Record<string, unknown>;
}

/** Names of models by content types. */
export type Models = readonly (readonly [type: string, name: string])[];

export const OAS30: Dialect = {
  schemas: '#/components/schemas/',
  head: (info, { host, stageName }) => ({
    openapi: '3.0.1',
    info,
    servers: [{ url: `https://${host}/{basePath}`, variables: { basePath: { default: stageName } } }],
  }),
  components: (schemas, schemes) => ({
    components: { ...unlessEmpty('schemas', schemas), ...unlessEmpty('securitySchemes', schemes) },
  }),
  parameter: (name, place, required) => ({
    name,
    in: place,
    ...(required && { required }),
    schema: { type: 'string' },
  }),
  body: (models, parameters) => ({
    ...unlessEmpty('parameters', parameters),
    ...(models.length > 0 && { requestBody: { content: contentOf(models), required: true } }),
  }),
  response: (models, headers) => ({
    ...unlessEmpty('headers', Object.fromEntries(headers.map((name) => [name, { schema: { type: 'string' } }]))),
    content: contentOf(models),
  }),
};

const contentOf = (models: Models) =>
  Object.fromEntries(models.map(([type, name]) => [type, { schema: { $ref: `${OAS30.schemas}${name}` } }]));

export const SWAGGER: Dialect = {
  schemas: '#/definitions/',
  head: (info, { host, stageName }) => ({
    swagger: '2.0',
    info,
    host,
    basePath: `/${stageName}`,
    schemes: ['https'],
  }),
  components: (schemas, schemes) => ({
    ...unlessEmpty('securityDefinitions', schemes),
    ...unlessEmpty('definitions', schemas),
  }),
  parameter: (name, place, required) => ({ name, in: place, required, type: 'string' }),
  body: (models, parameters) => {
    const bodies = models
      .slice(0, 1)
      .map(([, name]) => ({ in: 'body', name, required: true, schema: { $ref: `${SWAGGER.schemas}${name}` } }));
    return {
      ...unlessEmpty(
        'consumes',
        models.map(([type]) => type),
      ),
      ...unlessEmpty('parameters', [...parameters, ...bodies]),
    };
  },
  response: (models, headers) => ({
    ...(models[0] && { schema: { $ref: `${SWAGGER.schemas}${models[0][1]}` } }),
    ...unlessEmpty('headers', Object.fromEntries(headers.map((name) => [name, { type: 'string' }]))),
  }),
};

/** The model as an OpenAPI document, which import reads back. @param version of the API, or the day that it was made */
export function exportOpenApi(
  dialect: Dialect,
  model: ApiModel,
  version: string,
  server: ExportServer,
  extensions: Extensions,
): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of model.routes) {
    paths[route.path] ??= {};
    const item = paths[route.path] ?? {};
    item[route.method === 'ANY' ? 'x-amazon-apigateway-any-method' : route.method.toLowerCase()] = operation(
      dialect,
      route,
      extensions,
    );
  }
  const info = {
    title: model.name,
    ...defined({ description: model.description }),
    version,
  };
  return {
    ...dialect.head(info, server),
    paths,
    ...dialect.components(exportedSchemas(model, dialect.schemas), securitySchemes(model, extensions)),
    ...(extensions.integrations && {
      ...(model.policy !== undefined && { 'x-amazon-apigateway-policy': JSON.parse(model.policy) }),
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

function operation(dialect: Dialect, route: Route, { integrations }: Extensions): Record<string, unknown> {
  const parameters = Object.entries(route.requestParameters).map(([parameter, required]) => {
    const [, , place = '', ...name] = parameter.split('.');
    return dialect.parameter(name.join('.'), place === 'querystring' ? 'query' : place, required || place === 'path');
  });
  const security = requirements(route);
  return {
    ...defined({ operationId: route.operationName }),
    ...dialect.body(Object.entries(route.requestModels ?? {}), parameters),
    responses: Object.fromEntries(
      Object.entries(route.methodResponses).map(([status, { responseParameters, responseModels = {} }]) => [
        status,
        {
          description: `${status} response`,
          ...dialect.response(
            Object.entries(responseModels),
            Object.keys(responseParameters).map((name) => name.replace('method.response.header.', '')),
          ),
        },
      ]),
    ),
    ...(security.length > 0 && { security }),
    ...(integrations && {
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

function securitySchemes(model: ApiModel, { authorizers }: Extensions): Record<string, unknown> {
  const schemes: Record<string, unknown> = {};
  const header = { type: 'apiKey', name: 'Authorization', in: 'header' };
  if (model.routes.some(({ authorization }) => authorization.kind === 'AWS_IAM'))
    schemes[IAM] = { ...header, 'x-amazon-apigateway-authtype': 'awsSigv4' };
  if (model.routes.some(({ apiKeyRequired }) => apiKeyRequired)) schemes[API_KEY] = { ...header, name: 'x-api-key' };
  for (const [name, definition] of Object.entries(model.authorizers)) {
    schemes[name] = { ...header, ...(authorizers && authorizerExtension(definition)) };
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
      responses.map(
        ({ selectionPattern, responseParameters, responseTemplates, emptyTemplates: _empty, ...response }) => [
          selectionPattern || 'default',
          {
            ...response,
            ...unlessEmpty('responseParameters', responseParameters),
            ...unlessEmpty('responseTemplates', responseTemplates),
          },
        ],
      ),
    ),
  };
}

function unlessEmpty(name: string, value: object | readonly unknown[]): Record<string, unknown> {
  return Object.keys(value).length > 0 ? { [name]: value } : {};
}
