import { type Members, membersOf } from '../../../core/members.js';
import type { Scope } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import type { ApiStore } from '../api-store.js';
import * as find from '../find.js';
import { labels, pageOf, readPage, textMap } from '../input.js';
import { invalidPatch, readPatches } from '../patch.js';
import { badRequest, conflict, notFound } from '../refusal.js';
import { restOperation } from '../rest-operation.js';
import { seconds } from '../time.js';
import type { ApiKeyRecord } from '../usage-record.js';

/** @throws AwsError NotFoundException */
export async function apiKeyOf(store: ApiStore, scope: Scope, id: string): Promise<ApiKeyRecord> {
  const found = await store.get(scope, 'apiKey', id);
  if (found === undefined) throw notFound('Invalid API Key identifier specified');
  return found;
}

function apiKeyOutput(key: ApiKeyRecord, includeValue: boolean) {
  const { created, updated, value, stageKeys = [], ...members } = key;
  return {
    ...members,
    ...(includeValue && { value }),
    stageKeys,
    createdDate: seconds(created),
    lastUpdatedDate: seconds(updated),
  };
}

function readStageKey(stageKey: Members): string {
  return `${stageKey.neededText('restApiId')}/${stageKey.neededText('stageName')}`;
}

async function checkStageKey(store: ApiStore, scope: Scope, stageKey: string): Promise<void> {
  const [apiId = '', stageName = ''] = stageKey.split('/');
  await find.stage(store, scope, apiId, stageName);
}

export const createApiKey = restOperation({
  name: 'CreateApiKey',
  http: { method: 'POST', path: '/apikeys', status: 201 },
  parse: (raw) => {
    const members = membersOf(raw);
    const value = members.text('value');
    if (value !== undefined && (value.length < 20 || value.length > 128))
      throw badRequest('API Key value should be at least 20 characters');
    return {
      name: members.text('name'),
      description: members.text('description'),
      value,
      enabled: members.flag('enabled') ?? false,
      stageKeys: members.structures('stageKeys').map(readStageKey),
      tags: textMap(members.raw('tags'), 'tags'),
    };
  },
  handle: ({ name, description, value = randomId.lower(40), enabled, stageKeys, tags }, call, store) =>
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
        value,
        enabled,
        stageKeys,
        tags,
        created: time,
        updated: time,
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description }),
      };
      await store.put(call, 'apiKey', id, key);
      return apiKeyOutput(key, true);
    }),
});

export const getApiKey = restOperation({
  name: 'GetApiKey',
  http: { method: 'GET', path: '/apikeys/{apiKey}', query: { includeValue: 'includeValue' } },
  parse: (raw) => ({ ...labels(raw, 'apiKey'), includeValue: membersOf(raw).flag('includeValue') ?? false }),
  handle: async ({ apiKey, includeValue }, call, store) =>
    apiKeyOutput(await apiKeyOf(store, call, apiKey), includeValue),
});

export const getApiKeys = restOperation({
  name: 'GetApiKeys',
  http: {
    method: 'GET',
    path: '/apikeys',
    query: { limit: 'limit', position: 'position', name: 'nameQuery', includeValues: 'includeValues' },
  },
  parse: (raw) => {
    const members = membersOf(raw);
    return {
      page: readPage(members),
      nameQuery: members.text('nameQuery') ?? '',
      includeValues: members.flag('includeValues') ?? false,
    };
  },
  handle: async ({ page, nameQuery, includeValues }, call, store) => {
    const keys = (await store.list(call, 'apiKey')).filter(({ name = '' }) => name.startsWith(nameQuery));
    return pageOf(
      keys,
      page,
      ({ id }) => id,
      (key) => apiKeyOutput(key, includeValues),
    );
  },
});

export const updateApiKey = restOperation({
  name: 'UpdateApiKey',
  http: { method: 'PATCH', path: '/apikeys/{apiKey}' },
  parse: (raw) => ({ ...labels(raw, 'apiKey'), patches: readPatches(membersOf(raw)) }),
  handle: ({ apiKey, patches }, call, store) =>
    store.change(async () => {
      let key = await apiKeyOf(store, call, apiKey);
      for (const patch of patches) {
        if (patch.path === '/enabled') key = { ...key, enabled: patch.value?.toLowerCase() === 'true' };
        else if (patch.path === '/name') key = { ...key, name: patch.value ?? '' };
        else if (patch.path === '/description') key = { ...key, description: patch.value ?? '' };
        else if (patch.path === '/stages') {
          const stageKey = patch.value ?? '';
          if (patch.op !== 'remove') await checkStageKey(store, call, stageKey);
          const others = (key.stageKeys ?? []).filter((one) => one !== stageKey);
          key = { ...key, stageKeys: patch.op === 'remove' ? others : [...others, stageKey] };
        } else throw invalidPatch(patch, ['/name', '/description', '/enabled', '/stages']);
      }
      key = { ...key, updated: store.now() };
      await store.put(call, 'apiKey', apiKey, key);
      return apiKeyOutput(key, false);
    }),
});

export const deleteApiKey = restOperation({
  name: 'DeleteApiKey',
  http: { method: 'DELETE', path: '/apikeys/{apiKey}', status: 202 },
  parse: (raw) => labels(raw, 'apiKey'),
  handle: ({ apiKey }, call, store) =>
    store.change(async () => {
      await apiKeyOf(store, call, apiKey);
      for (const plan of await store.list(call, 'usagePlan')) {
        if (!plan.keyIds.includes(apiKey)) continue;
        await store.put(call, 'usagePlan', plan.id, { ...plan, keyIds: plan.keyIds.filter((id) => id !== apiKey) });
      }
      await store.remove(call, 'apiKey', apiKey);
      return undefined;
    }),
});
