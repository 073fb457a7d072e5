import { expect, test } from 'vitest';
import { App, defineError, NotFound, Router, reply } from '../index.js';
import { testClient } from '../testing.js';

class Taken extends defineError('TAKEN', 409, 'Taken') {}

test('an unknown error is a 500 with the request id, and everything is in the log', async () => {
  const app = new App('x');
  app.get('/', () => {
    throw new Error('secret');
  });
  await using client = testClient(app);
  const { body } = await client.get('/');
  expect(body).toEqual({
    title: 'Internal server error',
    status: 500,
    code: 'INTERNAL_SERVER_ERROR',
    requestId: expect.any(String),
  });
  expect(client.logs).toMatchObject([
    {
      level: 'error',
      route: 'GET /',
      requestId: (body as { requestId: string }).requestId,
      error: { message: 'secret' },
    },
  ]);
});

test('debug sends message and stack', async () => {
  const app = new App('x', { debug: true });
  app.get('/', () => {
    throw new Error('shown');
  });
  expect((await testClient(app).get('/')).body).toMatchObject({
    detail: 'Error: shown',
    stack: expect.stringContaining('failures.test.ts'),
  });
});

test('debug leaves known errors as they are', async () => {
  const app = new App('x', { debug: true });
  app.get('/', () => {
    throw new NotFound('why');
  });
  expect((await testClient(app).get('/')).body).toEqual({
    title: 'Not found',
    status: 404,
    code: 'NOT_FOUND',
    detail: 'why',
  });
});

test('a client error is logged as what was refused, not as a failure', async () => {
  const app = new App('x');
  app.get('/', () => {
    throw new NotFound('there is no ann');
  });
  await using client = testClient(app);
  await client.get('/');
  expect(client.logs).toMatchObject([
    { level: 'info', message: 'Not found', code: 'NOT_FOUND', detail: 'there is no ann', route: 'GET /' },
  ]);
});

test('onError may answer, or leave it', async () => {
  const app = new App('x', { cors: true });
  app.get('/{kind}', ({ params }) => {
    throw params.kind === 'taken' ? new Taken() : new RangeError('far');
  });
  const seen: string[] = [];
  app.onError((error, request) => {
    seen.push(request.path);
    return error instanceof RangeError ? reply(416, { far: true }) : undefined;
  });
  await using client = testClient(app);
  expect(await client.get('/range')).toMatchObject({
    status: 416,
    body: { far: true },
    headers: { 'access-control-allow-origin': '*' },
  });
  expect(await client.get('/taken')).toMatchObject({ status: 409, body: { code: 'TAKEN' } });
  expect(seen).toEqual(['/range', '/taken']);
});

test('a plain answer of onError is a 500', async () => {
  const app = new App('x');
  app.get('/', () => {
    throw new Error('why');
  });
  app.onError(async () => ({ sorry: true }));
  expect(await testClient(app).get('/')).toMatchObject({ status: 500, body: { sorry: true } });
});

test.each([
  [
    'throws',
    () => {
      throw new Error('again');
    },
  ],
  ['rejects', () => Promise.reject(new Error('again'))],
  ['answers what cannot be sent', () => reply(99)],
])('an onError that %s leaves a bare 500', async (_how, listener) => {
  const app = new App('x');
  app.get('/', () => {
    throw new NotFound();
  });
  app.onError(listener);
  expect(await testClient(app).get('/')).toMatchObject({ status: 500, body: { code: 'INTERNAL_SERVER_ERROR' } });
});

test('an error is known across copies of the package', async () => {
  const app = new App('x');
  const foreign = Object.assign(new Error('why'), {
    [Symbol.for('goblet.error')]: true,
    code: 'FOREIGN',
    status: 418,
    title: 'Foreign',
    detail: 'why',
  });
  app.get('/', () => {
    throw foreign;
  });
  expect(await testClient(app).get('/')).toMatchObject({ status: 418, body: { code: 'FOREIGN' } });
});

test('middleware that throws is an error like a handler’s', async () => {
  const app = new App('x');
  app.use(() => {
    throw new Taken();
  });
  app.get('/', () => 1);
  expect((await testClient(app).get('/')).status).toBe(409);
});

test('middleware that is declared after its routes still wraps them', async () => {
  const app = new App('x');
  app.get('/', () => 'core');
  app.use(async (_request, next) => `around ${(await next()).body}`);
  expect((await testClient(app).get('/')).body).toBe('around core');
});

test('middleware sees refusals of schemas, and what status a plain result has', async () => {
  const app = new App('x');
  const seen: unknown[] = [];
  app.use(async (_request, next) => {
    const answer = await next();
    seen.push(answer.status);
    return answer;
  });
  app.post('/created', { status: 201 }, () => ({}));
  app.delete('/gone', () => undefined);
  await using client = testClient(app);
  expect((await client.post('/created')).status).toBe(201);
  expect((await client.delete('/gone')).status).toBe(204);
  expect(seen).toEqual([201, 204]);
});

test('the app’s middleware is outside of its router’s, and a scope’s inside', async () => {
  const app = new App('x');
  const around = (name: string) => async (_request: unknown, next: () => Promise<{ body: unknown }>) =>
    `${name}(${(await next()).body})`;
  const router = new Router();
  const scope = router.with({ n: () => 1 });
  scope.use(around('scope'));
  router.use(around('router'));
  scope.get('/', ({ n }) => n);
  app.use(around('app'));
  app.mount('/r', router);
  expect((await testClient(app).get('/r')).body).toBe('app(router(scope(1)))');
});

test('values are computed once a request, and in order', async () => {
  let runs = 0;
  const app = new App('x');
  const scope = app.with({ first: async () => ++runs }).with({ second: ({ first }) => first * 10 });
  scope.get('/', ({ first, second }) => ({ first, second }));
  await using client = testClient(app);
  expect((await client.get('/')).body).toEqual({ first: 1, second: 10 });
  expect((await client.get('/')).body).toEqual({ first: 2, second: 20 });
});

test('a value that throws is an error of the request', async () => {
  const app = new App('x');
  app
    .with({
      tenant: (): string => {
        throw new NotFound();
      },
    })
    .get('/', ({ tenant }) => tenant);
  expect((await testClient(app).get('/')).status).toBe(404);
});
