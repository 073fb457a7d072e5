import { membersOf } from '../../../core/members.js';
import { randomId } from '../../../core/random-id.js';
import { readAuthorizer } from '../../execute-api/open-api/security.js';
import * as find from '../find.js';
import { labels, pageOf, readPage } from '../input.js';
import { invalidPatch, readPatches } from '../patch.js';
import { checkRestApi } from '../quotas.js';
import { conflict, notFound } from '../refusal.js';
import type { AuthorizerRecord, RestApiRecord } from '../rest-api-record.js';
import { restOperation } from '../rest-operation.js';
import { authorizerOutput } from '../wire.js';

const AUTHORIZER_PATH = '/restapis/{restApiId}/authorizers/{authorizerId}';

function authorizerOf(api: RestApiRecord, id: string): AuthorizerRecord {
  const found = Object.hasOwn(api.authorizers, id) ? api.authorizers[id] : undefined;
  if (found === undefined) throw notFound('Invalid Authorizer identifier specified');
  return found;
}

/** The members of an authorizer, as CreateAuthorizer and the OpenAPI extension both name them. */
const MEMBERS = [
  'type',
  'authorizerUri',
  'authorizerCredentials',
  'identitySource',
  'identityValidationExpression',
  'authorizerResultTtlInSeconds',
  'providerARNs',
] as const;

export const createAuthorizer = restOperation({
  name: 'CreateAuthorizer',
  http: { method: 'POST', path: '/restapis/{restApiId}/authorizers', status: 201 },
  parse: (raw) => {
    const { restApiId, name } = labels(raw, 'restApiId', 'name');
    const members = membersOf(raw);
    const given = Object.fromEntries(MEMBERS.map((member) => [member, members.raw(member)]));
    return { restApiId, name, definition: readAuthorizer(name, given) };
  },
  handle: ({ restApiId, name, definition }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const id = call.resourceId ?? randomId.lower(6);
      const existing = api.authorizers[id];
      if (existing) return authorizerOutput(existing);
      if (Object.values(api.authorizers).some((other) => other.name === name)) {
        throw conflict(`Authorizer name must be unique. Authorizer ${name} already exists in this RestApi.`);
      }
      const made = { id, name, definition };
      const grown = { ...api, authorizers: { ...api.authorizers, [id]: made } };
      checkRestApi(grown, store.quotas);
      await store.put(call, 'restApi', restApiId, grown);
      return authorizerOutput(made);
    }),
});

export const getAuthorizer = restOperation({
  name: 'GetAuthorizer',
  http: { method: 'GET', path: AUTHORIZER_PATH },
  parse: (raw) => labels(raw, 'restApiId', 'authorizerId'),
  handle: async ({ restApiId, authorizerId }, call, store) =>
    authorizerOutput(authorizerOf(await find.restApi(store, call, restApiId), authorizerId)),
});

export const getAuthorizers = restOperation({
  name: 'GetAuthorizers',
  http: { method: 'GET', path: '/restapis/{restApiId}/authorizers', query: { limit: 'limit', position: 'position' } },
  parse: (raw) => ({ ...labels(raw, 'restApiId'), page: readPage(membersOf(raw)) }),
  handle: async ({ restApiId, page }, call, store) => {
    const api = await find.restApi(store, call, restApiId);
    return pageOf(Object.values(api.authorizers), page, ({ id }) => id, authorizerOutput);
  },
});

const PATCHES = [
  '/name',
  '/authorizerUri',
  '/identitySource',
  '/identityValidationExpression',
  '/authorizerResultTtlInSeconds',
  '/providerARNs',
];

export const updateAuthorizer = restOperation({
  name: 'UpdateAuthorizer',
  http: { method: 'PATCH', path: AUTHORIZER_PATH },
  parse: (raw) => ({ ...labels(raw, 'restApiId', 'authorizerId'), patches: readPatches(membersOf(raw)) }),
  handle: ({ restApiId, authorizerId, patches }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const before = authorizerOf(api, authorizerId);
      const members: Record<string, unknown> = { ...authorizerOutput(before) };
      for (const patch of patches) {
        const member = patch.path.slice(1);
        if (patch.path === '/providerARNs')
          members.providerARNs = patchedArns(members.providerARNs, patch.op, patch.value ?? '');
        else if (PATCHES.includes(patch.path)) members[member] = patch.op === 'remove' ? undefined : patch.value;
        else throw invalidPatch(patch, PATCHES);
      }
      const name = String(members.name);
      const made = { id: authorizerId, name, definition: readAuthorizer(name, members) };
      await store.put(call, 'restApi', restApiId, {
        ...api,
        authorizers: { ...api.authorizers, [authorizerId]: made },
      });
      return authorizerOutput(made);
    }),
});

function patchedArns(arns: unknown, op: string, arn: string): readonly unknown[] {
  const others = Array.isArray(arns) ? arns.filter((other) => other !== arn) : [];
  return op === 'remove' ? others : [...others, arn];
}

export const deleteAuthorizer = restOperation({
  name: 'DeleteAuthorizer',
  http: { method: 'DELETE', path: AUTHORIZER_PATH, status: 202 },
  parse: (raw) => labels(raw, 'restApiId', 'authorizerId'),
  handle: ({ restApiId, authorizerId }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      authorizerOf(api, authorizerId);
      const methods = Object.values(api.resources).flatMap((resource) => Object.values(resource.methods));
      if (
        methods.some(({ authorization }) => 'authorizer' in authorization && authorization.authorizer === authorizerId)
      ) {
        throw conflict(`Cannot delete authorizer '${authorizerId}', is referenced in method`);
      }
      const { [authorizerId]: _, ...authorizers } = api.authorizers;
      await store.put(call, 'restApi', restApiId, { ...api, authorizers });
      return undefined;
    }),
});
