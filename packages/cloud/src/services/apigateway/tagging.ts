import type { AccessRow, ConditionKeys, RowMaker, Tags } from '../../core/access.js';
import type { Scope } from '../../core/operation.js';
import { tagOperations } from '../../kit/tag-operations.js';
import type { TagRules } from '../../kit/tags.js';
import { API_GATEWAY_V2 } from '../../model/client-types.js';
import { operationsOf } from '../../model/operation.js';
import { type ApiStore, idBelow } from './api-store.js';
import { badRequest, notFound, refuseInputOf } from './refusal.js';

const REST_TAGGED = [
  ['restApi', /^\/restapis\/([^/]+)$/],
  ['stage', /^\/restapis\/([^/]+)\/stages\/([^/]+)$/],
  ['apiKey', /^\/apikeys\/([^/]+)$/],
  ['usagePlan', /^\/usageplans\/([^/]+)$/],
  ['domain', /^\/domainnames\/([^/]+)$/],
  ['vpcLink', /^\/vpclinks\/([^/]+)$/],
] as const;

const HTTP_TAGGED = [
  ['httpApi', /^\/apis\/([^/]+)$/],
  ['httpStage', /^\/apis\/([^/]+)\/stages\/([^/]+)$/],
  ['domain', /^\/domainnames\/([^/]+)$/],
  ['httpVpcLink', /^\/vpclinks\/([^/]+)$/],
] as const;

type Kind = (typeof REST_TAGGED | typeof HTTP_TAGGED)[number][0];

/** WebSocket APIs have the ARNs of HTTP APIs. */
function storedKind({ kind, id }: Tagged, store: ApiStore): Kind | 'webSocketApi' {
  return kind === 'httpApi' && store.placeOf(id)?.kind === 'webSocketApi' ? 'webSocketApi' : kind;
}

/** A resource that has tags. */
interface Tagged {
  readonly arn: string;
  readonly kind: Kind;
  readonly id: string;
}

function tagged(table: readonly (readonly [Kind, RegExp])[], arn: string): Tagged {
  const path = /^arn:aws[a-z-]*:apigateway:[^:]+::(\/.+)$/.exec(arn)?.[1] ?? '';
  for (const [kind, pattern] of table) {
    const [matched, first = '', second] = pattern.exec(path) ?? [];
    if (matched !== undefined) return { arn, kind, id: second === undefined ? first : idBelow(first, second) };
  }
  throw badRequest(`Invalid ARN specified: ${arn}`);
}

async function recordOf(target: Tagged, scope: Scope, store: ApiStore) {
  const { id, arn } = target;
  const record = await store.get(scope, storedKind(target, store), id);
  if (record === undefined) throw notFound(`Invalid resource ARN specified: ${arn}`);
  return record;
}

const RULES: TagRules = {
  reserved: () => badRequest('aws: prefixed tag key names are not allowed for external use.'),
  tooMany: (most) => badRequest(`A resource can have at most ${most} tags`),
};

/** @param actions the HTTP method of each operation, which is what IAM knows it by */
const accessBy =
  (actions: Readonly<Record<string, string>>) =>
  <Input extends { readonly target: Tagged }>(
    row: RowMaker<ApiStore, Input>,
    name: string,
    keys: ConditionKeys<unknown, Input>,
  ): AccessRow<ApiStore, Input> =>
    row({
      action: `apigateway:${actions[name]}`,
      type: 'tags',
      on: ({ target }, { region }) => ({ resource: `arn:aws:apigateway:${region}::/tags/${target.arn}` }),
      keys,
    });

const SHARED = {
  form: 'map',
  rules: RULES,
  tagsOf: async (target: Tagged, call: Scope, store: ApiStore) => (await recordOf(target, call, store)).tags,
  change: (target: Tagged, change: (tags: Tags) => Tags, call: Scope, store: ApiStore) =>
    store.change(async () => {
      const record = await recordOf(target, call, store);
      await store.put(call, storedKind(target, store), target.id, { ...record, tags: change(record.tags) });
    }),
} as const;

const restMaker = operationsOf<ApiStore, 'apigateway'>('apigateway', refuseInputOf('apigateway', 'TagResource'));
const httpMaker = operationsOf<ApiStore, 'apigatewayv2'>(
  'apigatewayv2',
  refuseInputOf('apigatewayv2', 'TagResource'),
  API_GATEWAY_V2,
);

/** The operations that tag resources, of both versions of API Gateway's API. */
export const tagging = [
  ...tagOperations(restMaker, {
    ...SHARED,
    tag: 'TagResource',
    untag: 'UntagResource',
    list: 'GetTags',
    members: { resource: 'resourceArn', tags: 'tags', keys: 'tagKeys' },
    parse: (arn) => tagged(REST_TAGGED, arn),
    access: accessBy({ TagResource: 'PUT', UntagResource: 'DELETE', GetTags: 'GET' }),
  }),
  ...tagOperations(httpMaker, {
    ...SHARED,
    tag: 'TagResource',
    untag: 'UntagResource',
    list: 'GetTags',
    members: { resource: 'ResourceArn', tags: 'Tags', keys: 'TagKeys' },
    parse: (arn) => tagged(HTTP_TAGGED, arn),
    access: accessBy({ TagResource: 'POST', UntagResource: 'DELETE', GetTags: 'GET' }),
  }),
];
