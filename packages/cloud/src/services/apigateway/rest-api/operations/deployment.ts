import type { Scope } from '../../../../core/operation.js';
import { randomId } from '../../../../core/random-id.js';
import { restOperation } from '../../api-operation.js';
import { type ApiStore, idBelow } from '../../api-store.js';
import { restPage } from '../../page.js';
import { invalidPatch, readPatches } from '../../patch.js';
import type { DeploymentRecord, RestApiRecord } from '../../records/rest-api.js';
import { badRequest } from '../../refusal.js';
import { checkStageName } from '../../stage-variables.js';
import * as find from '../find.js';
import { deploymentOutput } from '../output.js';
import { servedModel } from '../served-model.js';
import { newStage, refuseCanaryAndCache } from '../stage-settings.js';

export const createDeployment = restOperation({
  name: 'CreateDeployment',
  parse: (input) => {
    refuseCanaryAndCache(input);
    return { stageName: input.stageName === undefined ? undefined : checkStageName(input.stageName) };
  },
  handle: (
    { restApiId, description, stageName, stageDescription, variables = {}, tracingEnabled = false },
    call,
    store,
  ) =>
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
  const model = servedModel(api);
  if (model.routes.length === 0) throw badRequest("The REST API doesn't contain any methods");
  if (model.routes.some(({ integration }) => integration === undefined))
    throw badRequest('No integration defined for method');
  return { id, apiId: api.id, created, model, description };
}

export const getDeployment = restOperation({
  name: 'GetDeployment',
  handle: async ({ restApiId, deploymentId }, call, store) => {
    await find.restApi(store, call, restApiId);
    return deploymentOutput(await find.deployment(store, call, restApiId, deploymentId));
  },
});

export const getDeployments = restOperation({
  name: 'GetDeployments',
  handle: async ({ restApiId, ...page }, call, store) => {
    await find.restApi(store, call, restApiId);
    const deployments = await store.list(call, 'deployment', `${restApiId}/`);
    return restPage(['GetDeployments', restApiId], page, deployments, ({ id }) => id, deploymentOutput);
  },
});

export const updateDeployment = restOperation({
  name: 'UpdateDeployment',
  parse: ({ patchOperations }) => ({ patches: readPatches(patchOperations) }),
  handle: ({ restApiId, deploymentId, patches }, call, store) =>
    store.change(async () => {
      let deployment = await find.deployment(store, call, restApiId, deploymentId);
      for (const patch of patches) {
        if (patch.path !== '/description') throw invalidPatch(patch, ['/description']);
        deployment = { ...deployment, description: patch.value };
      }
      await store.put(call, 'deployment', idBelow(restApiId, deploymentId), deployment);
      return deploymentOutput(deployment);
    }),
});

export const deleteDeployment = restOperation({
  name: 'DeleteDeployment',
  handle: ({ restApiId, deploymentId }, call, store) =>
    store.change(async () => {
      await find.restApi(store, call, restApiId);
      await find.deployment(store, call, restApiId, deploymentId);
      if (await isActive(store, call, restApiId, deploymentId)) {
        throw badRequest('Active stages pointing to this deployment must be moved or deleted');
      }
      await store.remove(call, 'deployment', idBelow(restApiId, deploymentId));
    }),
});

async function isActive(store: ApiStore, scope: Scope, apiId: string, deploymentId: string): Promise<boolean> {
  const stages = await store.list(scope, 'stage', `${apiId}/`);
  return stages.some((stage) => stage.deploymentId === deploymentId);
}
