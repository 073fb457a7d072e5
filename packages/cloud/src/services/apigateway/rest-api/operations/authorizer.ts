import { randomId } from '../../../../core/random-id.js';
import { readAuthorizer } from '../../../execute-api/index.js';
import { restOperation } from '../../api-operation.js';
import { restPage } from '../../page.js';
import { invalidPatch, readPatches } from '../../patch.js';
import { conflict } from '../../refusal.js';
import * as find from '../find.js';
import { authorizerOutput } from '../output.js';
import { checkQuotas } from '../quotas.js';

export const createAuthorizer = restOperation({
  name: 'CreateAuthorizer',
  parse: (input) => ({ definition: readAuthorizer(input.name, { ...input }) }),
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
      checkQuotas(grown, store.quotas);
      await store.put(call, 'restApi', restApiId, grown);
      return authorizerOutput(made);
    }),
});

export const getAuthorizer = restOperation({
  name: 'GetAuthorizer',
  handle: async ({ restApiId, authorizerId }, call, store) =>
    authorizerOutput(find.authorizer(await find.restApi(store, call, restApiId), authorizerId)),
});

export const getAuthorizers = restOperation({
  name: 'GetAuthorizers',
  handle: async ({ restApiId, ...page }, call, store) => {
    const api = await find.restApi(store, call, restApiId);
    const authorizers = Object.values(api.authorizers);
    return restPage(['GetAuthorizers', restApiId], page, authorizers, ({ id }) => id, authorizerOutput);
  },
});

const PATCHES = [
  '/name',
  '/authorizerUri',
  '/authorizerCredentials',
  '/identitySource',
  '/identityValidationExpression',
  '/authorizerResultTtlInSeconds',
  '/providerARNs',
];

export const updateAuthorizer = restOperation({
  name: 'UpdateAuthorizer',
  parse: ({ patchOperations }) => ({ patches: readPatches(patchOperations) }),
  handle: ({ restApiId, authorizerId, patches }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      const before = find.authorizer(api, authorizerId);
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
  handle: ({ restApiId, authorizerId }, call, store) =>
    store.change(async () => {
      const api = await find.restApi(store, call, restApiId);
      find.authorizer(api, authorizerId);
      const methods = Object.values(api.resources).flatMap((resource) => Object.values(resource.methods));
      if (
        methods.some(({ authorization }) => 'authorizer' in authorization && authorization.authorizer === authorizerId)
      ) {
        throw conflict(`Cannot delete authorizer '${authorizerId}', is referenced in method`);
      }
      const { [authorizerId]: _, ...authorizers } = api.authorizers;
      await store.put(call, 'restApi', restApiId, { ...api, authorizers });
    }),
});
