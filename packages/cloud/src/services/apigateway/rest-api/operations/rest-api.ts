import { randomId } from '../../../../core/random-id.js';
import { apiKeySource } from '../../../execute-api/open-api/import-open-api.js';
import { restOperation } from '../../api-operation.js';
import { restPage } from '../../page.js';
import { invalidPatch, type PatchOperation, readPatches, unescapePointer } from '../../patch.js';
import type { RestApiRecord } from '../../records/rest-api.js';
import { badRequest, unsupported } from '../../refusal.js';
import * as find from '../find.js';
import { checkCompressionSize, checkEndpointTypes, newRestApi } from '../new-rest-api.js';
import { restApiOutput } from '../output.js';

export const createRestApi = restOperation({
  name: 'CreateRestApi',
  parse: ({ name, cloneFrom, policy, description, version, endpointConfiguration, ...input }) => {
    if (cloneFrom !== undefined) throw unsupported('cloning a REST API (cloneFrom)');
    if (policy !== undefined) throw unsupported('resource policies (policy)');
    if (name === '') throw badRequest('Name cannot be empty');
    const endpointTypes = checkEndpointTypes(endpointConfiguration?.types ?? []);
    return {
      endpointTypes,
      settings: {
        name,
        description,
        version,
        tags: input.tags ?? {},
        apiKeySource: apiKeySource(input.apiKeySource),
        endpointTypes,
        binaryMediaTypes: input.binaryMediaTypes ?? [],
        minimumCompressionSize: checkCompressionSize(input.minimumCompressionSize),
        disableExecuteApiEndpoint: input.disableExecuteApiEndpoint ?? false,
      },
    };
  },
  handle: ({ settings }, call, store) =>
    store.change(async () => {
      const id = call.resourceId ?? randomId.lower(10);
      const existing = await store.get(call, 'restApi', id);
      if (existing) return restApiOutput(existing);
      const api = newRestApi(id, randomId.lower(10), store.now(), settings);
      await store.put(call, 'restApi', id, api);
      return restApiOutput(api);
    }),
});

export const getRestApi = restOperation({
  name: 'GetRestApi',
  handle: async ({ restApiId }, call, store) => restApiOutput(await find.restApi(store, call, restApiId)),
});

export const getRestApis = restOperation({
  name: 'GetRestApis',
  handle: async (page, call, store) =>
    restPage(['GetRestApis'], page, await store.list(call, 'restApi'), ({ id }) => id, restApiOutput),
});

export const deleteRestApi = restOperation({
  name: 'DeleteRestApi',
  handle: ({ restApiId }, call, store) =>
    store.change(async () => {
      await find.restApi(store, call, restApiId);
      await store.removeApi(call, restApiId);
    }),
});

export const updateRestApi = restOperation({
  name: 'UpdateRestApi',
  parse: ({ patchOperations }) => ({ patches: readPatches(patchOperations) }),
  handle: ({ restApiId, patches }, call, store) =>
    store.change(async () => {
      const api = patches.reduce(applyPatch, await find.restApi(store, call, restApiId));
      await store.put(call, 'restApi', restApiId, api);
      return restApiOutput(api);
    }),
});

const PATCHES = [
  '/name',
  '/description',
  '/version',
  '/apiKeySource',
  '/binaryMediaTypes/{type}',
  '/minimumCompressionSize',
  '/disableExecuteApiEndpoint',
  '/endpointConfiguration/types/{type}',
];

function applyPatch(api: RestApiRecord, patch: PatchOperation): RestApiRecord {
  const { op, path, value } = patch;
  const text = op === 'remove' ? undefined : value;
  const [, member = '', ...rest] = path.split('/');
  switch (member) {
    case 'name':
      if (!text) throw badRequest('Name cannot be empty');
      return { ...api, name: text };
    case 'description':
    case 'version':
      return { ...api, [member]: text };
    case 'apiKeySource':
      return { ...api, apiKeySource: apiKeySource(text) };
    case 'minimumCompressionSize': {
      const minimumCompressionSize = checkCompressionSize(text === undefined || text === '' ? undefined : Number(text));
      return { ...api, minimumCompressionSize };
    }
    case 'disableExecuteApiEndpoint':
      return { ...api, disableExecuteApiEndpoint: text?.toLowerCase() === 'true' };
    case 'binaryMediaTypes': {
      const named = unescapePointer(rest.join('/'));
      const others = api.binaryMediaTypes.filter((type) => type !== named);
      if (op === 'remove') return { ...api, binaryMediaTypes: others };
      return { ...api, binaryMediaTypes: [...others, op === 'replace' && value ? value : named] };
    }
    case 'endpointConfiguration': {
      const [kind, named = '0'] = rest;
      if (kind !== 'types' || op === 'remove') throw invalidPatch(patch, PATCHES);
      return { ...api, endpointTypes: checkEndpointTypes([value ?? named]) };
    }
    default:
      throw member === 'policy' ? unsupported('resource policies (/policy)') : invalidPatch(patch, PATCHES);
  }
}
