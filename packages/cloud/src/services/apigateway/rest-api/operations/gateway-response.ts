import {
  GATEWAY_RESPONSE_TYPES,
  type GatewayResponseType,
  isGatewayResponseType,
  readGatewayResponse,
} from '../../../execute-api/index.js';
import { restOperation } from '../../api-operation.js';
import { patchedMembers, readPatches } from '../../patch.js';
import { badRequest, notFound } from '../../refusal.js';
import * as find from '../find.js';
import { gatewayResponseOutput } from '../output.js';

/** In the order of AWS's sentence. */
const TYPES =
  'REQUEST_TOO_LARGE RESOURCE_NOT_FOUND AUTHORIZER_CONFIGURATION_ERROR MISSING_AUTHENTICATION_TOKEN BAD_REQUEST_BODY INVALID_SIGNATURE INVALID_API_KEY BAD_REQUEST_PARAMETERS AUTHORIZER_FAILURE UNAUTHORIZED INTEGRATION_TIMEOUT ACCESS_DENIED DEFAULT_4XX DEFAULT_5XX WAF_FILTERED QUOTA_EXCEEDED THROTTLED API_CONFIGURATION_ERROR UNSUPPORTED_MEDIA_TYPE INTEGRATION_FAILURE EXPIRED_TOKEN'.split(
    ' ',
  );

const LIMITS = { responseType: { values: TYPES } };

function readType({ responseType }: { readonly responseType: string }): { readonly responseType: GatewayResponseType } {
  if (!isGatewayResponseType(responseType)) throw badRequest(`Invalid response type specified: ${responseType}`);
  return { responseType };
}

export const putGatewayResponse = restOperation({
  name: 'PutGatewayResponse',
  limits: LIMITS,
  parse: (input) => {
    const { responseType } = readType(input);
    const { statusCode, responseParameters, responseTemplates } = input;
    const response = readGatewayResponse(responseType, { statusCode, responseParameters, responseTemplates });
    return { responseType, response };
  },
  handle: ({ restApiId, responseType, response }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const gatewayResponses = { ...api.gatewayResponses, [responseType]: response };
      await store.put(call, 'restApi', restApiId, { ...api, gatewayResponses });
      return gatewayResponseOutput(responseType, response);
    }),
});

export const getGatewayResponse = restOperation({
  name: 'GetGatewayResponse',
  limits: LIMITS,
  parse: readType,
  handle: async ({ restApiId, responseType }, call, store) => {
    const api = await find.restApi(store, call, restApiId);
    return gatewayResponseOutput(responseType, api.gatewayResponses[responseType]);
  },
});

export const getGatewayResponses = restOperation({
  name: 'GetGatewayResponses',
  handle: async ({ restApiId }, call, store) => {
    const { gatewayResponses } = await find.restApi(store, call, restApiId);
    return { items: GATEWAY_RESPONSE_TYPES.map((type) => gatewayResponseOutput(type, gatewayResponses[type])) };
  },
});

const PATCHES = { members: ['statusCode'], maps: ['responseParameters', 'responseTemplates'] };

export const updateGatewayResponse = restOperation({
  name: 'UpdateGatewayResponse',
  limits: LIMITS,
  parse: (input) => ({ ...readType(input), patches: readPatches(input.patchOperations) }),
  handle: ({ restApiId, responseType, patches }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const { statusCode, responseParameters, responseTemplates } = gatewayResponseOutput(
        responseType,
        api.gatewayResponses[responseType],
      );
      const patched = patches.reduce<Readonly<Record<string, unknown>>>(
        (response, patch) => patchedMembers(response, patch, PATCHES),
        { statusCode, responseParameters, responseTemplates },
      );
      const response = readGatewayResponse(responseType, patched);
      const gatewayResponses = { ...api.gatewayResponses, [responseType]: response };
      await store.put(call, 'restApi', restApiId, { ...api, gatewayResponses });
      return gatewayResponseOutput(responseType, response);
    }),
});

export const deleteGatewayResponse = restOperation({
  name: 'DeleteGatewayResponse',
  limits: LIMITS,
  parse: readType,
  handle: ({ restApiId, responseType }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const { [responseType]: removed, ...gatewayResponses } = api.gatewayResponses;
      if (removed === undefined) throw notFound('Gateway response type not defined on api');
      await store.put(call, 'restApi', restApiId, { ...api, gatewayResponses });
    }),
});
