import { membersOf } from '../../../core/members.js';
import type { Scope } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import { type ApiStore, idBelow } from '../api-store.js';
import * as find from '../find.js';
import { labels, pageOf, readPage, textMap } from '../input.js';
import { invalidPatch, readPatches } from '../patch.js';
import { badRequest, unsupported } from '../refusal.js';
import { type DeploymentRecord, modelOf, type RestApiRecord } from '../rest-api-record.js';
import { restOperation } from '../rest-operation.js';
import { checkStageName, newStage } from '../stage-settings.js';
import { deploymentOutput } from '../wire.js';

export const createDeployment = restOperation({
  name: 'CreateDeployment',
  http: { method: 'POST', path: '/restapis/{restApiId}/deployments', status: 201 },
  parse: (raw) => {
    const members = membersOf(raw);
    if (members.has('canarySettings')) throw unsupported('canary deployments (canarySettings)');
    if (members.flag('cacheClusterEnabled')) throw unsupported('caching (cacheClusterEnabled)');
    const stageName = members.text('stageName');
    return {
      ...labels(raw, 'restApiId'),
      description: members.text('description'),
      stageName: stageName === undefined ? undefined : checkStageName(stageName),
      stageDescription: members.text('stageDescription'),
      variables: textMap(members.raw('variables'), 'variables'),
      tracingEnabled: members.flag('tracingEnabled') ?? false,
    };
  },
  handle: ({ restApiId, description, stageName, stageDescription, variables, tracingEnabled }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const id = call.resourceId ?? randomId.lower(6);
      const existing = await store.get(call, 'deployment', idBelow(restApiId, id));
      if (existing) return deploymentOutput(existing);
      const deployment = snapshot(api, id, description, store.now());
      await store.put(call, 'deployment', idBelow(restApiId, id), deployment);
      if (stageName !== undefined) {
        const previous = await store.get(call, 'stage', idBelow(restApiId, stageName));
        const time = store.now();
        const stage = previous
          ? { ...previous, deploymentId: id, updated: time, variables: { ...previous.variables, ...variables } }
          : newStage({
              apiId: restApiId,
              stageName,
              deploymentId: id,
              time,
              description: stageDescription,
              variables,
              tracingEnabled,
            });
        await store.put(call, 'stage', idBelow(restApiId, stageName), stage);
      }
      return deploymentOutput(deployment);
    }),
});

function snapshot(api: RestApiRecord, id: string, description: string | undefined, created: number): DeploymentRecord {
  const model = modelOf(api);
  if (model.routes.length === 0) throw badRequest("The REST API doesn't contain any methods");
  if (model.routes.some(({ integration }) => integration === undefined))
    throw badRequest('No integration defined for method');
  return { id, apiId: api.id, created, model, ...(description !== undefined && { description }) };
}

export const getDeployment = restOperation({
  name: 'GetDeployment',
  http: { method: 'GET', path: '/restapis/{restApiId}/deployments/{deploymentId}' },
  parse: (raw) => labels(raw, 'restApiId', 'deploymentId'),
  handle: async ({ restApiId, deploymentId }, call, store) => {
    await find.restApi(store, call, restApiId);
    return deploymentOutput(await find.deployment(store, call, restApiId, deploymentId));
  },
});

export const getDeployments = restOperation({
  name: 'GetDeployments',
  http: { method: 'GET', path: '/restapis/{restApiId}/deployments', query: { limit: 'limit', position: 'position' } },
  parse: (raw) => ({ ...labels(raw, 'restApiId'), page: readPage(membersOf(raw)) }),
  handle: async ({ restApiId, page }, call, store) => {
    await find.restApi(store, call, restApiId);
    return pageOf(await store.list(call, 'deployment', `${restApiId}/`), page, ({ id }) => id, deploymentOutput);
  },
});

export const updateDeployment = restOperation({
  name: 'UpdateDeployment',
  http: { method: 'PATCH', path: '/restapis/{restApiId}/deployments/{deploymentId}' },
  parse: (raw) => ({ ...labels(raw, 'restApiId', 'deploymentId'), patches: readPatches(membersOf(raw)) }),
  handle: ({ restApiId, deploymentId, patches }, call, store) =>
    store.change(async () => {
      let deployment = await find.deployment(store, call, restApiId, deploymentId);
      for (const patch of patches) {
        if (patch.path !== '/description') throw invalidPatch(patch, ['/description']);
        const { description: _, ...others } = deployment;
        deployment = { ...others, ...(patch.value !== undefined && { description: patch.value }) };
      }
      await store.put(call, 'deployment', idBelow(restApiId, deploymentId), deployment);
      return deploymentOutput(deployment);
    }),
});

export const deleteDeployment = restOperation({
  name: 'DeleteDeployment',
  http: { method: 'DELETE', path: '/restapis/{restApiId}/deployments/{deploymentId}', status: 202 },
  parse: (raw) => labels(raw, 'restApiId', 'deploymentId'),
  handle: ({ restApiId, deploymentId }, call, store) =>
    store.change(async () => {
      await find.restApi(store, call, restApiId);
      await find.deployment(store, call, restApiId, deploymentId);
      if (await isActive(store, call, restApiId, deploymentId)) {
        throw badRequest('Active stages pointing to this deployment must be moved or deleted');
      }
      await store.remove(call, 'deployment', idBelow(restApiId, deploymentId));
      return undefined;
    }),
});

async function isActive(store: ApiStore, scope: Scope, apiId: string, deploymentId: string): Promise<boolean> {
  const stages = await store.list(scope, 'stage', `${apiId}/`);
  return stages.some((stage) => stage.deploymentId === deploymentId);
}
