import { membersOf } from '../../../core/members.js';
import type { Integration } from '../../execute-api/model.js';
import { readIntegration, readResponse } from '../../execute-api/open-api/integration.js';
import * as find from '../find.js';
import { labels } from '../input.js';
import { notFound } from '../refusal.js';
import type { RestApiRecord } from '../rest-api-record.js';
import { restOperation } from '../rest-operation.js';
import { integrationOutput, integrationResponseOutput } from '../wire.js';
import { withMethod } from './method.js';

const INTEGRATION_PATH = '/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration';
const RESPONSE_PATH = `${INTEGRATION_PATH}/responses/{statusCode}`;

interface MethodPlace {
  readonly resourceId: string;
  readonly httpMethod: string;
}

/** The place of an integration, for error messages. */
function site(api: RestApiRecord, { resourceId, httpMethod }: MethodPlace) {
  const method = find.method(api, resourceId, httpMethod);
  return {
    method: httpMethod,
    path: find.resource(api, resourceId).path,
    methodResponses: method.methodResponses,
    requireArns: true,
  };
}

function integrationOf(api: RestApiRecord, { resourceId, httpMethod }: MethodPlace): Integration {
  const { integration } = find.method(api, resourceId, httpMethod);
  if (integration === undefined) throw notFound('Invalid Integration identifier specified');
  return integration;
}

export const putIntegration = restOperation({
  name: 'PutIntegration',
  // In the body `httpMethod` is the integration's own method, so the label has another name.
  http: { method: 'PUT', path: INTEGRATION_PATH.replace('{httpMethod}', '{requestHttpMethod}'), status: 201 },
  parse: (raw) => ({ ...labels(raw, 'restApiId', 'resourceId', 'requestHttpMethod'), raw: Object(raw) as object }),
  handle: ({ restApiId, resourceId, requestHttpMethod: httpMethod, raw }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const method = find.method(api, resourceId, httpMethod);
      const integration = readIntegration(raw, site(api, { resourceId, httpMethod }));
      await store.put(call, 'restApi', restApiId, withMethod(api, resourceId, httpMethod, { ...method, integration }));
      return integrationOutput(integration);
    }),
});

export const getIntegration = restOperation({
  name: 'GetIntegration',
  http: { method: 'GET', path: INTEGRATION_PATH },
  parse: (raw) => labels(raw, 'restApiId', 'resourceId', 'httpMethod'),
  handle: async (input, call, store) =>
    integrationOutput(integrationOf(await find.restApi(store, call, input.restApiId), input)),
});

export const deleteIntegration = restOperation({
  name: 'DeleteIntegration',
  http: { method: 'DELETE', path: INTEGRATION_PATH, status: 204 },
  parse: (raw) => labels(raw, 'restApiId', 'resourceId', 'httpMethod'),
  handle: ({ restApiId, resourceId, httpMethod }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      integrationOf(api, { resourceId, httpMethod });
      const { integration: _, ...method } = find.method(api, resourceId, httpMethod);
      await store.put(call, 'restApi', restApiId, withMethod(api, resourceId, httpMethod, method));
      return undefined;
    }),
});

export const putIntegrationResponse = restOperation({
  name: 'PutIntegrationResponse',
  http: { method: 'PUT', path: RESPONSE_PATH, status: 201 },
  parse: (raw) => ({
    ...labels(raw, 'restApiId', 'resourceId', 'httpMethod', 'statusCode'),
    raw: Object(raw) as object,
  }),
  handle: ({ restApiId, resourceId, httpMethod, statusCode, raw }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const place = { resourceId, httpMethod };
      const integration = integrationOf(api, place);
      const pattern = membersOf(raw).text('selectionPattern') ?? '';
      const response = readResponse(pattern, raw, site(api, place));
      const responses = [...integration.responses.filter((other) => other.statusCode !== statusCode), response];
      const method = { ...find.method(api, resourceId, httpMethod), integration: { ...integration, responses } };
      await store.put(call, 'restApi', restApiId, withMethod(api, resourceId, httpMethod, method));
      return integrationResponseOutput(response);
    }),
});

export const getIntegrationResponse = restOperation({
  name: 'GetIntegrationResponse',
  http: { method: 'GET', path: RESPONSE_PATH },
  parse: (raw) => labels(raw, 'restApiId', 'resourceId', 'httpMethod', 'statusCode'),
  handle: async (input, call, store) => {
    const { responses } = integrationOf(await find.restApi(store, call, input.restApiId), input);
    const response = responses.find(({ statusCode }) => statusCode === input.statusCode);
    if (response === undefined) throw notFound('Invalid Response status code specified');
    return integrationResponseOutput(response);
  },
});

export const deleteIntegrationResponse = restOperation({
  name: 'DeleteIntegrationResponse',
  http: { method: 'DELETE', path: RESPONSE_PATH, status: 204 },
  parse: (raw) => labels(raw, 'restApiId', 'resourceId', 'httpMethod', 'statusCode'),
  handle: ({ restApiId, resourceId, httpMethod, statusCode }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const integration = integrationOf(api, { resourceId, httpMethod });
      const responses = integration.responses.filter((response) => response.statusCode !== statusCode);
      if (responses.length === integration.responses.length) throw notFound('Invalid Response status code specified');
      const method = { ...find.method(api, resourceId, httpMethod), integration: { ...integration, responses } };
      await store.put(call, 'restApi', restApiId, withMethod(api, resourceId, httpMethod, method));
      return undefined;
    }),
});
