import { membersOf } from '../../../core/members.js';
import { randomId } from '../../../core/random-id.js';
import { apiKeySource } from '../../execute-api/open-api/import-open-api.js';
import * as find from '../find.js';
import { labels, pageOf, readPage, textMap } from '../input.js';
import { checkCompressionSize, checkEndpointTypes, newRestApi } from '../new-rest-api.js';
import { invalidPatch, type PatchOperation, readPatches, unescapePointer } from '../patch.js';
import { badRequest, unsupported } from '../refusal.js';
import type { RestApiRecord } from '../rest-api-record.js';
import { restOperation } from '../rest-operation.js';
import { restApiOutput } from '../wire.js';

export const createRestApi = restOperation({
  name: 'CreateRestApi',
  http: { method: 'POST', path: '/restapis', status: 201 },
  parse: (raw) => {
    const members = membersOf(raw);
    if (members.has('cloneFrom')) throw unsupported('cloning a REST API (cloneFrom)');
    if (members.has('policy')) throw unsupported('resource policies (policy)');
    const name = members.text('name');
    if (name === undefined || name === '')
      throw badRequest(
        "1 validation error detected: Value null at 'createRestApiInput.name' failed to satisfy constraint: Member must not be null",
      );
    const description = members.text('description');
    const version = members.text('version');
    const minimumCompressionSize = checkCompressionSize(members.integer('minimumCompressionSize'));
    return {
      name,
      ...(description !== undefined && { description }),
      ...(version !== undefined && { version }),
      tags: textMap(members.raw('tags'), 'tags'),
      apiKeySource: apiKeySource(members.raw('apiKeySource')),
      endpointTypes: checkEndpointTypes(members.structure('endpointConfiguration')?.texts('types') ?? []),
      binaryMediaTypes: members.texts('binaryMediaTypes'),
      ...(minimumCompressionSize !== undefined && { minimumCompressionSize }),
      disableExecuteApiEndpoint: members.flag('disableExecuteApiEndpoint') ?? false,
    };
  },
  handle: (settings, call, store) =>
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
  http: { method: 'GET', path: '/restapis/{restApiId}' },
  parse: (raw) => labels(raw, 'restApiId'),
  handle: async ({ restApiId }, call, store) => restApiOutput(await find.restApi(store, call, restApiId)),
});

export const getRestApis = restOperation({
  name: 'GetRestApis',
  http: { method: 'GET', path: '/restapis', query: { limit: 'limit', position: 'position' } },
  parse: (raw) => readPage(membersOf(raw)),
  handle: async (page, call, store) => pageOf(await store.list(call, 'restApi'), page, ({ id }) => id, restApiOutput),
});

export const deleteRestApi = restOperation({
  name: 'DeleteRestApi',
  http: { method: 'DELETE', path: '/restapis/{restApiId}', status: 202 },
  parse: (raw) => labels(raw, 'restApiId'),
  handle: ({ restApiId }, call, store) =>
    store.change(async () => {
      await find.restApi(store, call, restApiId);
      await store.removeApi(call, restApiId);
      return undefined;
    }),
});

export const updateRestApi = restOperation({
  name: 'UpdateRestApi',
  http: { method: 'PATCH', path: '/restapis/{restApiId}' },
  parse: (raw) => ({ ...labels(raw, 'restApiId'), patches: readPatches(membersOf(raw)) }),
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
    case 'version': {
      const { [member]: _, ...others } = api;
      return text === undefined ? others : { ...others, [member]: text };
    }
    case 'apiKeySource':
      return { ...api, apiKeySource: apiKeySource(text) };
    case 'minimumCompressionSize': {
      const { minimumCompressionSize: _, ...others } = api;
      const size = checkCompressionSize(text === undefined || text === '' ? undefined : Number(text));
      return size === undefined ? others : { ...others, minimumCompressionSize: size };
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
