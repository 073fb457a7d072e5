import { type Members, membersOf } from '../../../core/members.js';
import type { Scope } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import type { ApiStore } from '../api-store.js';
import * as find from '../find.js';
import { labels, pageOf, readPage, textMap } from '../input.js';
import { invalidPatch, type PatchOperation, readPatches } from '../patch.js';
import { badRequest, conflict, notFound, unsupported } from '../refusal.js';
import { restOperation } from '../rest-operation.js';
import type { UsagePlanRecord } from '../usage-record.js';
import { apiKeyOf } from './api-key.js';

const PLAN_PATH = '/usageplans/{usagePlanId}';

async function planOf(store: ApiStore, scope: Scope, id: string): Promise<UsagePlanRecord> {
  const found = await store.get(scope, 'usagePlan', id);
  if (found === undefined) throw notFound('Invalid Usage Plan ID specified');
  return found;
}

function planOutput({ keyIds: _, ...plan }: UsagePlanRecord) {
  return plan;
}

function readStage(stage: Members): UsagePlanRecord['apiStages'][number] {
  if (Object.keys(stage.raw('throttle') ?? {}).length > 0)
    throw unsupported('throttling of single methods by a usage plan (apiStages.throttle)');
  return { apiId: stage.neededText('apiId'), stage: stage.neededText('stage') };
}

function readThrottle(throttle: Members | undefined): UsagePlanRecord['throttle'] {
  if (throttle === undefined) return undefined;
  return {
    rateLimit: Number(throttle.raw('rateLimit') ?? Number.POSITIVE_INFINITY),
    burstLimit: throttle.integer('burstLimit') ?? 5000,
  };
}

function readQuota(quota: Members | undefined): UsagePlanRecord['quota'] {
  if (quota === undefined) return undefined;
  const period = quota.text('period');
  const limit = quota.integer('limit');
  if (limit === undefined || (period !== 'DAY' && period !== 'WEEK' && period !== 'MONTH')) {
    throw badRequest('Usage plan quota must have a limit and a period of DAY, WEEK or MONTH');
  }
  if (quota.integer('offset')) throw unsupported('quotas with an offset (quota.offset)');
  return { limit, period };
}

export const createUsagePlan = restOperation({
  name: 'CreateUsagePlan',
  http: { method: 'POST', path: '/usageplans', status: 201 },
  parse: (raw) => {
    const members = membersOf(raw);
    const description = members.text('description');
    const throttle = readThrottle(members.structure('throttle'));
    const quota = readQuota(members.structure('quota'));
    return {
      name: members.neededText('name'),
      ...(description !== undefined && { description }),
      apiStages: members.structures('apiStages').map(readStage),
      ...(throttle && { throttle }),
      ...(quota && { quota }),
      tags: textMap(members.raw('tags'), 'tags'),
    };
  },
  handle: (input, call, store) =>
    store.change(async () => {
      const id = call.resourceId ?? randomId.lower(6);
      const existing = await store.get(call, 'usagePlan', id);
      if (existing) return planOutput(existing);
      for (const { apiId, stage } of input.apiStages) await find.stage(store, call, apiId, stage);
      const plan: UsagePlanRecord = { ...input, id, keyIds: [] };
      await store.put(call, 'usagePlan', id, plan);
      return planOutput(plan);
    }),
});

export const getUsagePlan = restOperation({
  name: 'GetUsagePlan',
  http: { method: 'GET', path: PLAN_PATH },
  parse: (raw) => labels(raw, 'usagePlanId'),
  handle: async ({ usagePlanId }, call, store) => planOutput(await planOf(store, call, usagePlanId)),
});

export const getUsagePlans = restOperation({
  name: 'GetUsagePlans',
  http: { method: 'GET', path: '/usageplans', query: { limit: 'limit', position: 'position', keyId: 'keyId' } },
  parse: (raw) => ({ page: readPage(membersOf(raw)), keyId: membersOf(raw).text('keyId') }),
  handle: async ({ page, keyId }, call, store) => {
    const plans = (await store.list(call, 'usagePlan')).filter(
      ({ keyIds }) => keyId === undefined || keyIds.includes(keyId),
    );
    return pageOf(plans, page, ({ id }) => id, planOutput);
  },
});

const PATCHES = [
  '/name',
  '/description',
  '/apiStages',
  '/throttle/rateLimit',
  '/throttle/burstLimit',
  '/quota/limit',
  '/quota/period',
];

function applyPatch(plan: UsagePlanRecord, patch: PatchOperation): UsagePlanRecord {
  const { op, path, value = '' } = patch;
  switch (path) {
    case '/name':
    case '/description':
      return { ...plan, [path.slice(1)]: value };
    case '/apiStages': {
      const [apiId = '', stage = ''] = value.split(':');
      const others = plan.apiStages.filter((one) => one.apiId !== apiId || one.stage !== stage);
      return { ...plan, apiStages: op === 'remove' ? others : [...others, { apiId, stage }] };
    }
    case '/throttle':
    case '/quota': {
      if (op !== 'remove') throw invalidPatch(patch, PATCHES);
      const { [path === '/throttle' ? 'throttle' : 'quota']: _, ...others } = plan;
      return others;
    }
    case '/throttle/rateLimit':
      return { ...plan, throttle: { burstLimit: 5000, ...plan.throttle, rateLimit: Number(value) } };
    case '/throttle/burstLimit':
      return { ...plan, throttle: { rateLimit: 10_000, ...plan.throttle, burstLimit: Number(value) } };
    case '/quota/limit':
      return { ...plan, quota: { period: 'DAY', ...plan.quota, limit: Number(value) } };
    case '/quota/period':
      if (value !== 'DAY' && value !== 'WEEK' && value !== 'MONTH') throw badRequest(`Invalid quota period: ${value}`);
      return { ...plan, quota: { limit: 0, ...plan.quota, period: value } };
    default:
      throw invalidPatch(patch, PATCHES);
  }
}

export const updateUsagePlan = restOperation({
  name: 'UpdateUsagePlan',
  http: { method: 'PATCH', path: PLAN_PATH },
  parse: (raw) => ({ ...labels(raw, 'usagePlanId'), patches: readPatches(membersOf(raw)) }),
  handle: ({ usagePlanId, patches }, call, store) =>
    store.change(async () => {
      const plan = patches.reduce(applyPatch, await planOf(store, call, usagePlanId));
      for (const { apiId, stage } of plan.apiStages) await find.stage(store, call, apiId, stage);
      await store.put(call, 'usagePlan', usagePlanId, plan);
      return planOutput(plan);
    }),
});

export const deleteUsagePlan = restOperation({
  name: 'DeleteUsagePlan',
  http: { method: 'DELETE', path: PLAN_PATH, status: 202 },
  parse: (raw) => labels(raw, 'usagePlanId'),
  handle: ({ usagePlanId }, call, store) =>
    store.change(async () => {
      await planOf(store, call, usagePlanId);
      await store.remove(call, 'usagePlan', usagePlanId);
      return undefined;
    }),
});

export const createUsagePlanKey = restOperation({
  name: 'CreateUsagePlanKey',
  http: { method: 'POST', path: `${PLAN_PATH}/keys`, status: 201 },
  parse: (raw) => {
    const { usagePlanId, keyId, keyType } = labels(raw, 'usagePlanId', 'keyId', 'keyType');
    if (keyType !== 'API_KEY') throw badRequest(`Invalid key type specified: ${keyType}`);
    return { usagePlanId, keyId };
  },
  handle: ({ usagePlanId, keyId }, call, store) =>
    store.change(async () => {
      const plan = await planOf(store, call, usagePlanId);
      const { value, name } = await apiKeyOf(store, call, keyId);
      if (plan.keyIds.includes(keyId)) throw conflict('Usage Plan Key already exists');
      await store.put(call, 'usagePlan', usagePlanId, { ...plan, keyIds: [...plan.keyIds, keyId] });
      return { id: keyId, type: 'API_KEY', value, name };
    }),
});

export const getUsagePlanKeys = restOperation({
  name: 'GetUsagePlanKeys',
  http: { method: 'GET', path: `${PLAN_PATH}/keys`, query: { limit: 'limit', position: 'position' } },
  parse: (raw) => ({ ...labels(raw, 'usagePlanId'), page: readPage(membersOf(raw)) }),
  handle: async ({ usagePlanId, page }, call, store) => {
    const { keyIds } = await planOf(store, call, usagePlanId);
    const keys = await Promise.all(keyIds.map((id) => apiKeyOf(store, call, id)));
    return pageOf(
      keys,
      page,
      ({ id }) => id,
      ({ id, name }) => ({ id, type: 'API_KEY', name }),
    );
  },
});

export const deleteUsagePlanKey = restOperation({
  name: 'DeleteUsagePlanKey',
  http: { method: 'DELETE', path: `${PLAN_PATH}/keys/{keyId}`, status: 202 },
  parse: (raw) => labels(raw, 'usagePlanId', 'keyId'),
  handle: ({ usagePlanId, keyId }, call, store) =>
    store.change(async () => {
      const plan = await planOf(store, call, usagePlanId);
      if (!plan.keyIds.includes(keyId)) throw notFound('Invalid API Key identifier specified');
      await store.put(call, 'usagePlan', usagePlanId, { ...plan, keyIds: plan.keyIds.filter((id) => id !== keyId) });
      return undefined;
    }),
});
