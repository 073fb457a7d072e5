import { randomId } from '../../../../core/random-id.js';
import { pathPartProblem, variableName } from '../../../execute-api/index.js';
import { restOperation } from '../../api-operation.js';
import { restPage } from '../../page.js';
import { invalidOperation, readPatches } from '../../patch.js';
import type { ResourceRecord, RestApiRecord } from '../../records/rest-api.js';
import { badRequest, conflict } from '../../refusal.js';
import * as find from '../find.js';
import { resourceOutput } from '../output.js';
import { checkQuotas } from '../quotas.js';

export const createResource = restOperation({
  name: 'CreateResource',
  handle: ({ restApiId, parentId, pathPart }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const id = call.resourceId ?? randomId.lower(6);
      const existing = api.resources[id];
      if (existing) return resourceOutput(existing, false);
      const parent = find.resource(api, parentId);
      checkPathPart(api, parent, pathPart);
      const path = `${parent.path === '/' ? '' : parent.path}/${pathPart}`;
      const made: ResourceRecord = { id, parentId, pathPart, path, methods: {} };
      const grown = { ...api, resources: { ...api.resources, [id]: made } };
      checkQuotas(grown, store.quotas);
      await store.put(call, 'restApi', restApiId, grown);
      return resourceOutput(made, false);
    }),
});

function checkPathPart(api: RestApiRecord, parent: ResourceRecord, pathPart: string): void {
  const problem = pathPartProblem(pathPart);
  if (problem !== undefined) throw badRequest(problem);
  if (variableName(parent.pathPart)?.greedy)
    throw badRequest(`Cannot create a child of a resource with a greedy path variable: ${parent.pathPart}`);
  for (const sibling of Object.values(api.resources).filter(({ parentId }) => parentId === parent.id)) {
    if (sibling.pathPart === pathPart)
      throw conflict(`Another resource with the same parent already has this name: ${pathPart}`);
    if (variableName(pathPart) && variableName(sibling.pathPart)) {
      throw badRequest(
        `A sibling (${sibling.pathPart}) of this resource already has a variable path part -- only one is allowed`,
      );
    }
  }
}

export const getResource = restOperation({
  name: 'GetResource',
  handle: async ({ restApiId, resourceId, embed = [] }, call, store) =>
    resourceOutput(find.resource(await find.restApi(store, call, restApiId), resourceId), embed.includes('methods')),
});

export const getResources = restOperation({
  name: 'GetResources',
  handle: async ({ restApiId, embed = [], ...page }, call, store) => {
    const api = await find.restApi(store, call, restApiId);
    return restPage(
      ['GetResources', restApiId],
      page,
      Object.values(api.resources),
      ({ id }) => id,
      (resource) => resourceOutput(resource, embed.includes('methods')),
    );
  },
});

const PATCHES = ['/pathPart', '/parentId'];

export const updateResource = restOperation({
  name: 'UpdateResource',
  parse: ({ patchOperations }) => ({ patches: readPatches(patchOperations) }),
  handle: ({ restApiId, resourceId, patches }, call, store) =>
    store.change(async () => {
      const api = await find.apiOfResource(store, call, restApiId);
      const before = find.resource(api, resourceId);
      let { pathPart, parentId } = before;
      for (const patch of patches) {
        if (!PATCHES.includes(patch.path)) throw badRequest(`Invalid patch path ${patch.path}`);
        if (patch.op !== 'replace') throw invalidOperation(['replace']);
        if (before.parentId === undefined) throw badRequest('Root resource cannot be updated');
        if (patch.path === '/pathPart') pathPart = patch.value ?? '';
        else parentId = patch.value;
      }
      if (parentId === undefined) return resourceOutput(before, false);
      const parent = find.resource(api, parentId);
      if (`${parent.path}/`.startsWith(`${before.path}/`))
        throw badRequest('Resources cannot be reparented to a resource below them');
      const { [resourceId]: _, ...others } = api.resources;
      checkPathPart({ ...api, resources: others }, parent, pathPart);
      const path = `${parent.path === '/' ? '' : parent.path}/${pathPart}`;
      const resource = { ...before, parentId, pathPart, path };
      await store.put(call, 'restApi', restApiId, { ...api, resources: moved(api, before, resource) });
      return resourceOutput(resource, false);
    }),
});

/** The resources with one at another place, and with all below it. */
function moved(
  { resources }: RestApiRecord,
  before: ResourceRecord,
  after: ResourceRecord,
): RestApiRecord['resources'] {
  const below = `${before.path}/`;
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => {
      if (id === after.id) return [id, after];
      if (!resource.path.startsWith(below)) return [id, resource];
      return [id, { ...resource, path: `${after.path}/${resource.path.slice(below.length)}` }];
    }),
  );
}

export const deleteResource = restOperation({
  name: 'DeleteResource',
  handle: ({ restApiId, resourceId }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const { path, parentId } = find.resource(api, resourceId);
      if (parentId === undefined) throw badRequest('Root resource cannot be deleted');
      const kept = Object.values(api.resources).filter(
        (other) => other.id !== resourceId && !other.path.startsWith(`${path}/`),
      );
      await store.put(call, 'restApi', restApiId, {
        ...api,
        resources: Object.fromEntries(kept.map((other) => [other.id, other])),
      });
    }),
});
