import type { Authorization } from '../../../execute-api/index.js';
import { restOperation } from '../../api-operation.js';
import { patchedMembers, readPatches } from '../../patch.js';
import type { MethodRecord, RestApiRecord } from '../../records/rest-api.js';
import { badRequest, conflict, invalidMapping, notFound } from '../../refusal.js';
import * as find from '../find.js';
import { modelsOf } from '../models.js';
import { methodOutput, methodResponseOutput } from '../output.js';

/** In the order of AWS's sentence. */
const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'ANY'];

/** The limits of operations on responses. */
export const STATUS_LIMITS = { statusCode: { pattern: /[1-5]\d\d/ } };

/** The API with one method changed; none removes it. */
export function withMethod(
  api: RestApiRecord,
  resourceId: string,
  httpMethod: string,
  method: MethodRecord | undefined,
): RestApiRecord {
  const resource = find.resource(api, resourceId);
  const { [httpMethod]: _, ...others } = resource.methods;
  const methods = method === undefined ? others : { ...others, [httpMethod]: method };
  return { ...api, resources: { ...api.resources, [resourceId]: { ...resource, methods } } };
}

export const putMethod = restOperation({
  name: 'PutMethod',
  handle: ({ restApiId, resourceId, httpMethod, operationName, requestValidatorId, ...input }, call, store) =>
    store.change(async () => {
      const api = await find.apiOfResource(store, call, restApiId);
      const { methods } = find.resource(api, resourceId);
      if (!METHODS.includes(httpMethod))
        throw badRequest(`Invalid HttpMethod specified. Valid options are ${METHODS.join(',')}`);
      if (methods[httpMethod]) throw conflict('Method already exists for this resource');
      if (requestValidatorId !== undefined && !api.requestValidators[requestValidatorId]) {
        throw badRequest('Invalid Request Validator identifier specified');
      }
      const { authorizationType, authorizerId, authorizationScopes = [] } = input;
      const method: MethodRecord = {
        authorization: authorizationOf(api, authorizationType, authorizerId, authorizationScopes),
        apiKeyRequired: input.apiKeyRequired ?? false,
        requestParameters: checkParameters(input.requestParameters ?? {}),
        ...(input.requestModels && { requestModels: checkModels(api, input.requestModels) }),
        methodResponses: {},
        operationName,
        requestValidator: requestValidatorId,
      };
      await store.put(call, 'restApi', restApiId, withMethod(api, resourceId, httpMethod, method));
      return methodOutput(httpMethod, method);
    }),
});

const REQUEST_PARAMETER = /^method\.request\.(?:querystring|header|path)\.(.+)$/;

function checkParameters(parameters: Readonly<Record<string, boolean>>): Readonly<Record<string, boolean>> {
  const names = new Set<string>();
  for (const parameter of Object.keys(parameters)) {
    const [, name] = REQUEST_PARAMETER.exec(parameter) ?? [];
    if (name === undefined) throw invalidMapping([parameter]);
    if (names.has(name)) throw badRequest('Parameter names must be unique across querystring, header and path');
    names.add(name);
  }
  return parameters;
}

function checkModels(api: RestApiRecord, byType: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const models = modelsOf(api);
  for (const name of Object.values(byType)) {
    if (!Object.hasOwn(models, name)) throw badRequest(`Invalid model identifier specified: ${name}`);
  }
  return byType;
}

function authorizationOf(
  api: RestApiRecord,
  named: string,
  authorizerId: string | undefined,
  scopes: readonly string[],
): Authorization {
  // AWS takes it in any case: "none" and "None" too.
  const type = named.toUpperCase();
  if (type === 'NONE' || type === 'AWS_IAM') return { kind: type };
  if (type !== 'CUSTOM' && type !== 'COGNITO_USER_POOLS')
    throw badRequest(`Invalid authorization type specified: ${named}`);
  if (authorizerId === undefined || !api.authorizers[authorizerId])
    throw badRequest(
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    );
  return type === 'CUSTOM'
    ? { kind: type, authorizer: authorizerId }
    : { kind: type, authorizer: authorizerId, scopes };
}

export const getMethod = restOperation({
  name: 'GetMethod',
  handle: async ({ restApiId, resourceId, httpMethod }, call, store) =>
    methodOutput(httpMethod, find.method(await find.apiOfResource(store, call, restApiId), resourceId, httpMethod)),
});

const METHOD_PATCHES = {
  members: ['authorizationType', 'authorizerId', 'apiKeyRequired', 'operationName', 'requestValidatorId'],
  maps: ['requestParameters', 'requestModels'],
};

export const updateMethod = restOperation({
  name: 'UpdateMethod',
  parse: ({ patchOperations }) => ({ patches: readPatches(patchOperations) }),
  handle: ({ restApiId, resourceId, httpMethod, patches }, call, store) =>
    store.change(async () => {
      const api = await find.apiOfResource(store, call, restApiId);
      const before = find.method(api, resourceId, httpMethod);
      const { authorization } = before;
      const patched = patches.reduce<Readonly<Record<string, unknown>>>(
        (method, patch) => patchedMembers(method, patch, METHOD_PATCHES),
        {
          authorizationType: authorization.kind,
          authorizerId: 'authorizer' in authorization ? authorization.authorizer : undefined,
          apiKeyRequired: before.apiKeyRequired,
          operationName: before.operationName,
          requestValidatorId: before.requestValidator,
          requestParameters: before.requestParameters,
          requestModels: before.requestModels,
        },
      );
      const textOf = (name: string) => (patched[name] === undefined ? undefined : String(patched[name]));
      const mapOf = (name: string) => Object.entries(Object(patched[name] ?? {}));
      const requestValidator = textOf('requestValidatorId') || undefined;
      if (requestValidator !== undefined && !api.requestValidators[requestValidator])
        throw badRequest('Invalid Request Validator identifier specified');
      const scopes = authorization.kind === 'COGNITO_USER_POOLS' ? authorization.scopes : [];
      const method: MethodRecord = {
        ...before,
        authorization: authorizationOf(api, textOf('authorizationType') ?? '', textOf('authorizerId'), scopes),
        apiKeyRequired: textOf('apiKeyRequired') === 'true',
        operationName: textOf('operationName'),
        requestValidator,
        requestParameters: checkParameters(flagsOf(mapOf('requestParameters'))),
        requestModels: checkModels(
          api,
          Object.fromEntries(mapOf('requestModels').map(([type, name]) => [type, String(name)])),
        ),
      };
      await store.put(call, 'restApi', restApiId, withMethod(api, resourceId, httpMethod, method));
      return methodOutput(httpMethod, method);
    }),
});

function flagsOf(entries: readonly (readonly [string, unknown])[]): Readonly<Record<string, boolean>> {
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value) === 'true']));
}

export const updateMethodResponse = restOperation({
  name: 'UpdateMethodResponse',
  limits: STATUS_LIMITS,
  parse: ({ patchOperations }) => ({ patches: readPatches(patchOperations) }),
  handle: ({ restApiId, resourceId, httpMethod, statusCode, patches }, call, store) =>
    store.change(async () => {
      const api = await find.apiOfResource(store, call, restApiId);
      const method = find.method(api, resourceId, httpMethod);
      const before = method.methodResponses[statusCode];
      if (before === undefined) throw notFound('Invalid Response status code specified');
      const patched = patches.reduce<Readonly<Record<string, unknown>>>(
        (response, patch) => patchedMembers(response, patch, METHOD_RESPONSE_PATCHES),
        { ...before },
      );
      const mapOf = (name: string) => Object.entries(Object(patched[name] ?? {}));
      const response = {
        responseParameters: flagsOf(mapOf('responseParameters')),
        responseModels: checkModels(
          api,
          Object.fromEntries(mapOf('responseModels').map(([type, name]) => [type, String(name)])),
        ),
      };
      const methodResponses = { ...method.methodResponses, [statusCode]: response };
      await store.put(
        call,
        'restApi',
        restApiId,
        withMethod(api, resourceId, httpMethod, { ...method, methodResponses }),
      );
      return methodResponseOutput(statusCode, response);
    }),
});

const METHOD_RESPONSE_PATCHES = { members: [], maps: ['responseParameters', 'responseModels'] };

export const deleteMethod = restOperation({
  name: 'DeleteMethod',
  handle: ({ restApiId, resourceId, httpMethod }, call, store) =>
    store.change(async () => {
      const api = await find.apiOfResource(store, call, restApiId);
      find.method(api, resourceId, httpMethod);
      await store.put(call, 'restApi', restApiId, withMethod(api, resourceId, httpMethod, undefined));
    }),
});

export const putMethodResponse = restOperation({
  name: 'PutMethodResponse',
  limits: STATUS_LIMITS,
  handle: ({ restApiId, resourceId, httpMethod, statusCode, responseParameters = {}, responseModels }, call, store) =>
    store.change(async () => {
      const api = await find.apiOfResource(store, call, restApiId);
      const method = find.method(api, resourceId, httpMethod);
      if (method.methodResponses[statusCode]) throw conflict('Response already exists for this resource');
      const response = {
        responseParameters,
        ...(responseModels && { responseModels: checkModels(api, responseModels) }),
      };
      const methodResponses = { ...method.methodResponses, [statusCode]: response };
      const changed = withMethod(api, resourceId, httpMethod, { ...method, methodResponses });
      await store.put(call, 'restApi', restApiId, changed);
      return methodResponseOutput(statusCode, response);
    }),
});

export const getMethodResponse = restOperation({
  name: 'GetMethodResponse',
  limits: STATUS_LIMITS,
  handle: async ({ restApiId, resourceId, httpMethod, statusCode }, call, store) => {
    const method = find.method(await find.apiOfResource(store, call, restApiId), resourceId, httpMethod);
    const response = method.methodResponses[statusCode];
    if (response === undefined) throw notFound('Invalid Response status code specified');
    return methodResponseOutput(statusCode, response);
  },
});

export const deleteMethodResponse = restOperation({
  name: 'DeleteMethodResponse',
  limits: STATUS_LIMITS,
  handle: ({ restApiId, resourceId, httpMethod, statusCode }, call, store) =>
    store.change(async () => {
      const api = await find.apiOfResource(store, call, restApiId);
      const method = find.method(api, resourceId, httpMethod);
      const { [statusCode]: removed, ...methodResponses } = method.methodResponses;
      if (removed === undefined) throw notFound('Invalid Response status code specified');
      const changed = withMethod(api, resourceId, httpMethod, { ...method, methodResponses });
      await store.put(call, 'restApi', restApiId, changed);
    }),
});
