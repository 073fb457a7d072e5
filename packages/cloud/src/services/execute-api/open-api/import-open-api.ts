import { defined } from '../../../core/defined.js';
import {
  type ApiModel,
  type GatewayResponseDefinition,
  isGatewayResponseType,
  type MethodResponse,
  type RequestValidator,
  type Route,
} from '../model.js';
import { type BasePathMode, pathPrefix } from './base-path.js';
import { readIntegration, templates } from './integration.js';
import { list, object, optionalText, texts } from './json.js';
import { API_ID, type ImportedModels, readModels } from './models.js';
import { checkPaths, REST_PATHS, resourcePath } from './paths.js';
import { badRequest } from './refusal.js';
import { readRequirements, readSchemes, type Scheme } from './security.js';

export { API_ID };

export interface ImportOptions {
  /**
   * True if integration URIs must be ARNs of Lambda functions, as on AWS.
   * @default false: any name that the Invoker knows
   */
  readonly requireArns?: boolean;
  /** The use of the definition's base path. @default ignore */
  readonly basePath?: BasePathMode;
  /** Receives the warnings of API Gateway, in its words. @default warnings are dropped */
  readonly warn?: (warning: string) => void;
}

type Json = Readonly<Record<string, unknown>>;

const METHODS = new Map([
  ...['get', 'put', 'post', 'delete', 'options', 'head', 'patch'].map((name) => [name, name.toUpperCase()] as const),
  ['x-amazon-apigateway-any-method', 'ANY'] as const,
]);

/**
 * Reads the API Gateway dialect of OpenAPI 3.0 or 2.0 (developer guide, "OpenAPI extensions for API Gateway").
 * @param document the parsed document
 * @throws AwsError BadRequestException for what API Gateway refuses, in its words, and for what this gateway does not do, by name
 */
export function importOpenApi(document: unknown, options: ImportOptions = {}): ApiModel {
  const raw = object(document, 'the document');
  const given = raw.openapi ?? raw.swagger;
  // YAML reads `swagger: 2.0` as a number.
  const version = typeof given === 'number' ? given.toFixed(1) : optionalText(given, 'the version');
  if (version === undefined) throw badRequest('Invalid OpenAPI input: it names no version (openapi or swagger)');
  if (!/^(2\.0|3\.0(\.\d+)?)$/.test(version))
    throw badRequest(`Invalid OpenAPI input: unsupported version ${version}; API Gateway imports 2.0 and 3.0`);
  const info = object(raw.info, 'info');
  const schemes = readSchemes(
    raw.openapi === undefined ? raw.securityDefinitions : object(raw.components, 'components').securitySchemes,
  );
  const requestValidators = readValidators(raw['x-amazon-apigateway-request-validators']);
  const models = readModels(raw);
  const routes = readRoutes(raw, schemes, models, options);
  for (const { requestValidator, path, method } of routes) {
    if (requestValidator === undefined) continue;
    if (!Object.hasOwn(requestValidators, requestValidator)) {
      throw badRequest(
        `Errors found during import:\n\tUnable to put method '${method}' on resource at path '${path}': Invalid Request Validator identifier specified`,
      );
    }
  }
  const description = optionalText(info.description, 'info.description');
  const apiVersion = optionalText(info.version, 'info.version');
  const compression = raw['x-amazon-apigateway-minimum-compression-size'];
  const policy = raw['x-amazon-apigateway-policy'];
  return {
    protocol: 'REST',
    name: optionalText(info.title, 'info.title') ?? '',
    ...defined({ description, version: apiVersion }),
    routes,
    authorizers: Object.fromEntries(
      [...schemes].flatMap(([name, scheme]) => (scheme.kind === 'authorizer' ? [[name, scheme.definition]] : [])),
    ),
    gatewayResponses: readGatewayResponses(raw['x-amazon-apigateway-gateway-responses']),
    requestValidators,
    ...(Object.keys(models.models).length > 0 && { models: models.models }),
    binaryMediaTypes: list(raw['x-amazon-apigateway-binary-media-types'], 'binary media types').map(
      (type) => optionalText(type, 'a binary media type') ?? '',
    ),
    apiKeySource: apiKeySource(raw['x-amazon-apigateway-api-key-source']),
    ...(policy !== undefined && policy !== null && { policy: JSON.stringify(object(policy, 'the policy')) }),
    ...(compression !== undefined && compression !== null && { minimumCompressionSize: Number(compression) }),
  };
}

export function apiKeySource(value: unknown): 'HEADER' | 'AUTHORIZER' {
  const source = optionalText(value, 'the API key source')?.toUpperCase() ?? 'HEADER';
  if (source !== 'HEADER' && source !== 'AUTHORIZER') throw badRequest(`Invalid API key source: ${source}`);
  return source;
}

function readRoutes(
  raw: Json,
  schemes: ReadonlyMap<string, Scheme>,
  models: ImportedModels,
  options: ImportOptions,
): readonly Route[] {
  const prefix = pathPrefix(raw, options.basePath ?? 'ignore');
  const placed = (path: string): string => resourcePath(prefix === '' ? path : `${prefix}${path === '/' ? '' : path}`);
  const items = Object.entries(object(raw.paths, 'paths')).filter(([path]) => !path.startsWith('x-'));
  checkPaths(
    items.map(([path]) => placed(path)),
    REST_PATHS,
  );
  return items.flatMap(([path, value]) => {
    const item = object(value, path);
    return Object.entries(item).flatMap(([key, operation]) => {
      const method = METHODS.get(key);
      if (method === undefined) {
        if (key === 'trace') throw badRequest(`Invalid OpenAPI input: API Gateway has no TRACE method (${path})`);
        return [];
      }
      return [
        readRoute({
          raw,
          item,
          method,
          path: placed(path),
          operation: object(operation, `${method} ${path}`),
          schemes,
          models,
          options,
        }),
      ];
    });
  });
}

interface RouteSite {
  readonly raw: Json;
  readonly item: Json;
  readonly method: string;
  readonly path: string;
  readonly operation: Json;
  readonly schemes: ReadonlyMap<string, Scheme>;
  readonly models: ImportedModels;
  readonly options: ImportOptions;
}

function readRoute({ raw, item, method, path, operation, schemes, models, options }: RouteSite): Route {
  const where = `${method} ${path}`;
  const methodResponses = readMethodResponses(operation, models, where);
  const security = operation.security ?? raw.security;
  const auth = operation['x-amazon-apigateway-auth'] ?? raw['x-amazon-apigateway-auth'];
  const operationName = optionalText(operation.operationId, where);
  const requestValidator = optionalText(
    operation['x-amazon-apigateway-request-validator'] ?? raw['x-amazon-apigateway-request-validator'],
    where,
  );
  const integration = operation['x-amazon-apigateway-integration'];
  const requestModels = models.ofRequest(operation, where);
  return {
    method,
    path,
    ...defined({ operationName }),
    ...readRequirements(security, auth, schemes, where),
    requestParameters: {
      ...readParameters([...list(item.parameters, where), ...list(operation.parameters, where)], raw, where),
      ...pathParameters(path),
    },
    ...defined({ requestValidator }),
    ...(Object.keys(requestModels).length > 0 && { requestModels }),
    methodResponses,
    ...(integration !== undefined && {
      integration: readIntegration(integration, {
        method,
        path,
        methodResponses,
        requireArns: options.requireArns ?? false,
        forImport: true,
        ...(options.warn && { warn: options.warn }),
      }),
    }),
  };
}

function readParameters(parameters: readonly unknown[], raw: Json, where: string): Readonly<Record<string, boolean>> {
  const places: Readonly<Record<string, string>> = { path: 'path', query: 'querystring', header: 'header' };
  const result: Record<string, boolean> = {};
  for (const entry of parameters) {
    const parameter = resolved(entry, raw, where);
    const place = places[optionalText(parameter.in, where) ?? ''];
    if (place === undefined) continue;
    result[`method.request.${place}.${optionalText(parameter.name, where) ?? ''}`] = parameter.required === true;
  }
  return result;
}

/** The variables of a path are parameters, whether the definition says so or not. */
function pathParameters(path: string): Readonly<Record<string, boolean>> {
  const names = [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name) => [`method.request.path.${name}`, true]));
}

function resolved(value: unknown, raw: Json, where: string): Json {
  const entry = object(value, where);
  const reference = optionalText(entry.$ref, where);
  if (reference === undefined) return entry;
  const [root, ...names] = reference.split('/');
  if (root !== '#') throw badRequest(`Invalid OpenAPI input: the reference ${reference} leaves the document`);
  return names.reduce((at, name) => object(at[name.replaceAll('~1', '/').replaceAll('~0', '~')], reference), raw);
}

function readMethodResponses(
  operation: Json,
  models: ImportedModels,
  where: string,
): Readonly<Record<string, MethodResponse>> {
  return Object.fromEntries(
    Object.entries(object(operation.responses, where)).map(([status, value]) => {
      const response = object(value, where);
      const responseModels = models.ofResponse(operation, response, where);
      const headers = Object.keys(object(response.headers, where));
      return [
        status,
        {
          responseParameters: Object.fromEntries(headers.map((name) => [`method.response.header.${name}`, false])),
          ...(Object.keys(responseModels).length > 0 && { responseModels }),
        },
      ];
    }),
  );
}

function readValidators(value: unknown): Readonly<Record<string, RequestValidator>> {
  return Object.fromEntries(
    Object.entries(object(value, 'request validators')).map(([name, entry]) => {
      const raw = object(entry, name);
      return [
        name,
        {
          validateRequestBody: raw.validateRequestBody === true,
          validateRequestParameters: raw.validateRequestParameters === true,
        },
      ];
    }),
  );
}

function readGatewayResponses(value: unknown): ApiModel['gatewayResponses'] {
  const result: { [type: string]: GatewayResponseDefinition } = {};
  for (const [type, entry] of Object.entries(object(value, 'gateway responses'))) {
    if (!isGatewayResponseType(type))
      throw badRequest(`Errors found during import:\n\tInvalid gateway response type specified: ${type}`);
    result[type] = readGatewayResponse(type, object(entry, type));
  }
  return result;
}

/** Reads one gateway response by the names of the OpenAPI extension, which are the API's too. */
export function readGatewayResponse(type: string, raw: Json): GatewayResponseDefinition {
  const statusCode = raw.statusCode === undefined || raw.statusCode === null ? undefined : Number(raw.statusCode);
  if (statusCode !== undefined && !(statusCode >= 200 && statusCode <= 599))
    throw badRequest(`Invalid status code for ${type}: ${String(raw.statusCode)}`);
  const responseParameters = texts(raw.responseParameters, type);
  for (const [parameter, expression] of Object.entries(responseParameters)) {
    const known = /^('[^']*'|method\.request\.(header|querystring|path)\..+|context\..+|stageVariables\..+)$/s.test(
      expression,
    );
    if (!parameter.startsWith('gatewayresponse.header.') || !known) {
      throw badRequest(
        `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: ${expression}]`,
      );
    }
  }
  return {
    ...defined({ statusCode }),
    responseParameters,
    responseTemplates: templates(raw.responseTemplates, type),
  };
}
