import type { AuthorizerKind, Inventory } from '@goblet/build';
import { expect, test } from 'vitest';
import { assumeCallers, parseAssumed, withCallers } from './assumed-callers.js';
import { servedApi } from './served-api.js';

const KINDS: AuthorizerKind[] = ['cognito', 'iam', 'authorizer', 'apiKey'];

/** `GET /<kind>` for every kind of authorizer, named as its kind, and `GET /both` of a pool and a key. */
function inventory(api: 'rest' | 'http'): Inventory {
  const kinds = KINDS.filter((kind) => api === 'rest' || kind !== 'apiKey');
  const route = (path: string, auth: readonly string[]) => ({
    method: 'GET',
    path,
    function: 'APIHandler',
    auth,
    responses: [],
    errors: [],
  });
  return {
    version: 1,
    name: 'trial',
    api,
    entry: 'app.ts',
    functions: [{ name: 'APIHandler', kind: 'api' }],
    routes: [
      ...kinds.map((kind) => route(`/${kind}`, [kind])),
      ...(api === 'rest' ? [route('/both', ['cognito', 'apiKey'])] : []),
    ],
    authorizers: kinds.map((kind) => ({ name: kind, kind, options: {} })),
    sources: [],
    environment: [],
    schemas: {},
    bundleConditions: [],
  };
}

const guard = (
  api: 'rest' | 'http',
  assumed: Record<string, Record<string, unknown>>,
  method: string,
  path: string,
) => {
  const { routes } = assumeCallers(servedApi(inventory(api)), inventory(api), assumed).api.model;
  const route = routes.find((one) => one.method === method && one.path === path);
  return [route?.authorization.kind, route?.apiKeyRequired];
};

/** What the function is told of the caller of `GET /<kind>`. */
async function told(api: 'rest' | 'http', kind: AuthorizerKind, result: Record<string, unknown>): Promise<unknown> {
  const { callers } = assumeCallers(servedApi(inventory(api)), inventory(api), { [kind]: result });
  const context: Record<string, unknown> = { identity: { sourceIp: '127.0.0.1' } };
  const event =
    api === 'rest'
      ? { httpMethod: 'GET', resource: `/${kind}`, requestContext: context }
      : { routeKey: `GET /${kind}`, requestContext: context };
  const invoker = withCallers({ invoke: async () => ({ payload: {} }) }, callers);
  await invoker.invoke('APIHandler', event, new AbortController().signal, '');
  return api === 'rest' ? { ...context } : context.authorizer;
}

test('only the routes of an authorizer that is named are open, their derived HEAD with them', () => {
  const user = { cognito: { sub: 'ann' } };
  expect(guard('rest', user, 'GET', '/cognito')).toEqual(['NONE', false]);
  expect(guard('rest', user, 'HEAD', '/cognito')).toEqual(['NONE', false]);
  expect(guard('rest', user, 'GET', '/iam')).toEqual(['AWS_IAM', false]);
  expect(guard('http', user, 'HEAD', '/cognito')).toEqual(['NONE', false]);
  expect(guard('http', user, 'GET', '/authorizer')).toEqual(['CUSTOM', false]);
});

test('of two authorizers the other one is still asked', () => {
  expect(guard('rest', { cognito: {} }, 'GET', '/both')).toEqual(['NONE', true]);
  expect(guard('rest', { apiKey: {} }, 'GET', '/both')).toEqual(['COGNITO_USER_POOLS', false]);
});

test('the function is told as by a REST API', async () => {
  expect(await told('rest', 'cognito', { sub: 'ann', level: 3 })).toMatchObject({
    authorizer: { claims: { sub: 'ann', level: '3' } },
  });
  expect(await told('rest', 'authorizer', { role: 'admin' })).toMatchObject({
    authorizer: { principalId: 'local', role: 'admin' },
  });
  expect(await told('rest', 'iam', { userArn: 'arn:bob', callerId: 'bob' })).toMatchObject({
    identity: { sourceIp: '127.0.0.1', userArn: 'arn:bob', caller: 'bob', accountId: '000000000000' },
  });
  expect(await told('rest', 'apiKey', {})).toMatchObject({ identity: { sourceIp: '127.0.0.1', apiKeyId: 'local' } });
});

test('the function is told as by an HTTP API', async () => {
  expect(await told('http', 'cognito', { sub: 'ann' })).toEqual({ jwt: { claims: { sub: 'ann' }, scopes: null } });
  expect(await told('http', 'authorizer', { principalId: 'me' })).toEqual({ lambda: { principalId: 'me' } });
  expect(await told('http', 'iam', {})).toMatchObject({ iam: { userArn: 'arn:aws:iam::000000000000:root' } });
});

test.each([
  ['rest', { claims: { groups: 'a,b', address: '{"town":"Bath"}', scope: 'read write' } }],
  [
    'http',
    { jwt: { claims: { groups: '[a b]', address: 'map[town:Bath]', scope: 'read write' }, scopes: ['read', 'write'] } },
  ],
] as const)('the claims of a %s API are text as its gateway writes it', async (api, authorizer) => {
  const claims = { groups: ['a', 'b'], address: { town: 'Bath' }, scope: 'read write', none: null };
  const context = await told(api, 'cognito', claims);
  expect(api === 'rest' ? context : { authorizer: context }).toMatchObject({ authorizer });
  expect(JSON.stringify(context)).not.toContain('none');
});

test('--auth takes a name and a JSON object; without one the result is empty', () => {
  expect(parseAssumed(['user={"sub":"a=b"}', 'key'])).toEqual({ user: { sub: 'a=b' }, key: {} });
  for (const wrong of ['user=', 'user=ann', 'user=[1]', 'user=null', '={}', ''])
    expect(() => parseAssumed([wrong])).toThrow('is not <authorizer>=<JSON object>');
});
