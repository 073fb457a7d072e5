import type { Integration } from '../../../execute-api/model.js';
import { readIntegration, readResponse } from '../../../execute-api/open-api/integration.js';
import { restOperation } from '../../api-operation.js';
import type { RestApiRecord } from '../../records/rest-api.js';
import { notFound } from '../../refusal.js';
import * as find from '../find.js';
import { integrationOutput, integrationResponseOutput } from '../output.js';
import { STATUS_LIMITS, withMethod } from './method.js';

interface MethodPlace {
  readonly resourceId: string;
  readonly httpMethod: string;
}

/** The place of an integration, for the words of a refusal. */
function site(api: RestApiRecord, { resourceId, httpMethod }: MethodPlace) {
  const method = find.method(api, resourceId, httpMethod);
  return {
    method: httpMethod,
    path: find.resource(api, resourceId).path,
    methodResponses: method.methodResponses,
    requireArns: true,
    forImport: false,
  };
}

function integrationOf(api: RestApiRecord, { resourceId, httpMethod }: MethodPlace): Integration {
  const { integration } = find.method(api, resourceId, httpMethod);
  if (integration === undefined) throw notFound('Invalid Integration identifier specified');
  return integration;
}

export const putIntegration = restOperation({
  name: 'PutIntegration',
  limits: { type: { values: ['HTTP', 'MOCK', 'AWS_PROXY', 'HTTP_PROXY', 'AWS'] } },
  handle: ({ restApiId, resourceId, httpMethod, integrationHttpMethod, ...input }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const method = find.method(api, resourceId, httpMethod);
      const integration: Integration = {
        cacheNamespace: resourceId,
        cacheKeyParameters: [],
        ...readIntegration({ ...input, httpMethod: integrationHttpMethod }, site(api, { resourceId, httpMethod })),
      };
      await store.put(call, 'restApi', restApiId, withMethod(api, resourceId, httpMethod, { ...method, integration }));
      return integrationOutput(integration);
    }),
});

export const getIntegration = restOperation({
  name: 'GetIntegration',
  handle: async (input, call, store) =>
    integrationOutput(integrationOf(await find.restApi(store, call, input.restApiId), input)),
});

export const deleteIntegration = restOperation({
  name: 'DeleteIntegration',
  handle: ({ restApiId, resourceId, httpMethod }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      integrationOf(api, { resourceId, httpMethod });
      const { integration: _, ...method } = find.method(api, resourceId, httpMethod);
      await store.put(call, 'restApi', restApiId, withMethod(api, resourceId, httpMethod, method));
    }),
});

export const putIntegrationResponse = restOperation({
  name: 'PutIntegrationResponse',
  limits: STATUS_LIMITS,
  handle: ({ restApiId, resourceId, httpMethod, statusCode, ...input }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const place = { resourceId, httpMethod };
      const integration = integrationOf(api, place);
      const response = readResponse(input.selectionPattern ?? '', { ...input, statusCode }, site(api, place));
      const responses = [...integration.responses.filter((other) => other.statusCode !== statusCode), response];
      const method = { ...find.method(api, resourceId, httpMethod), integration: { ...integration, responses } };
      await store.put(call, 'restApi', restApiId, withMethod(api, resourceId, httpMethod, method));
      return integrationResponseOutput(response);
    }),
});

export const getIntegrationResponse = restOperation({
  name: 'GetIntegrationResponse',
  limits: STATUS_LIMITS,
  handle: async (input, call, store) => {
    const { responses } = integrationOf(await find.restApi(store, call, input.restApiId), input);
    const response = responses.find(({ statusCode }) => statusCode === input.statusCode);
    if (response === undefined) throw notFound('Invalid Response status code specified');
    return integrationResponseOutput(response);
  },
});

export const deleteIntegrationResponse = restOperation({
  name: 'DeleteIntegrationResponse',
  limits: STATUS_LIMITS,
  handle: ({ restApiId, resourceId, httpMethod, statusCode }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const integration = integrationOf(api, { resourceId, httpMethod });
      const responses = integration.responses.filter((response) => response.statusCode !== statusCode);
      if (responses.length === integration.responses.length) throw notFound('Invalid Response status code specified');
      const method = { ...find.method(api, resourceId, httpMethod), integration: { ...integration, responses } };
      await store.put(call, 'restApi', restApiId, withMethod(api, resourceId, httpMethod, method));
    }),
});
