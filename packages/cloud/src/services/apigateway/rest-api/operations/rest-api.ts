import { randomId } from '../../../../core/random-id.js';
import { apiKeySource } from '../../../execute-api/index.js';
import { restOperation } from '../../api-operation.js';
import { byAge, restPage } from '../../page.js';
import { invalidOperation, invalidPatch, type PatchOperation, readPatches, unescapePointer } from '../../patch.js';
import type { RestApiRecord } from '../../records/rest-api.js';
import { badRequest, unsupported } from '../../refusal.js';
import * as find from '../find.js';
import { checkCompressionSize, checkEndpointTypes, checkIpAddressType, newRestApi } from '../new-rest-api.js';
import { changedRestApiOutput, restApiOutput } from '../output.js';
import { readPolicy } from '../policy.js';

export const createRestApi = restOperation({
  name: 'CreateRestApi',
  limits: { endpointConfiguration: { members: { types: { each: { values: ['PRIVATE', 'EDGE', 'REGIONAL'] } } } } },
  parse: ({ name, cloneFrom, policy, description, version, endpointConfiguration, ...input }) => {
    if (cloneFrom !== undefined) throw unsupported('cloning a REST API (cloneFrom)');
    if (name === '') throw badRequest('Name cannot be empty');
    if (description === '') throw badRequest('Description cannot be an empty string');
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
        ipAddressType: checkIpAddressType(endpointConfiguration?.ipAddressType, endpointTypes),
        vpcEndpointIds: endpointConfiguration?.vpcEndpointIds,
        policy: readPolicy(policy),
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
    restPage(['GetRestApis'], page, await store.list(call, 'restApi'), byAge, restApiOutput),
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
      return changedRestApiOutput(api);
    }),
});

const PATCHES = [
  '/name',
  '/description',
  '/policy',
  '/version',
  '/apiKeySource',
  '/binaryMediaTypes/{type}',
  '/minimumCompressionSize',
  '/disableExecuteApiEndpoint',
  '/endpointConfiguration/types/{type}',
  '/endpointConfiguration/ipAddressType',
  '/endpointConfiguration/vpcEndpointIds',
];

/** Members that a patch may only replace. */
const REPLACED = ['name', 'policy', 'apiKeySource', 'minimumCompressionSize', 'disableExecuteApiEndpoint'];

function applyPatch(api: RestApiRecord, patch: PatchOperation): RestApiRecord {
  const { op, path, value } = patch;
  const text = op === 'remove' ? undefined : value;
  const [, member = '', ...rest] = path.split('/');
  if (REPLACED.includes(member) && op !== 'replace') throw invalidOperation(['replace']);
  switch (member) {
    case 'name':
      if (!text) throw badRequest('Name cannot be empty');
      return { ...api, name: text };
    case 'description':
    case 'version':
      return { ...api, [member]: text };
    case 'policy':
      return { ...api, policy: readPolicy(text) };
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
      if (named === '') throw badRequest(`Invalid patch path ${path}`);
      const others = api.binaryMediaTypes.filter((type) => type !== named);
      if (op === 'remove') return { ...api, binaryMediaTypes: others };
      return { ...api, binaryMediaTypes: [...others, op === 'replace' && value ? value : named] };
    }
    case 'endpointConfiguration':
      return withEndpoint(api, patch, rest);
    default:
      throw invalidPatch(patch, PATCHES);
  }
}

function withEndpoint(
  api: RestApiRecord,
  patch: PatchOperation,
  [member, named = '0']: readonly string[],
): RestApiRecord {
  const { op, value } = patch;
  switch (member) {
    case 'types': {
      // AWS's sentence names three operations, and takes one.
      if (op === 'remove') throw badRequest("Invalid patch operation specified. Must be 'add'|'remove'|'replace'");
      const endpointTypes = checkEndpointTypes([value ?? named]);
      return { ...api, endpointTypes };
    }
    case 'ipAddressType':
      if (op !== 'replace') throw invalidOperation(['replace']);
      return { ...api, ipAddressType: checkIpAddressType(value, api.endpointTypes) };
    case 'vpcEndpointIds': {
      const others = (api.vpcEndpointIds ?? []).filter((id) => id !== value);
      return { ...api, vpcEndpointIds: op === 'remove' || value === undefined ? others : [...others, value] };
    }
    default:
      throw invalidPatch(patch, PATCHES);
  }
}
