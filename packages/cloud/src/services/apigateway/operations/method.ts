import { membersOf } from '../../../core/members.js';
import type { Authorization } from '../../execute-api/model.js';
import * as find from '../find.js';
import { flagMap, labels } from '../input.js';
import { badRequest, conflict, notFound, unsupported } from '../refusal.js';
import type { MethodRecord, RestApiRecord } from '../rest-api-record.js';
import { restOperation } from '../rest-operation.js';
import { methodOutput, methodResponseOutput } from '../wire.js';

const METHODS = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
const METHOD_PATH = '/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}';

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
  http: { method: 'PUT', path: METHOD_PATH, status: 201 },
  parse: (raw) => {
    const members = membersOf(raw);
    const { restApiId, resourceId, httpMethod } = labels(raw, 'restApiId', 'resourceId', 'httpMethod');
    if (!METHODS.includes(httpMethod))
      throw badRequest(`Invalid HttpMethod specified. Valid options are ${METHODS.join(', ')}`);
    if (Object.keys(Object(members.raw('requestModels') ?? {})).length > 0)
      throw unsupported('request models (requestModels)');
    return {
      restApiId,
      resourceId,
      httpMethod,
      authorizationType: members.text('authorizationType') ?? 'NONE',
      authorizerId: members.text('authorizerId'),
      scopes: members.texts('authorizationScopes'),
      apiKeyRequired: members.flag('apiKeyRequired') ?? false,
      operationName: members.text('operationName'),
      requestParameters: flagMap(members.raw('requestParameters'), 'requestParameters'),
      requestValidatorId: members.text('requestValidatorId'),
    };
  },
  handle: ({ restApiId, resourceId, httpMethod, operationName, requestValidatorId, ...input }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      if (find.resource(api, resourceId).methods[httpMethod]) throw conflict('Method already exists for this resource');
      if (requestValidatorId !== undefined && !api.requestValidators[requestValidatorId]) {
        throw badRequest('Invalid Request Validator identifier specified');
      }
      const method: MethodRecord = {
        authorization: authorizationOf(api, input.authorizationType, input.authorizerId, input.scopes),
        apiKeyRequired: input.apiKeyRequired,
        requestParameters: input.requestParameters,
        methodResponses: {},
        ...(operationName !== undefined && { operationName }),
        ...(requestValidatorId !== undefined && { requestValidator: requestValidatorId }),
      };
      await store.put(call, 'restApi', restApiId, withMethod(api, resourceId, httpMethod, method));
      return methodOutput(httpMethod, method);
    }),
});

function authorizationOf(
  api: RestApiRecord,
  type: string,
  authorizerId: string | undefined,
  scopes: readonly string[],
): Authorization {
  if (type === 'NONE' || type === 'AWS_IAM') return { kind: type };
  if (type !== 'CUSTOM' && type !== 'COGNITO_USER_POOLS')
    throw badRequest(`Invalid authorization type specified: ${type}`);
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
  http: { method: 'GET', path: METHOD_PATH },
  parse: (raw) => labels(raw, 'restApiId', 'resourceId', 'httpMethod'),
  handle: async ({ restApiId, resourceId, httpMethod }, call, store) =>
    methodOutput(httpMethod, find.method(await find.restApi(store, call, restApiId), resourceId, httpMethod)),
});

export const deleteMethod = restOperation({
  name: 'DeleteMethod',
  http: { method: 'DELETE', path: METHOD_PATH, status: 204 },
  parse: (raw) => labels(raw, 'restApiId', 'resourceId', 'httpMethod'),
  handle: ({ restApiId, resourceId, httpMethod }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      find.method(api, resourceId, httpMethod);
      await store.put(call, 'restApi', restApiId, withMethod(api, resourceId, httpMethod, undefined));
      return undefined;
    }),
});

const RESPONSE_PATH = `${METHOD_PATH}/responses/{statusCode}`;

export const putMethodResponse = restOperation({
  name: 'PutMethodResponse',
  http: { method: 'PUT', path: RESPONSE_PATH, status: 201 },
  parse: (raw) => ({
    ...labels(raw, 'restApiId', 'resourceId', 'httpMethod', 'statusCode'),
    responseParameters: flagMap(membersOf(raw).raw('responseParameters'), 'responseParameters'),
  }),
  handle: ({ restApiId, resourceId, httpMethod, statusCode, responseParameters }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const method = find.method(api, resourceId, httpMethod);
      if (method.methodResponses[statusCode]) throw conflict('Response already exists for this resource');
      const methodResponses = { ...method.methodResponses, [statusCode]: { responseParameters } };
      await store.put(
        call,
        'restApi',
        restApiId,
        withMethod(api, resourceId, httpMethod, { ...method, methodResponses }),
      );
      return methodResponseOutput(statusCode, responseParameters);
    }),
});

export const getMethodResponse = restOperation({
  name: 'GetMethodResponse',
  http: { method: 'GET', path: RESPONSE_PATH },
  parse: (raw) => labels(raw, 'restApiId', 'resourceId', 'httpMethod', 'statusCode'),
  handle: async ({ restApiId, resourceId, httpMethod, statusCode }, call, store) => {
    const method = find.method(await find.restApi(store, call, restApiId), resourceId, httpMethod);
    const response = method.methodResponses[statusCode];
    if (response === undefined) throw notFound('Invalid Response status code specified');
    return methodResponseOutput(statusCode, response.responseParameters);
  },
});

export const deleteMethodResponse = restOperation({
  name: 'DeleteMethodResponse',
  http: { method: 'DELETE', path: RESPONSE_PATH, status: 204 },
  parse: (raw) => labels(raw, 'restApiId', 'resourceId', 'httpMethod', 'statusCode'),
  handle: ({ restApiId, resourceId, httpMethod, statusCode }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const method = find.method(api, resourceId, httpMethod);
      const { [statusCode]: removed, ...methodResponses } = method.methodResponses;
      if (removed === undefined) throw notFound('Invalid Response status code specified');
      await store.put(
        call,
        'restApi',
        restApiId,
        withMethod(api, resourceId, httpMethod, { ...method, methodResponses }),
      );
      return undefined;
    }),
});
