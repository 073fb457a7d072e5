import type { Call } from '../../../../core/operation.js';
import { checkAccessLog } from '../../access-log-settings.js';
import { restOperation } from '../../api-operation.js';
import { type ApiStore, idBelow } from '../../api-store.js';
import { readPatches } from '../../patch.js';
import { badRequest, conflict } from '../../refusal.js';
import { checkStageName } from '../../stage-variables.js';
import { newCanary } from '../canary.js';
import * as find from '../find.js';
import { stageOutput } from '../output.js';
import { patchedStage } from '../stage-patches.js';
import { newStage } from '../stage-settings.js';

export const createStage = restOperation({
  name: 'CreateStage',
  parse: ({ stageName }) => ({ stageName: checkStageName(stageName) }),
  handle: ({ restApiId, ...input }, call, store) =>
    store.change(async () => {
      await find.restApi(store, call, restApiId);
      await find.deployment(store, call, restApiId, input.deploymentId);
      const id = idBelow(restApiId, input.stageName);
      const canarySettings =
        input.canarySettings &&
        newCanary(input.canarySettings, input.canarySettings.deploymentId ?? input.deploymentId);
      if (canarySettings) await find.canaryDeployment(store, call, restApiId, canarySettings.deploymentId);
      const existing = await store.get(call, 'stage', id);
      if (existing) throw conflict('Stage already exists');
      const stage = newStage({
        apiId: restApiId,
        stageName: input.stageName,
        deploymentId: input.deploymentId,
        description: input.description,
        documentationVersion: input.documentationVersion,
        variables: input.variables ?? {},
        tags: input.tags ?? {},
        tracingEnabled: input.tracingEnabled ?? false,
        canarySettings,
        cacheClusterEnabled: input.cacheClusterEnabled,
        cacheClusterSize: input.cacheClusterSize,
        time: store.now(),
      });
      await store.put(call, 'stage', id, stage);
      return stageOutput(stage);
    }),
});

export const getStage = restOperation({
  name: 'GetStage',
  handle: async ({ restApiId, stageName }, call, store) => {
    await find.restApi(store, call, restApiId);
    return stageOutput(await find.stage(store, call, restApiId, stageName));
  },
});

export const getStages = restOperation({
  name: 'GetStages',
  handle: async ({ restApiId, deploymentId }, call, store) => {
    await find.restApi(store, call, restApiId);
    const stages = await store.list(call, 'stage', `${restApiId}/`);
    return {
      item: stages
        .filter((stage) => deploymentId === undefined || stage.deploymentId === deploymentId)
        .map(stageOutput),
    };
  },
});

export const deleteStage = restOperation({
  name: 'DeleteStage',
  handle: ({ restApiId, stageName }, call, store) =>
    store.change(async () => {
      await find.restApi(store, call, restApiId);
      await find.stage(store, call, restApiId, stageName);
      await store.remove(call, 'stage', idBelow(restApiId, stageName));
    }),
});

export const updateStage = restOperation({
  name: 'UpdateStage',
  parse: ({ patchOperations }) => ({ patches: readPatches(patchOperations) }),
  handle: ({ restApiId, stageName, patches }, call, store) =>
    store.change(async () => {
      await find.restApi(store, call, restApiId);
      const patched = patches.reduce(patchedStage, await find.stage(store, call, restApiId, stageName));
      await find.deployment(store, call, restApiId, patched.deploymentId);
      if (patched.canarySettings)
        await find.canaryDeployment(store, call, restApiId, patched.canarySettings.deploymentId);
      if (patches.some(({ path }) => path.startsWith('/accessLogSettings')) && patched.accessLogSettings) {
        checkAccessLog(patched.accessLogSettings, 'REST');
        if ((await store.account(call)).cloudwatchRoleArn === undefined)
          throw badRequest('CloudWatch Logs role ARN must be set in account settings to enable logging');
      }
      const stage = { ...patched, updated: store.now() };
      await store.put(call, 'stage', idBelow(restApiId, stageName), stage);
      return stageOutput(stage);
    }),
});

/** The caches of a stage hold what its authorizers said; a change of it makes them forget. */
async function touchStage(
  { restApiId, stageName }: { readonly restApiId: string; readonly stageName: string },
  call: Call,
  store: ApiStore,
): Promise<void> {
  await store.change(async () => {
    await find.restApi(store, call, restApiId);
    const stage = await find.stage(store, call, restApiId, stageName);
    await store.put(call, 'stage', idBelow(restApiId, stageName), stage);
  });
}

export const flushStageCache = restOperation({ name: 'FlushStageCache', handle: touchStage });

export const flushStageAuthorizersCache = restOperation({ name: 'FlushStageAuthorizersCache', handle: touchStage });
