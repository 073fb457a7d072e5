import { membersOf } from '../../../core/members.js';
import { checkAccessLog } from '../access-log-settings.js';
import { idBelow } from '../api-store.js';
import * as find from '../find.js';
import { labels, textMap } from '../input.js';
import { invalidPatch, type PatchOperation, readPatches } from '../patch.js';
import { badRequest, conflict, unsupported } from '../refusal.js';
import type { StageRecord } from '../rest-api-record.js';
import { restOperation } from '../rest-operation.js';
import { checkStageName, checkVariables, newStage, refuseCanaryAndCache, withSetting } from '../stage-settings.js';
import { stageOutput } from '../wire.js';

const STAGE_PATH = '/restapis/{restApiId}/stages/{stageName}';

export const createStage = restOperation({
  name: 'CreateStage',
  http: { method: 'POST', path: '/restapis/{restApiId}/stages', status: 201 },
  parse: (raw) => {
    const members = membersOf(raw);
    refuseCanaryAndCache(members);
    return {
      ...labels(raw, 'restApiId', 'deploymentId'),
      stageName: checkStageName(members.neededText('stageName')),
      description: members.text('description'),
      variables: textMap(members.raw('variables'), 'variables'),
      tags: textMap(members.raw('tags'), 'tags'),
      tracingEnabled: members.flag('tracingEnabled') ?? false,
      documentationVersion: members.text('documentationVersion'),
    };
  },
  handle: ({ restApiId, ...input }, call, store) =>
    store.change(async () => {
      await find.restApi(store, call, restApiId);
      await find.deployment(store, call, restApiId, input.deploymentId);
      const id = idBelow(restApiId, input.stageName);
      const existing = await store.get(call, 'stage', id);
      if (existing) throw conflict('Stage already exists');
      const stage = newStage({ ...input, apiId: restApiId, time: store.now() });
      await store.put(call, 'stage', id, stage);
      return stageOutput(stage);
    }),
});

export const getStage = restOperation({
  name: 'GetStage',
  http: { method: 'GET', path: STAGE_PATH },
  parse: (raw) => labels(raw, 'restApiId', 'stageName'),
  handle: async ({ restApiId, stageName }, call, store) => {
    await find.restApi(store, call, restApiId);
    return stageOutput(await find.stage(store, call, restApiId, stageName));
  },
});

export const getStages = restOperation({
  name: 'GetStages',
  http: { method: 'GET', path: '/restapis/{restApiId}/stages', query: { deploymentId: 'deploymentId' } },
  parse: (raw) => ({ ...labels(raw, 'restApiId'), deploymentId: membersOf(raw).text('deploymentId') }),
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
  http: { method: 'DELETE', path: STAGE_PATH, status: 202 },
  parse: (raw) => labels(raw, 'restApiId', 'stageName'),
  handle: ({ restApiId, stageName }, call, store) =>
    store.change(async () => {
      await find.restApi(store, call, restApiId);
      await find.stage(store, call, restApiId, stageName);
      await store.remove(call, 'stage', idBelow(restApiId, stageName));
      return undefined;
    }),
});

export const updateStage = restOperation({
  name: 'UpdateStage',
  http: { method: 'PATCH', path: STAGE_PATH },
  parse: (raw) => ({ ...labels(raw, 'restApiId', 'stageName'), patches: readPatches(membersOf(raw)) }),
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
    case 'clientCertificateId': {
      const { [member]: _, ...others } = stage;
      return removed ? others : { ...others, [member]: value };
    }
    case 'variables': {
      const name = rest.join('/');
      const { [name]: _, ...others } = stage.variables;
      const variables = removed ? others : { ...others, [name]: value };
      checkVariables(variables);
      return { ...stage, variables };
    }
    case 'accessLogSettings': {
      if (removed && rest.length === 0) {
        const { accessLogSettings: _, ...others } = stage;
        return others;
      }
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
