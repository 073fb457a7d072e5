import type { Scope } from '../../../../core/operation.js';
import { randomId } from '../../../../core/random-id.js';
import { restOperation } from '../../api-operation.js';
import type { ApiStore } from '../../api-store.js';
import { byYouth, restPage } from '../../page.js';
import { invalidPatch, readPatches } from '../../patch.js';
import type { ApiKeyRecord } from '../../records/usage.js';
import { badRequest, conflict } from '../../refusal.js';
import { wholeSeconds } from '../../time.js';
import * as find from '../find.js';

function apiKeyOutput(key: ApiKeyRecord, includeValue: boolean) {
  const { created, updated, value, stageKeys = [], tags, ...members } = key;
  return {
    ...members,
    // AWS leaves out what is empty, and of no tags tells the one who changes a key alone.
    name: key.name || undefined,
    description: key.description || undefined,
    tags: Object.keys(tags).length > 0 ? tags : undefined,
    value: includeValue ? value : undefined,
    stageKeys,
    createdDate: wholeSeconds(created),
    lastUpdatedDate: wholeSeconds(updated),
  };
}

function checkTexts({ name = '', description = '' }: Pick<ApiKeyRecord, 'name' | 'description'>): void {
  if (name.length > 1024) throw badRequest('Invalid API Key name, can be at most 1024 characters.');
  if (description.length > 125_000) throw badRequest('Invalid API Key description specified.');
}

async function checkStageKey(store: ApiStore, scope: Scope, stageKey: string): Promise<void> {
  const [apiId = '', stageName = ''] = stageKey.split('/');
  await find.stage(store, scope, apiId, stageName);
}

export const createApiKey = restOperation({
  name: 'CreateApiKey',
  parse: ({ name, description, value = '', stageKeys = [] }) => {
    checkTexts({ name, description });
    if (value !== '' && (value.length < 20 || value.length > 128))
      throw badRequest('API Key value should be at least 20 characters');
    return {
      value: value === '' ? randomId.lower(40) : value,
      stageKeys: stageKeys.map(({ restApiId, stageName }) => {
        if (!restApiId || !stageName) throw badRequest('Invalid stage key specified');
        return `${restApiId}/${stageName}`;
      }),
    };
  },
  handle: ({ name, description, value, enabled = false, customerId, stageKeys, tags = {} }, call, store) =>
    store.change(async () => {
      const id = call.resourceId ?? randomId.lower(10);
      const existing = await store.get(call, 'apiKey', id);
      if (existing) return apiKeyOutput(existing, true);
      if ((await store.list(call, 'apiKey')).some((other) => other.value === value))
        throw conflict('API Key already exists');
      for (const stageKey of stageKeys) await checkStageKey(store, call, stageKey);
      const time = store.now();
      const key: ApiKeyRecord = {
        id,
        name,
        description,
        value,
        customerId,
        enabled,
        stageKeys,
        tags,
        created: time,
        updated: time,
      };
      await store.put(call, 'apiKey', id, key);
      return apiKeyOutput(key, true);
    }),
});

export const getApiKey = restOperation({
  name: 'GetApiKey',
  handle: async ({ apiKey, includeValue = false }, call, store) =>
    apiKeyOutput(await find.apiKey(store, call, apiKey), includeValue),
});

export const getApiKeys = restOperation({
  name: 'GetApiKeys',
  handle: async ({ nameQuery = '', includeValues = false, ...page }, call, store) => {
    const keys = (await store.list(call, 'apiKey')).filter(({ name = '' }) => name.startsWith(nameQuery));
    return restPage(['GetApiKeys', nameQuery], page, keys, byYouth, (key) => apiKeyOutput(key, includeValues));
  },
});

const PATCHES = ['/description', '/enabled', '/name', '/customerId'];

export const updateApiKey = restOperation({
  name: 'UpdateApiKey',
  parse: ({ patchOperations }) => ({ patches: readPatches(patchOperations) }),
  handle: ({ apiKey, patches }, call, store) =>
    store.change(async () => {
      let key = await find.apiKey(store, call, apiKey);
      for (const patch of patches) {
        if (patch.path === '/enabled') key = { ...key, enabled: patch.value?.toLowerCase() === 'true' };
        else if (patch.path === '/name') key = { ...key, name: patch.value ?? '' };
        else if (patch.path === '/description') key = { ...key, description: patch.value ?? '' };
        else if (patch.path === '/customerId') key = { ...key, customerId: patch.value ?? '' };
        else if (patch.path === '/stages') {
          const stageKey = patch.value ?? '';
          if (patch.op !== 'remove') await checkStageKey(store, call, stageKey);
          const others = (key.stageKeys ?? []).filter((other) => other !== stageKey);
          key = { ...key, stageKeys: patch.op === 'remove' ? others : [...others, stageKey] };
        } else throw invalidPatch(patch, PATCHES);
      }
      key = { ...key, updated: store.now() };
      checkTexts(key);
      await store.put(call, 'apiKey', apiKey, key);
      return { ...apiKeyOutput(key, false), tags: key.tags };
    }),
});

export const deleteApiKey = restOperation({
  name: 'DeleteApiKey',
  handle: ({ apiKey }, call, store) =>
    store.change(async () => {
      await find.apiKey(store, call, apiKey);
      for (const plan of await store.list(call, 'usagePlan')) {
        if (!plan.keyIds.includes(apiKey)) continue;
        await store.put(call, 'usagePlan', plan.id, { ...plan, keyIds: plan.keyIds.filter((id) => id !== apiKey) });
      }
      await store.remove(call, 'apiKey', apiKey);
    }),
});
