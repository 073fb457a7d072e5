import { membersOf } from '../../../core/members.js';
import { GATEWAY_RESPONSE_TYPES, type GatewayResponseType, isGatewayResponseType } from '../../execute-api/model.js';
import { readGatewayResponse } from '../../execute-api/open-api/import-open-api.js';
import * as find from '../find.js';
import { labels } from '../input.js';
import { badRequest, notFound } from '../refusal.js';
import { restOperation } from '../rest-operation.js';
import { gatewayResponseOutput } from '../wire.js';

const RESPONSE_PATH = '/restapis/{restApiId}/gatewayresponses/{responseType}';

function readLabels(raw: unknown): { readonly restApiId: string; readonly responseType: GatewayResponseType } {
  const { restApiId, responseType } = labels(raw, 'restApiId', 'responseType');
  if (!isGatewayResponseType(responseType)) throw badRequest(`Invalid response type specified: ${responseType}`);
  return { restApiId, responseType };
}

export const putGatewayResponse = restOperation({
  name: 'PutGatewayResponse',
  http: { method: 'PUT', path: RESPONSE_PATH, status: 201 },
  parse: (raw) => {
    const members = membersOf(raw);
    const place = readLabels(raw);
    const response = readGatewayResponse(place.responseType, {
      statusCode: members.raw('statusCode'),
      responseParameters: members.raw('responseParameters'),
      responseTemplates: members.raw('responseTemplates'),
    });
    return { ...place, response };
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
  http: { method: 'GET', path: RESPONSE_PATH },
  parse: readLabels,
  handle: async ({ restApiId, responseType }, call, store) => {
    const api = await find.restApi(store, call, restApiId);
    return gatewayResponseOutput(responseType, api.gatewayResponses[responseType]);
  },
});

export const getGatewayResponses = restOperation({
  name: 'GetGatewayResponses',
  http: { method: 'GET', path: '/restapis/{restApiId}/gatewayresponses' },
  parse: (raw) => labels(raw, 'restApiId'),
  handle: async ({ restApiId }, call, store) => {
    const { gatewayResponses } = await find.restApi(store, call, restApiId);
    return { item: GATEWAY_RESPONSE_TYPES.map((type) => gatewayResponseOutput(type, gatewayResponses[type])) };
  },
});

export const deleteGatewayResponse = restOperation({
  name: 'DeleteGatewayResponse',
  http: { method: 'DELETE', path: RESPONSE_PATH, status: 202 },
  parse: readLabels,
  handle: ({ restApiId, responseType }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const { [responseType]: removed, ...gatewayResponses } = api.gatewayResponses;
      if (removed === undefined) throw notFound('Gateway response type not defined on api');
      await store.put(call, 'restApi', restApiId, { ...api, gatewayResponses });
      return undefined;
    }),
});
