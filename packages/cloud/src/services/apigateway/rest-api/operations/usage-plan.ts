import { randomId } from '../../../../core/random-id.js';
import type { Input } from '../../../../model/client-types.js';
import { restOperation } from '../../api-operation.js';
import { byYouth, restPage } from '../../page.js';
import { invalidPatch, type PatchOperation, readPatches } from '../../patch.js';
import type { ApiKeyRecord, UsagePlanRecord } from '../../records/usage.js';
import { badRequest, conflict, notFound, unsupported } from '../../refusal.js';
import * as find from '../find.js';

type Taken = Input<'apigateway', 'CreateUsagePlan'>;

function planOutput({ keyIds: _, tags, ...plan }: UsagePlanRecord) {
  return { ...plan, tags: Object.keys(tags).length > 0 ? tags : undefined };
}

function readStages(stages: Taken['apiStages'] = []): UsagePlanRecord['apiStages'] {
  return stages.map(({ apiId, stage, throttle = {} }) => {
    if (Object.keys(throttle).length > 0)
      throw unsupported('throttling of single methods by a usage plan (apiStages.throttle)');
    if (!apiId || !stage) throw badRequest('Invalid API Stage specified');
    return { apiId, stage };
  });
}

function readThrottle(throttle: Taken['throttle']): UsagePlanRecord['throttle'] {
  if (throttle === undefined) return undefined;
  const { rateLimit = Number.POSITIVE_INFINITY, burstLimit = 5000 } = throttle;
  return { rateLimit, burstLimit };
}

function readQuota(quota: Taken['quota']): UsagePlanRecord['quota'] {
  if (quota === undefined) return undefined;
  const { limit, period, offset = 0 } = quota;
  if (limit === undefined || (period !== 'DAY' && period !== 'WEEK' && period !== 'MONTH')) {
    throw badRequest('Usage plan quota must have a limit and a period of DAY, WEEK or MONTH');
  }
  return { limit, period, offset };
}

export const createUsagePlan = restOperation({
  name: 'CreateUsagePlan',
  parse: ({ apiStages, throttle, quota }) => ({
    apiStages: readStages(apiStages),
    throttle: readThrottle(throttle),
    quota: readQuota(quota),
  }),
  handle: ({ name, description, apiStages, throttle, quota, tags = {} }, call, store) =>
    store.change(async () => {
      const id = call.resourceId ?? randomId.lower(6);
      const existing = await store.get(call, 'usagePlan', id);
      if (existing) return planOutput(existing);
      for (const { apiId, stage } of apiStages) await find.stage(store, call, apiId, stage);
      const plan: UsagePlanRecord = { id, name, description, apiStages, throttle, quota, tags, keyIds: [] };
      await store.put(call, 'usagePlan', id, plan);
      return planOutput(plan);
    }),
});

export const getUsagePlan = restOperation({
  name: 'GetUsagePlan',
  handle: async ({ usagePlanId }, call, store) => planOutput(await find.usagePlan(store, call, usagePlanId)),
});

export const getUsagePlans = restOperation({
  name: 'GetUsagePlans',
  handle: async ({ keyId, ...page }, call, store) => {
    const plans = (await store.list(call, 'usagePlan')).filter(
      ({ keyIds }) => keyId === undefined || keyIds.includes(keyId),
    );
    return restPage(['GetUsagePlans', keyId ?? ''], page, plans, ({ id }) => id, planOutput);
  },
});

const PATCHES = [
  '/name',
  '/description',
  '/apiStages',
  '/throttle/rateLimit',
  '/throttle/burstLimit',
  '/quota/limit',
  '/quota/offset',
  '/quota/period',
];

const NO_QUOTA = { limit: 0, offset: 0, period: 'DAY' as const };

function applyPatch(plan: UsagePlanRecord, patch: PatchOperation): UsagePlanRecord {
  const { op, path, value = '' } = patch;
  switch (path) {
    case '/name':
    case '/description':
      return { ...plan, [path.slice(1)]: value };
    case '/apiStages': {
      const [apiId = '', stage = ''] = value.split(':');
      const others = plan.apiStages.filter((other) => other.apiId !== apiId || other.stage !== stage);
      return { ...plan, apiStages: op === 'remove' ? others : [...others, { apiId, stage }] };
    }
    case '/throttle':
    case '/quota': {
      if (op !== 'remove') throw invalidPatch(patch, PATCHES);
      return { ...plan, [path === '/throttle' ? 'throttle' : 'quota']: undefined };
    }
    case '/throttle/rateLimit':
      return { ...plan, throttle: { burstLimit: 5000, ...plan.throttle, rateLimit: Number(value) } };
    case '/throttle/burstLimit':
      return { ...plan, throttle: { rateLimit: 10_000, ...plan.throttle, burstLimit: Number(value) } };
    case '/quota/limit':
    case '/quota/offset':
      return { ...plan, quota: { ...(plan.quota ?? NO_QUOTA), [path.slice('/quota/'.length)]: Number(value) } };
    case '/quota/period':
      if (value !== 'DAY' && value !== 'WEEK' && value !== 'MONTH') throw badRequest(`Invalid quota period: ${value}`);
      return { ...plan, quota: { ...(plan.quota ?? NO_QUOTA), period: value } };
    default:
      throw invalidPatch(patch, PATCHES);
  }
}

export const updateUsagePlan = restOperation({
  name: 'UpdateUsagePlan',
  parse: ({ patchOperations }) => ({ patches: readPatches(patchOperations) }),
  handle: ({ usagePlanId, patches }, call, store) =>
    store.change(async () => {
      const plan = patches.reduce(applyPatch, await find.usagePlan(store, call, usagePlanId));
      for (const { apiId, stage } of plan.apiStages) await find.stage(store, call, apiId, stage);
      await store.put(call, 'usagePlan', usagePlanId, plan);
      return planOutput(plan);
    }),
});

export const deleteUsagePlan = restOperation({
  name: 'DeleteUsagePlan',
  handle: ({ usagePlanId }, call, store) =>
    store.change(async () => {
      await find.usagePlan(store, call, usagePlanId);
      await store.remove(call, 'usagePlan', usagePlanId);
    }),
});

export const createUsagePlanKey = restOperation({
  name: 'CreateUsagePlanKey',
  parse: ({ keyType }) => {
    if (keyType !== 'API_KEY') throw badRequest(`Invalid key type specified: ${keyType}`);
    return {};
  },
  handle: ({ usagePlanId, keyId }, call, store) =>
    store.change(async () => {
      const plan = await find.usagePlan(store, call, usagePlanId);
      const key = await find.apiKey(store, call, keyId);
      if (plan.keyIds.includes(keyId)) throw conflict('Usage Plan Key already exists');
      await store.put(call, 'usagePlan', usagePlanId, { ...plan, keyIds: [...plan.keyIds, keyId] });
      return planKeyOutput(key);
    }),
});

export const getUsagePlanKey = restOperation({
  name: 'GetUsagePlanKey',
  handle: async ({ usagePlanId, keyId }, call, store) => {
    const { keyIds } = await find.usagePlan(store, call, usagePlanId);
    if (!keyIds.includes(keyId)) throw notFound('Invalid Usage Plan Key identifier specified');
    return planKeyOutput(await find.apiKey(store, call, keyId));
  },
});

function planKeyOutput({ id, value, name }: ApiKeyRecord) {
  return { id, type: 'API_KEY', value, name: name || undefined };
}

export const getUsagePlanKeys = restOperation({
  name: 'GetUsagePlanKeys',
  handle: async ({ usagePlanId, nameQuery = '', ...page }, call, store) => {
    // AWS has no keys to tell of a plan that there is not.
    const { keyIds = [] } = (await store.get(call, 'usagePlan', usagePlanId)) ?? {};
    const keys = await Promise.all(keyIds.map((id) => find.apiKey(store, call, id)));
    const named = keys.filter(({ name = '' }) => name.startsWith(nameQuery));
    return restPage(['GetUsagePlanKeys', usagePlanId, nameQuery], page, named, byYouth, planKeyOutput);
  },
});

export const deleteUsagePlanKey = restOperation({
  name: 'DeleteUsagePlanKey',
  handle: ({ usagePlanId, keyId }, call, store) =>
    store.change(async () => {
      const plan = await find.usagePlan(store, call, usagePlanId);
      if (!plan.keyIds.includes(keyId)) throw notFound('Invalid API Key identifier specified');
      await store.put(call, 'usagePlan', usagePlanId, { ...plan, keyIds: plan.keyIds.filter((id) => id !== keyId) });
    }),
});
