import { membersOf } from '../../../core/members.js';
import { randomId } from '../../../core/random-id.js';
import { pathPartProblem } from '../../execute-api/open-api/paths.js';
import { variableName } from '../../execute-api/router.js';
import * as find from '../find.js';
import { labels, pageOf, readPage } from '../input.js';
import { checkRestApi } from '../quotas.js';
import { badRequest, conflict } from '../refusal.js';
import type { ResourceRecord, RestApiRecord } from '../rest-api-record.js';
import { restOperation } from '../rest-operation.js';
import { resourceOutput } from '../wire.js';

export const createResource = restOperation({
  name: 'CreateResource',
  http: { method: 'POST', path: '/restapis/{restApiId}/resources/{parentId}', status: 201 },
  parse: (raw) => labels(raw, 'restApiId', 'parentId', 'pathPart'),
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
      checkRestApi(grown, store.quotas);
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

/** True if `embed=methods` is asked for: one text, or a list of them. */
function embedsMethods(raw: unknown): boolean {
  const embed = membersOf(raw).raw('embed');
  return embed === 'methods' || (Array.isArray(embed) && embed.includes('methods'));
}

export const getResource = restOperation({
  name: 'GetResource',
  http: { method: 'GET', path: '/restapis/{restApiId}/resources/{resourceId}', query: { embed: 'embed' } },
  parse: (raw) => ({ ...labels(raw, 'restApiId', 'resourceId'), embed: embedsMethods(raw) }),
  handle: async ({ restApiId, resourceId, embed }, call, store) =>
    resourceOutput(find.resource(await find.restApi(store, call, restApiId), resourceId), embed),
});

export const getResources = restOperation({
  name: 'GetResources',
  http: {
    method: 'GET',
    path: '/restapis/{restApiId}/resources',
    query: { limit: 'limit', position: 'position', embed: 'embed' },
  },
  parse: (raw) => ({ ...labels(raw, 'restApiId'), page: readPage(membersOf(raw)), embed: embedsMethods(raw) }),
  handle: async ({ restApiId, page, embed }, call, store) => {
    const api = await find.restApi(store, call, restApiId);
    return pageOf(
      Object.values(api.resources),
      page,
      ({ id }) => id,
      (resource) => resourceOutput(resource, embed),
    );
  },
});

export const deleteResource = restOperation({
  name: 'DeleteResource',
  http: { method: 'DELETE', path: '/restapis/{restApiId}/resources/{resourceId}', status: 202 },
  parse: (raw) => labels(raw, 'restApiId', 'resourceId'),
  handle: ({ restApiId, resourceId }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const { path, parentId } = find.resource(api, resourceId);
      if (parentId === undefined) throw badRequest('Root resource cannot be deleted');
      const kept = Object.values(api.resources).filter(
        (one) => one.id !== resourceId && !one.path.startsWith(`${path}/`),
      );
      await store.put(call, 'restApi', restApiId, {
        ...api,
        resources: Object.fromEntries(kept.map((one) => [one.id, one])),
      });
      return undefined;
    }),
});
