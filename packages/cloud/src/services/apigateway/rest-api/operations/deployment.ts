import type { MethodSnapshot } from '@aws-sdk/client-api-gateway';
import type { Scope } from '../../../../core/operation.js';
import { randomId } from '../../../../core/random-id.js';
import type { Input } from '../../../../model/client-types.js';
import type { ApiModel } from '../../../execute-api/index.js';
import { restOperation } from '../../api-operation.js';
import { type ApiStore, idBelow } from '../../api-store.js';
import { restPage } from '../../page.js';
import { invalidPatch, readPatches } from '../../patch.js';
import type { DeploymentRecord, RestApiRecord, StageRecord } from '../../records/rest-api.js';
import { badRequest } from '../../refusal.js';
import { checkStageName } from '../../stage-variables.js';
import { newCanary } from '../canary.js';
import * as find from '../find.js';
import { deploymentOutput } from '../output.js';
import { servedModel } from '../served-model.js';
import { newStage } from '../stage-settings.js';

export const createDeployment = restOperation({
  name: 'CreateDeployment',
  parse: ({ stageName, canarySettings }) => {
    if (canarySettings !== undefined && !stageName)
      throw badRequest(
        `Invalid deployment content specified.Non null and non empty stageName must be provided for canary deployment. Provided value is ${stageName ?? null}`,
      );
    return { stageName: stageName === undefined ? undefined : checkStageName(stageName) };
  },
  handle: ({ restApiId, description, stageName, ...input }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const id = call.resourceId ?? randomId.lower(6);
      const existing = await store.get(call, 'deployment', idBelow(restApiId, id));
      if (existing) return deploymentOutput(existing);
      const previous =
        stageName === undefined ? undefined : await store.get(call, 'stage', idBelow(restApiId, stageName));
      if (input.canarySettings !== undefined && previous === undefined)
        throw badRequest(
          `Invalid deployment content specified.Stage ${stageName} must already be created before making a canary release deployment`,
        );
      const deployment = snapshot(api, id, description, store.now());
      await store.put(call, 'deployment', idBelow(restApiId, id), deployment);
      if (stageName !== undefined) {
        const stage = deployedStage(previous, { ...input, apiId: restApiId, stageName }, id, store.now());
        await store.put(call, 'stage', idBelow(restApiId, stageName), stage);
      }
      return deploymentOutput(deployment);
    }),
});

type Deployed = Pick<
  Input<'apigateway', 'CreateDeployment'>,
  'cacheClusterEnabled' | 'cacheClusterSize' | 'canarySettings' | 'stageDescription' | 'tracingEnabled' | 'variables'
> & { readonly apiId: string; readonly stageName: string };

/** The stage of a new deployment: made for it, moved to it, or with it as its canary. */
function deployedStage(previous: StageRecord | undefined, input: Deployed, id: string, time: number): StageRecord {
  const { apiId, stageName, canarySettings, variables = {} } = input;
  if (previous === undefined) {
    return newStage({
      apiId,
      stageName,
      deploymentId: id,
      time,
      variables,
      description: input.stageDescription,
      tracingEnabled: input.tracingEnabled ?? false,
      cacheClusterEnabled: input.cacheClusterEnabled,
      cacheClusterSize: input.cacheClusterSize,
    });
  }
  if (canarySettings !== undefined)
    return { ...previous, updated: time, canarySettings: newCanary(canarySettings, id) };
  return { ...previous, deploymentId: id, updated: time, variables: { ...previous.variables, ...variables } };
}

function snapshot(api: RestApiRecord, id: string, description: string | undefined, created: number): DeploymentRecord {
  const model = servedModel(api);
  if (api.endpointTypes.includes('PRIVATE') && api.policy === undefined)
    throw badRequest("Private REST API doesn't have a resource policy attached to it");
  if (model.routes.length === 0) throw badRequest("The REST API doesn't contain any methods");
  if (model.routes.some(({ integration }) => integration === undefined))
    throw badRequest('No integration defined for method');
  return { id, apiId: api.id, created, model, description };
}

export const getDeployment = restOperation({
  name: 'GetDeployment',
  handle: async ({ restApiId, deploymentId, embed = [] }, call, store) => {
    await find.restApi(store, call, restApiId);
    const deployment = await find.deployment(store, call, restApiId, deploymentId);
    const summary = embed.includes('apisummary') ? { apiSummary: apiSummary(deployment.model) } : {};
    return { ...deploymentOutput(deployment), ...summary };
  },
});

/** The methods of a deployment by their paths. */
function apiSummary({ routes }: ApiModel): Readonly<Record<string, Readonly<Record<string, MethodSnapshot>>>> {
  const summary: Record<string, Record<string, MethodSnapshot>> = {};
  for (const { path, method, authorization, apiKeyRequired } of routes) {
    summary[path] = { ...summary[path], [method]: { authorizationType: authorization.kind, apiKeyRequired } };
  }
  return summary;
}

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
