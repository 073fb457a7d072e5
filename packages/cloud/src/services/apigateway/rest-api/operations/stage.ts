import { checkAccessLog } from '../../access-log-settings.js';
import { restOperation } from '../../api-operation.js';
import { idBelow } from '../../api-store.js';
import { invalidPatch, type PatchOperation, readPatches } from '../../patch.js';
import type { StageRecord } from '../../records/rest-api.js';
import { badRequest, conflict, unsupported } from '../../refusal.js';
import { checkStageName, checkVariables } from '../../stage-variables.js';
import * as find from '../find.js';
import { stageOutput } from '../output.js';
import { newStage, refuseCanaryAndCache, withSetting } from '../stage-settings.js';

export const createStage = restOperation({
  name: 'CreateStage',
  parse: (input) => {
    refuseCanaryAndCache(input);
    return { stageName: checkStageName(input.stageName) };
  },
  handle: ({ restApiId, ...input }, call, store) =>
    store.change(async () => {
      await find.restApi(store, call, restApiId);
      await find.deployment(store, call, restApiId, input.deploymentId);
      const id = idBelow(restApiId, input.stageName);
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
      const patched = patches.reduce(applyPatch, await find.stage(store, call, restApiId, stageName));
      await find.deployment(store, call, restApiId, patched.deploymentId);
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

const PATCHES = [
  '/deploymentId',
  '/description',
  '/variables/{name}',
  '/tracingEnabled',
  '/documentationVersion',
  '/clientCertificateId',
  '/accessLogSettings/destinationArn',
  '/accessLogSettings/format',
  '/{resourcePath}/{httpMethod}/{setting}',
];

function applyPatch(stage: StageRecord, patch: PatchOperation): StageRecord {
  const { op, path, value = '' } = patch;
  const [, member = '', ...rest] = path.split('/');
  const removed = op === 'remove';
  switch (member) {
    case 'deploymentId':
      return { ...stage, deploymentId: value };
    case 'tracingEnabled':
      return { ...stage, tracingEnabled: value.toLowerCase() === 'true' };
    case 'description':
    case 'documentationVersion':
    case 'clientCertificateId':
      return { ...stage, [member]: removed ? undefined : value };
    case 'variables': {
      const name = rest.join('/');
      const { [name]: _, ...others } = stage.variables;
      const variables = removed ? others : { ...others, [name]: value };
      checkVariables(variables);
      return { ...stage, variables };
    }
    case 'accessLogSettings': {
      if (removed && rest.length === 0) return { ...stage, accessLogSettings: undefined };
      const [setting] = rest;
      if (setting !== 'destinationArn' && setting !== 'format') throw invalidPatch(patch, PATCHES);
      return { ...stage, accessLogSettings: { ...stage.accessLogSettings, [setting]: value } };
    }
    case 'canarySettings':
    case 'cacheClusterEnabled':
    case 'cacheClusterSize':
      if (removed || value === 'false') return stage;
      throw unsupported(`the stage setting ${path}`);
    default:
      return withMethodSetting(stage, patch);
  }
}

/**
 * `/~1users/GET/throttling/rateLimit`; two asterisks mean every method. Removing the first two parts removes the
 * setting.
 */
function withMethodSetting(stage: StageRecord, patch: PatchOperation): StageRecord {
  const [, resource = '', httpMethod, ...setting] = patch.path.split('/');
  if (httpMethod === undefined) throw invalidPatch(patch, PATCHES);
  const key = `${resource}/${httpMethod}`;
  const { [key]: existing = {}, ...others } = stage.methodSettings;
  if (patch.op === 'remove') return { ...stage, methodSettings: others };
  return {
    ...stage,
    methodSettings: { ...others, [key]: withSetting(existing, setting.join('/'), patch.value ?? '') },
  };
}
