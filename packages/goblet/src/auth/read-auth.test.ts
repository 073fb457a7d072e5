import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { propertyRuns } from '../../../../tests/property-runs.js';
import type { LambdaContext } from '../declare/route-types.js';
import { App, allow, apiKey, authorizer, cognito, iam, jwt } from '../index.js';
import { lambdaHandler } from '../lambda.js';
import { type Gateway, testClient } from '../testing.js';

const context = { awsRequestId: 'r' } as LambdaContext;
const claims = z.object({ sub: z.string(), level: z.coerce.number().default(0) });

function guardedApp(api: 'rest' | 'http' = 'rest') {
  const calls: unknown[] = [];
  const app = new App('guarded', {
    api,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    auth: {
      pool: cognito(claims),
      token: jwt(claims),
      caller: iam(),
      key: apiKey(),
      own: authorizer(() => allow('me', { context: { role: 'admin' } })),
    },
  });
  for (const name of ['pool', 'token', 'caller', 'key', 'own'] as const) {
    app.get(`/${name}`, { auth: name }, ({ auth }) => {
      calls.push(name);
      return auth as object;
    });
  }
  app.get('/both', { auth: ['pool', 'key'] }, ({ auth }) => ({ sub: auth.pool.sub, key: auth.key.apiKeyId }));
  app.get('/open', ({ auth }) => ({ auth: auth === undefined }));
  return { app, calls };
}

const names = ['pool', 'token', 'caller', 'key', 'own'] as const;

describe.each<Gateway>(['rest', 'http', 'url', 'alb'])('behind %s a guarded route never fails open', (gateway) => {
  test.each(names)('%s without a result is 401, for GET and for HEAD', async (name) => {
    const { app, calls } = guardedApp();
    await using client = testClient(app, { gateway });
    for (const method of ['GET', 'HEAD']) expect((await client.request(method, `/${name}`)).status, method).toBe(401);
    expect(calls).toEqual([]);
  });

  test.each(names)('the result of another authorizer is none for %s', async (name) => {
    const { app, calls } = guardedApp();
    const handler = lambdaHandler(app);
    const others: Record<string, object> = {
      rest: { claims: { sub: 'x' } },
      principal: { principalId: 'x' },
      jwt: { jwt: { claims: { sub: 'x' } } },
      lambda: { lambda: { principalId: 'x', role: 'admin' } },
      iam: { iam: { userArn: 'arn:x' } },
    };
    const mine: Record<string, string[]> = {
      pool: ['rest', 'jwt'],
      token: ['jwt'],
      caller: ['iam'],
      key: [],
      own: ['principal', 'lambda'],
    };
    for (const [kind, given] of Object.entries(others)) {
      if (mine[name]?.includes(kind)) continue;
      const event = {
        resource: `/${name}`,
        path: `/${name}`,
        httpMethod: 'GET',
        requestContext: { authorizer: given, identity: {} },
      };
      expect(await handler(event, context), kind).toMatchObject({ statusCode: 401 });
    }
    expect(calls).toEqual([]);
  });
});

test('nothing that an event may carry beside its authorizer lets a caller in', async () => {
  const { app, calls } = guardedApp();
  const handler = lambdaHandler(app);
  const hostile = fc.oneof(
    fc.constantFrom(null, '', 'admin', true, [], ['x'], {}, { sub: '' }),
    fc.dictionary(
      fc.constantFrom('claims', 'jwt', 'iam', 'lambda', 'principalId', 'apiKeyId', 'userArn'),
      fc.constantFrom(null, '', {}, [], false, 0),
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), hostile, hostile, async (name, given, identity) => {
      const event = {
        resource: `/${name}`,
        path: `/${name}`,
        httpMethod: 'GET',
        headers: { authorization: 'Bearer x', 'x-api-key': 'x' },
        requestContext: { authorizer: given, identity },
      };
      expect(await handler(event, context)).toMatchObject({ statusCode: 401 });
    }),
    { numRuns: propertyRuns(500) },
  );
  expect(calls).toEqual([]);
});

test('each kind reads its own result', async () => {
  const { app } = guardedApp();
  const caller = { accountId: '1', userArn: 'arn:u', callerId: 'c' };
  await using client = testClient(app, {
    auth: { pool: { sub: 's', level: 2 }, caller, key: { apiKeyId: 'k' }, own: { principalId: 'me', role: 'admin' } },
  });
  expect((await client.get('/pool')).body).toEqual({ sub: 's', level: 2 });
  expect((await client.get('/caller')).body).toEqual(caller);
  expect((await client.get('/key')).body).toEqual({ apiKeyId: 'k' });
  expect((await client.get('/own')).body).toMatchObject({ principalId: 'me', role: 'admin' });
  expect((await client.get('/both')).body).toEqual({ sub: 's', key: 'k' });
  expect((await client.get('/open')).body).toEqual({ auth: true });
});

test('an HTTP API brings a JWT, IAM and Lambda result', async () => {
  const { app } = guardedApp('http');
  const caller = { accountId: '1', userArn: 'arn:u', callerId: 'c' };
  await using client = testClient(app, {
    auth: { token: { sub: 's', level: 2 }, caller, own: { principalId: 'me', role: 'r' } },
  });
  expect((await client.get('/token')).body).toEqual({ sub: 's', level: 2 });
  expect((await client.get('/caller')).body).toEqual(caller);
  expect((await client.get('/own')).body).toMatchObject({ role: 'r' });
});

test('one of two authorizers is not enough', async () => {
  const { app } = guardedApp();
  await using client = testClient(app, { auth: { pool: { sub: 's', level: 1 } } });
  expect((await client.get('/both')).status).toBe(401);
});

test('claims that do not match their schema are 401', async () => {
  const { app } = guardedApp();
  await using client = testClient(app, { auth: { pool: { level: 1 } as never } });
  expect((await client.get('/pool')).status).toBe(401);
});

test('the default guards, a route may open itself, and middleware runs around the guard', async () => {
  const seen: string[] = [];
  const app = new App('x', { auth: { key: apiKey() }, defaultAuth: 'key' });
  app.use(async (request, next) => {
    seen.push(request.path);
    try {
      return await next();
    } catch (error) {
      seen.push((error as { code: string }).code);
      throw error;
    }
  });
  const scoped = app.with({
    made: () => {
      seen.push('made');
      return 1;
    },
  });
  scoped.get('/closed', () => 'never');
  app.get('/open', { auth: false }, () => 'open');
  await using client = testClient(app);
  expect((await client.get('/closed')).status).toBe(401);
  expect(seen).toEqual(['/closed', 'UNAUTHORIZED']);
  expect((await client.get('/open')).status).toBe(200);
});

test('a refusal is logged with the name of the authorizer', async () => {
  const app = new App('x', { auth: { key: apiKey() } });
  app.get('/', { auth: 'key' }, () => 1);
  await using client = testClient(app);
  await client.get('/');
  expect(client.logs).toMatchObject([
    { level: 'error', authorizer: 'key' },
    { level: 'info', code: 'UNAUTHORIZED' },
  ]);
});
