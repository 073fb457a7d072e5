import { type Integration, readIntegration, readResponse } from '../../../execute-api/index.js';
import { restOperation } from '../../api-operation.js';
import { patchedMembers, readPatches } from '../../patch.js';
import type { RestApiRecord } from '../../records/rest-api.js';
import { notFound } from '../../refusal.js';
import * as find from '../find.js';
import { integrationOutput, integrationResponseOutput } from '../output.js';
import { STATUS_LIMITS, withMethod } from './method.js';

/** Stands for templates that were not given: it is not empty. */
const NOTHING = { none: '' };

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

/** AWS says of a method that is not there, that its integration is not. */
function integrationToDelete(api: RestApiRecord, { resourceId, httpMethod }: MethodPlace): Integration {
  const { methods } = find.resource(api, resourceId);
  const integration = Object.hasOwn(methods, httpMethod) ? methods[httpMethod]?.integration : undefined;
  if (integration === undefined) throw notFound('Invalid Integration identifier specified');
  return integration;
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
      const api = await find.apiOfResource(store, call, restApiId);
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
    integrationOutput(integrationOf(await find.apiOfResource(store, call, input.restApiId), input)),
});

export const deleteIntegration = restOperation({
  name: 'DeleteIntegration',
  handle: ({ restApiId, resourceId, httpMethod }, call, store) =>
    store.change(async () => {
      const api = await find.apiOfResource(store, call, restApiId);
      integrationToDelete(api, { resourceId, httpMethod });
      const { integration: _, ...method } = find.method(api, resourceId, httpMethod);
      await store.put(call, 'restApi', restApiId, withMethod(api, resourceId, httpMethod, method));
    }),
});

export const putIntegrationResponse = restOperation({
  name: 'PutIntegrationResponse',
  limits: STATUS_LIMITS,
  handle: ({ restApiId, resourceId, httpMethod, statusCode, ...input }, call, store) =>
    store.change(async () => {
      const api = await find.apiOfResource(store, call, restApiId);
      const place = { resourceId, httpMethod };
      const integration = integrationOf(api, place);
      const response = {
        ...readResponse(input.selectionPattern ?? 'default', { ...input, statusCode }, site(api, place)),
        ...(Object.keys(input.responseTemplates ?? NOTHING).length === 0 && { emptyTemplates: true }),
      };
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
    const { responses } = integrationOf(await find.apiOfResource(store, call, input.restApiId), input);
    const response = responses.find(({ statusCode }) => statusCode === input.statusCode);
    if (response === undefined) throw notFound('Invalid Response status code specified');
    return integrationResponseOutput(response);
  },
});

export const updateIntegrationResponse = restOperation({
  name: 'UpdateIntegrationResponse',
  limits: STATUS_LIMITS,
  parse: ({ patchOperations }) => ({ patches: readPatches(patchOperations) }),
  handle: ({ restApiId, resourceId, httpMethod, statusCode, patches }, call, store) =>
    store.change(async () => {
      const api = await find.apiOfResource(store, call, restApiId);
      const place = { resourceId, httpMethod };
      const integration = integrationOf(api, place);
      const before = integration.responses.find((response) => response.statusCode === statusCode);
      if (before === undefined) throw notFound('Invalid Response status code specified');
      const patched = patches.reduce<Readonly<Record<string, unknown>>>(
        (response, patch) => patchedMembers(response, patch, RESPONSE_PATCHES),
        { ...before, selectionPattern: before.selectionPattern },
      );
      const pattern = typeof patched.selectionPattern === 'string' ? patched.selectionPattern : 'default';
      const response = readResponse(pattern, patched, site(api, place));
      const responses = integration.responses.map((other) => (other === before ? response : other));
      const method = { ...find.method(api, resourceId, httpMethod), integration: { ...integration, responses } };
      await store.put(call, 'restApi', restApiId, withMethod(api, resourceId, httpMethod, method));
      return integrationResponseOutput(response);
    }),
});

const RESPONSE_PATCHES = {
  members: ['selectionPattern', 'contentHandling'],
  maps: ['responseParameters', 'responseTemplates'],
};

export const updateIntegration = restOperation({
  name: 'UpdateIntegration',
  parse: ({ patchOperations }) => ({ patches: readPatches(patchOperations) }),
  handle: ({ restApiId, resourceId, httpMethod, patches }, call, store) =>
    store.change(async () => {
      const api = await find.apiOfResource(store, call, restApiId);
      const place = { resourceId, httpMethod };
      const before = integrationOf(api, place);
      const { responses, payloadFormatVersion: _, ...members } = before;
      const patched = patches.reduce<Readonly<Record<string, unknown>>>(
        (integration, patch) => patchedMembers(integration, patch, INTEGRATION_PATCHES),
        members,
      );
      const integration = { cacheKeyParameters: [], ...readIntegration(patched, site(api, place)), responses };
      const method = { ...find.method(api, resourceId, httpMethod), integration };
      await store.put(call, 'restApi', restApiId, withMethod(api, resourceId, httpMethod, method));
      return integrationOutput(integration);
    }),
});

const INTEGRATION_PATCHES = {
  members: [
    ...['cacheNamespace', 'connectionType', 'contentHandling', 'credentials', 'httpMethod', 'passthroughBehavior'],
    ...['connectionId', 'responseTransferMode', 'timeoutInMillis', 'uri'],
  ],
  maps: ['requestParameters', 'requestTemplates'],
};

export const deleteIntegrationResponse = restOperation({
  name: 'DeleteIntegrationResponse',
  limits: STATUS_LIMITS,
  handle: ({ restApiId, resourceId, httpMethod, statusCode }, call, store) =>
    store.change(async () => {
      const api = await find.apiOfResource(store, call, restApiId);
      const integration = integrationToDelete(api, { resourceId, httpMethod });
      const responses = integration.responses.filter((response) => response.statusCode !== statusCode);
      if (responses.length === integration.responses.length) throw notFound('Invalid Response status code specified');
      const method = { ...find.method(api, resourceId, httpMethod), integration: { ...integration, responses } };
      await store.put(call, 'restApi', restApiId, withMethod(api, resourceId, httpMethod, method));
    }),
});
