import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import * as z from 'zod';
import {
  App,
  allow,
  apiKey,
  authorizer,
  cognito,
  cookie,
  iam,
  jwt,
  lambda,
  queue,
  Router,
  raw,
  reply,
} from '../index.js';
import { type Gateway, testClient } from '../testing.js';

const sub = z.object({ sub: z.string() });
const auth = {
  pool: cognito(sub),
  token: jwt(sub),
  caller: iam(),
  key: apiKey(),
  own: authorizer(() => allow('me', { context: { role: 'admin' } })),
};
const ended: unknown[] = [];

const app = new App('tested', {
  auth,
  env: { GREETING: String },
  sources: { jobs: queue(z.object({ id: z.string() })), double: lambda() },
  setup: ({ env }) => ({ greeting: env.GREETING }),
  teardown: (deps) => void ended.push(deps),
});
const greet = app.get('/greet/{name}', { response: z.object({ text: z.string() }) }, ({ params, deps }) => ({
  text: `${deps.greeting} ${params.name}`,
}));
app.get('/pool', { auth: 'pool' }, ({ auth }) => ({ ...auth }));
app.get('/token', { auth: 'token' }, ({ auth }) => ({ ...auth }));
app.get('/caller', { auth: 'caller' }, ({ auth }) => ({ ...auth }));
app.get('/key', { auth: 'key' }, ({ auth }) => ({ ...auth }));
app.get('/own', { auth: 'own' }, ({ auth }) => ({ ...auth }));
app.post('/cookies', ({ cookies }) => reply(200, { ...cookies }, { cookies: [cookie('a', '1'), cookie('b', '2')] }));
app.post('/bytes', { body: raw() }, ({ body }) => body);
app.get('/stream', { stream: true }, async function* () {
  yield 'one ';
  yield new TextEncoder().encode('two');
});
app.on('jobs', ({ records, deps }) => {
  for (const record of records) if (record.body.id === 'bad') record.fail(deps.greeting);
});
app.on('double', ({ records: [n] }) => Number(n) * 2);

const env = { GREETING: 'hello' };
const gateways = ['rest', 'http', 'url', 'alb'] as const;

beforeEach(() => {
  ended.length = 0;
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(gateways)('behind %s', (gateway) => {
  test('the same calls have the same answers', async () => {
    await using client = testClient(app, { gateway, env });
    expect(await client.call(greet, { params: { name: 'a b/ç' } })).toMatchObject({
      status: 200,
      body: { text: 'hello a b/ç' },
    });
    expect(await client.get('/greet/x', { headers: { accept: 'x' } })).toMatchObject({ body: { text: 'hello x' } });
    expect((await client.get('/stream')).text).toBe('one two');
  });

  test('cookies come and go', async () => {
    await using client = testClient(app, { gateway, env });
    expect(await client.post('/cookies', { headers: { Cookie: 'x=1; y=two' } })).toMatchObject({
      body: { x: '1', y: 'two' },
      cookies: [cookie('a', '1'), cookie('b', '2')],
    });
  });

  test('bytes come and go', async () => {
    await using client = testClient(app, { gateway, env });
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    const { body } = await client.post('/bytes', { body: bytes, headers: { 'Content-Type': 'image/x' } });
    expect(body).toEqual(bytes);
  });
});

const callers = {
  pool: { sub: 'ann' },
  token: { sub: 'ann' },
  caller: { accountId: '1', userArn: 'arn:ann', callerId: 'c' },
  key: { apiKeyId: 'k' },
  own: { principalId: 'ann', role: 'admin' },
};
type Kind = keyof typeof callers;
const enforced: Record<Gateway, readonly Kind[]> = {
  rest: ['pool', 'caller', 'key', 'own'],
  http: ['pool', 'token', 'caller', 'own'],
  url: ['caller'],
  alb: [],
};

describe.each(gateways)('a caller behind %s', (gateway) => {
  test.each(Object.keys(callers) as Kind[])('of %s is let in where that front door can say so', async (kind) => {
    const expected = enforced[gateway].includes(kind) ? { status: 200, body: callers[kind] } : { status: 401 };
    await using client = testClient(app, { gateway, env, auth: { [kind]: callers[kind] } });
    expect(await client.get(`/${kind}`)).toMatchObject(expected);
    await using nobody = testClient(app, { gateway, env });
    expect(await nobody.get(`/${kind}`)).toMatchObject({ status: 401 });
    expect(await nobody.get(`/${kind}`, { auth: { [kind]: callers[kind] } })).toMatchObject(expected);
  });
});

test('a caller of one call is none of the next', async () => {
  await using client = testClient(app, { env });
  expect((await client.get('/pool', { auth: { pool: { sub: 'ann' } } })).status).toBe(200);
  expect((await client.get('/pool')).status).toBe(401);
});

test('a caller is given to the routes of its authorizer alone', async () => {
  const other = new App('x', { auth });
  other.get('/', ({ event }) => event as object);
  await using client = testClient(other, { auth: callers });
  expect(JSON.stringify((await client.get('/')).body)).not.toMatch(/ann|apiKeyId/);
});

describe('claims arrive as the gateway writes them', () => {
  const claims = { sub: 's', level: 3, admin: true, groups: ['a', 'b'], address: { city: 'X' }, none: null };
  const open = new App('x', { auth: { pool: cognito(z.looseObject({})) } });
  open.get('/', { auth: 'pool' }, ({ auth }) => auth);

  test('in an HTTP API as text, lists and objects in brackets, null left out', async () => {
    await using client = testClient(open, { gateway: 'http', auth: { pool: claims } });
    expect((await client.get('/')).body).toEqual({
      sub: 's',
      level: '3',
      admin: 'true',
      groups: '[a b]',
      address: 'map[city:X]',
    });
  });

  test('in a REST API as text, lists with commas', async () => {
    await using client = testClient(open, { auth: { pool: claims } });
    expect((await client.get('/')).body).toMatchObject({ sub: 's', level: '3', admin: 'true', groups: 'a,b' });
  });
});

describe('names that are none are refused', () => {
  const loose = app as unknown as App<never>;
  const route = new App('other').get('/greet/{name}', () => 1);

  test.each<[string, () => unknown, string]>([
    [
      'a caller of the client',
      () => testClient(loose, { auth: { usr: {} } } as never),
      'GOBLET_TEST_AUTH: the app has no authorizer "usr"; it has pool, token, caller, key, own',
    ],
    [
      'a front door',
      () => testClient(loose, { gateway: 'apigw' } as never),
      'GOBLET_TEST_OPTION: unknown gateway "apigw"; use rest, http, url or alb',
    ],
    [
      'an option',
      () => testClient(loose, { dep: {} } as never),
      'GOBLET_TEST_OPTION: the test client has no option "dep"',
    ],
    [
      'a route',
      () => testClient(app).call(route, { params: { name: 'x' } }),
      'GOBLET_TEST_ROUTE: the app does not serve GET /greet/{name}',
    ],
    [
      'a parameter',
      () => testClient(app).call(greet, {} as never),
      'GOBLET_TEST_PARAMS: /greet/{name} needs the parameter "name"',
    ],
  ])('%s', (_what, act, message) => {
    expect(act).toThrow(message);
  });

  test('a caller of a call', async () => {
    await using client = testClient(app, { env });
    await expect(client.get('/pool', { auth: { usr: {} } } as never)).rejects.toThrow('GOBLET_TEST_AUTH');
  });

  test('a source', async () => {
    await using client = testClient(app, { env });
    await expect(client.send('jbs' as never)).rejects.toThrow('GOBLET_SOURCE_UNKNOWN: the app has no source "jbs"');
  });

  test('a method of a route', async () => {
    await using client = testClient(app, { env });
    expect(() => client.call(greet, { params: { name: 'x' }, method: 'PUT' })).toThrow('GOBLET_TEST_ROUTE');
  });
});

test('an environment is over that of the process, and what is missing is told', async () => {
  vi.stubEnv('GREETING', 'from the process');
  await using process = testClient(app);
  expect((await process.get('/greet/x')).body).toEqual({ text: 'from the process x' });
  await using own = testClient(app, { env });
  expect((await own.get('/greet/x')).body).toEqual({ text: 'hello x' });
  vi.unstubAllEnvs();
  await using none = testClient(app);
  await expect(none.get('/greet/x')).rejects.toThrow('GOBLET_ENV: GREETING is not set');
});

test('two clients of one app share nothing', async () => {
  await using one = testClient(app, { deps: { greeting: 'one' } });
  await using two = testClient(app, { deps: { greeting: 'two' } });
  expect((await one.get('/greet/x')).body).toEqual({ text: 'one x' });
  expect((await two.get('/greet/x')).body).toEqual({ text: 'two x' });
});

test('await using tears down what setup made, and only that', async () => {
  {
    await using client = testClient(app, { env });
    await client.get('/greet/x');
    expect(ended).toEqual([]);
  }
  expect(ended).toEqual([{ greeting: 'hello' }]);
  {
    await using _unused = testClient(app, { env });
  }
  {
    await using client = testClient(app, { deps: { greeting: 'fake' } });
    await client.get('/greet/x');
  }
  expect(ended).toHaveLength(1);
});

test('a source answers what Lambda would be told', async () => {
  await using client = testClient(app, { deps: { greeting: 'no' } });
  const answer = (await client.send('jobs', { id: 'good' }, { id: 'bad' })) as { batchItemFailures: unknown[] };
  expect(answer.batchItemFailures).toHaveLength(1);
  expect(client.logs).toMatchObject([{ level: 'error', source: 'jobs', reason: 'no' }]);
  expect(await client.send('double', 4)).toBe(8);
});

test('no socket is opened, whatever is called', async () => {
  const connect = vi.spyOn(Socket.prototype, 'connect');
  const fetched = vi.spyOn(globalThis, 'fetch');
  for (const gateway of gateways) {
    await using client = testClient(app, { gateway, env, auth: callers });
    for (const kind of Object.keys(callers)) await client.get(`/${kind}`);
    await client.fetch('https://example.com/greet/x');
    await client.send('double', 1);
  }
  expect(connect).not.toHaveBeenCalled();
  expect(fetched).not.toHaveBeenCalled();
});

test('fetch takes what fetch takes', async () => {
  await using client = testClient(app, { env });
  const response = await client.fetch(
    new Request('https://example.com/bytes', {
      method: 'POST',
      body: new Uint8Array([0, 255]),
      headers: { 'content-type': 'x/y' },
    }),
  );
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([0, 255]));
  expect((await client.fetch(new URL('https://example.com/greet/x'), { method: 'HEAD' })).status).toBe(200);
});

test('what a function answers goes through JSON, as on Lambda', async () => {
  const dated = new App('x', { sources: { at: lambda() } });
  dated.on('at', () => ({ at: new Date(0), nothing: undefined }));
  await using client = testClient(dated);
  expect(await client.send('at')).toEqual({ at: '1970-01-01T00:00:00.000Z' });
});

test('a router that needs deps is tested by the app that mounts it', async () => {
  const router = new Router<{ deps: { greeting: string } }>();
  const shown = router.get('/{id}', ({ params, deps }) => `${deps.greeting} ${params.id}`);
  const mounting = new App('x', { setup: () => ({ greeting: 'hello' }) });
  mounting.mount('/r', router);
  await using client = testClient(mounting, { deps: { greeting: 'fake' } });
  expect((await client.call(shown, { params: { id: '7' } })).body).toBe('fake 7');
});

test('a response has the type of its route', async () => {
  await using client = testClient(app, { env });
  const answer = await client.call(greet, { params: { name: 'x' } });
  expectTypeOf(answer.status).toEqualTypeOf<200>();
  expectTypeOf(answer.body).toEqualTypeOf<{ text: string }>();
  // @ts-expect-error a call names the parameters of its path
  expect(() => client.call(greet)).toThrow('GOBLET_TEST_PARAMS');
  // @ts-expect-error the caller of an authorizer has what it says
  testClient(app, { auth: { key: { apiKey: 'k' } } });
});
