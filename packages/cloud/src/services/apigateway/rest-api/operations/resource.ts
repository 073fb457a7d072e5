import { randomId } from '../../../../core/random-id.js';
import { pathPartProblem } from '../../../execute-api/open-api/paths.js';
import { variableName } from '../../../execute-api/router.js';
import { restOperation } from '../../api-operation.js';
import { restPage } from '../../page.js';
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
    throw badRequest('Cannot create a child of a resource with a greedy path variable.');
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
