import { membersOf } from '../../../core/members.js';
import type { Scope } from '../../../core/operation.js';
import { type ApiStore, idBelow } from '../api-store.js';
import { labels, textMap } from '../input.js';
import { badRequest, notFound } from '../refusal.js';
import { restOperation } from '../rest-operation.js';

type Tags = Readonly<Record<string, string>>;

const TAGGED = [
  ['restApi', /^\/restapis\/([^/]+)$/],
  ['stage', /^\/restapis\/([^/]+)\/stages\/([^/]+)$/],
  ['apiKey', /^\/apikeys\/([^/]+)$/],
  ['usagePlan', /^\/usageplans\/([^/]+)$/],
  ['domain', /^\/domainnames\/([^/]+)$/],
] as const;

/** Changes the tags of what an ARN names, and gives what they are now. */
async function retag(store: ApiStore, scope: Scope, arn: string, change?: (tags: Tags) => Tags): Promise<Tags> {
  const path = /^arn:aws[a-z-]*:apigateway:[^:]+::(\/.+)$/.exec(arn)?.[1];
  for (const [kind, pattern] of TAGGED) {
    const [matched, first = '', second] = pattern.exec(path ?? '') ?? [];
    if (matched === undefined) continue;
    const id = second === undefined ? first : idBelow(first, second);
    const record = await store.get(scope, kind, id);
    if (record === undefined) throw notFound(`Invalid resource ARN specified: ${arn}`);
    if (change === undefined) return record.tags;
    const tags = change(record.tags);
    await store.put(scope, kind, id, { ...record, tags });
    return tags;
  }
  throw badRequest(`Invalid ARN specified: ${arn}`);
}

export const tagResource = restOperation({
  name: 'TagResource',
  http: { method: 'PUT', path: '/tags/{resourceArn}', status: 204 },
  parse: (raw) => ({ ...labels(raw, 'resourceArn'), tags: textMap(membersOf(raw).raw('tags'), 'tags') }),
  handle: ({ resourceArn, tags }, call, store) =>
    store.change(async () => {
      await retag(store, call, resourceArn, (before) => ({ ...before, ...tags }));
      return undefined;
    }),
});

export const untagResource = restOperation({
  name: 'UntagResource',
  http: { method: 'DELETE', path: '/tags/{resourceArn}', query: { tagKeys: 'tagKeys' }, status: 204 },
  parse: (raw) => {
    const keys = membersOf(raw).raw('tagKeys');
    return { ...labels(raw, 'resourceArn'), keys: Array.isArray(keys) ? keys.map(String) : [String(keys ?? '')] };
  },
  handle: ({ resourceArn, keys }, call, store) =>
    store.change(async () => {
      await retag(store, call, resourceArn, (before) =>
        Object.fromEntries(Object.entries(before).filter(([key]) => !keys.includes(key))),
      );
      return undefined;
    }),
});

export const getTags = restOperation({
  name: 'GetTags',
  http: { method: 'GET', path: '/tags/{resourceArn}' },
  parse: (raw) => labels(raw, 'resourceArn'),
  handle: async ({ resourceArn }, call, store) => ({ tags: await retag(store, call, resourceArn) }),
});
