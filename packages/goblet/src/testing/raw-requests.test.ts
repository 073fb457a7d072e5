import { expect, test } from 'vitest';
import * as z from 'zod';
import {
  App,
  apiKey,
  cognito,
  defineError,
  lambda,
  NotFound,
  queue,
  Router,
  reply,
  schedule,
  toWeb,
} from '../index.js';
import { testClient } from '../testing.js';

class Taken extends defineError('TAKEN', 409, 'Taken') {}
const Thing = z.object({ id: z.string() });
const received: unknown[] = [];

const app = new App('tested', {
  auth: { user: cognito(z.object({ sub: z.string() })), key: apiKey() },
  sources: { jobs: queue(Thing), nightly: schedule('rate(1 day)'), double: lambda() },
  setup: () => ({ prefix: 'real' }),
});
const getThing = app.get('/things/{id}', { response: Thing, errors: [NotFound] }, ({ params, deps }) => {
  if (params.id === 'none') throw new NotFound();
  return { id: `${deps.prefix} ${params.id}` };
});
const putFile = app.put(
  '/files/{path+}',
  { body: Thing, query: z.object({ n: z.coerce.number() }), errors: [Taken] },
  ({ params, query, body }) => ({
    ...params,
    ...query,
    body: body.id,
  }),
);
const several = app.route(['GET', 'POST'], '/several', ({ method }) => method);
const me = app.get('/me', { auth: 'user' }, ({ auth }) => auth.sub);
app.post('/echo', async (request) => {
  const web = toWeb(request);
  return { url: web.url, type: web.headers.get('content-type'), text: await web.text() };
});
app.get('/cookies', () => reply(200, 'ok', { cookies: ['a=1', 'b=2'] }));
app.on('jobs', ({ records }) => void received.push(...records.map(({ body }) => body)));
app.on('nightly', ({ records: [record] }) => void received.push(record?.time));
app.on('double', ({ records: [n] }) => Number(n) * 2);

const twice = new Router<{ params: { tenant: string } }>();
const shown = twice.get('/x', ({ params }) => params.tenant);
app.mount('/a/{tenant}', twice);
app.mount('/b/{tenant}', twice);

test('a call knows its response, and its errors', async () => {
  await using client = testClient(app);
  const found = await client.call(getThing, { params: { id: 'a b/c' } });
  expect(found).toMatchObject({ status: 200, body: { id: 'real a b/c' } });
  const missing = await client.call(getThing, { params: { id: 'none' } });
  if (missing.status !== 404) throw new Error('not a 404');
  const code: 'NOT_FOUND' = missing.body.code;
  expect(code).toBe('NOT_FOUND');
});

test('a greedy parameter keeps its slashes', async () => {
  await using client = testClient(app);
  const answer = await client.call(putFile, { params: { path: 'a/b c/d' }, query: { n: 3 }, body: { id: 'x' } });
  expect(answer.body).toEqual({ path: 'a/b c/d', n: 3, body: 'x' });
});

test('a route of several methods is called by its first, or the one that is named', async () => {
  await using client = testClient(app);
  expect((await client.call(several)).body).toBe('GET');
  expect((await client.call(several, { method: 'POST' })).body).toBe('POST');
});

test('a route that is mounted twice has to be told apart', async () => {
  await using client = testClient(app);
  const mount = { params: { tenant: 't' } };
  expect(() => client.call(shown, { mount })).toThrow('GOBLET_TEST_ROUTE');
  expect(() => client.call(shown, { mount: { at: '/a' } })).toThrow('GOBLET_TEST_PARAMS');
  expect((await client.call(shown, { mount: { at: '/b', ...mount } })).body).toBe('t');
});

test('a route of another app is refused', () => {
  const other = new App('other').get('/', () => 1);
  expect(() => testClient(app).call(other)).toThrow('GOBLET_TEST_ROUTE');
});

test('deps replace what setup makes', async () => {
  await using client = testClient(app, { deps: { prefix: 'fake' } });
  expect((await client.call(getThing, { params: { id: '1' } })).body).toEqual({ id: 'fake 1' });
});

test('the caller is that of the client, or of the call', async () => {
  await using client = testClient(app, { auth: { user: { sub: 'ann' } } });
  expect((await client.call(me)).body).toBe('ann');
  expect((await client.call(me, { auth: { user: { sub: 'bob' } } })).body).toBe('bob');
  expect((await testClient(app).call(me)).status).toBe(401);
});

test('what no route serves is answered as its gateway would', async () => {
  expect(await testClient(app).get('/nope')).toMatchObject({
    status: 403,
    body: { message: 'Missing Authentication Token' },
  });
  expect(await testClient(app, { gateway: 'http' }).get('/nope')).toMatchObject({
    status: 404,
    body: { message: 'Not Found' },
  });
  expect(await testClient(app, { gateway: 'url' }).get('/nope')).toMatchObject({
    status: 404,
    body: { code: 'NOT_FOUND' },
  });
});

test('the app is a fetch, and a request is a Request', async () => {
  await using client = testClient(app);
  const response = await client.fetch('https://any.example/echo?a=1&a=2', {
    method: 'POST',
    headers: { 'content-type': 'text/x' },
    body: 'body',
  });
  const { url, ...rest } = (await response.json()) as { url: string };
  expect(new URL(url).search).toBe('?a=1&a=2');
  expect(rest).toEqual({ type: 'text/x', text: 'body' });
  expect((await client.fetch('/cookies')).headers.getSetCookie()).toEqual(['a=1', 'b=2']);
});

test('events are sent to sources', async () => {
  await using client = testClient(app);
  expect(await client.send('jobs', { id: '1' }, { id: '2' })).toEqual({ batchItemFailures: [] });
  await client.send('nightly', new Date('2026-01-02T03:04:05Z'));
  expect(await client.send('double', 21)).toBe(42);
  expect(received).toEqual([{ id: '1' }, { id: '2' }, new Date('2026-01-02T03:04:05Z')]);
});

test('logs are collected', async () => {
  const logging = new App('x');
  logging.get('/', ({ log }) => log.info('seen', { n: 1 }));
  await using client = testClient(logging);
  await client.get('/');
  expect(client.logs).toMatchObject([{ level: 'info', message: 'seen', n: 1, route: 'GET /' }]);
});
