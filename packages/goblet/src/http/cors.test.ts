import { describe, expect, test } from 'vitest';
import type { LambdaContext } from '../declare/route-types.js';
import { App, NotFound, Router, reply } from '../index.js';
import { lambdaHandler } from '../lambda.js';
import { type Gateway, testClient } from '../testing.js';

const A = 'https://a.example';
const B = 'https://b.example';
const several = { origin: [A, B], credentials: true, exposeHeaders: ['X-Total'], maxAge: 0, headers: ['X-Extra'] };

function shop() {
  const app = new App('shop', { cors: { origin: A }, alsoBehind: ['url', 'alb'] });
  const router = new Router({ cors: several });
  app.get('/plain', () => 'ok');
  app.post('/closed', { cors: false }, () => 'ok');
  app.get('/any', { cors: true }, () => 'ok');
  app.put('/any', { cors: false }, () => 'ok');
  app.post('/several', { cors: several, status: 201 }, () => ({ ok: true }));
  app.get('/throws', { cors: several }, () => {
    throw new Error('why');
  });
  app.get('/{missing}', () => {
    throw new NotFound();
  });
  app.get('/streams', { cors: several, stream: true }, () => 'ok');
  app.delete('/streams', () => 'ok');
  app.options('/own', { cors: several }, () =>
    reply(200, 'mine', { headers: { 'access-control-allow-methods': 'X' } }),
  );
  app.mount('/router', router);
  router.get('/', () => 'ok');
  router.get('/own', { cors: { origin: B } }, () => 'ok');
  return app;
}

const corsOf = (headers: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-') || name === 'vary'));
const ask = async (method: string, path: string, headers: Record<string, string> = {}, gateway: Gateway = 'rest') => {
  const answer = await testClient(shop(), { gateway }).request(method, path, { headers });
  return { ...answer, cors: corsOf(answer.headers) };
};

const ofSeveral = {
  'access-control-allow-origin': B,
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': 'X-Total',
  vary: 'Origin',
};

describe('the innermost declaration counts, in any order', () => {
  test.each<[string, string, object]>([
    ['GET', '/plain', { 'access-control-allow-origin': A }],
    ['POST', '/closed', {}],
    ['GET', '/any', { 'access-control-allow-origin': '*' }],
    ['PUT', '/any', {}],
    ['POST', '/several', ofSeveral],
    ['GET', '/router', ofSeveral],
    ['GET', '/router/own', { 'access-control-allow-origin': B }],
  ])('%s %s', async (method, path, expected) => {
    for (const gateway of ['rest', 'http', 'url', 'alb'] as const)
      expect((await ask(method, path, { origin: B }, gateway)).cors).toEqual(expected);
  });
});

describe('every response carries it', () => {
  test.each<[string, string, number]>([
    ['GET', '/throws', 500],
    ['HEAD', '/throws', 500],
    ['DELETE', '/throws', 405],
    ['POST', '/several', 201],
  ])('%s %s, which is %d', async (method, path, status) => {
    expect(await ask(method, path, { origin: B })).toMatchObject({ status, cors: ofSeveral });
  });

  test('a refusal of the request, and of what a middleware throws', async () => {
    const app = new App('x', { cors: several });
    app.use((request, next) => {
      if (request.path === '/refused') throw new NotFound();
      return next();
    });
    app.post('/{name}', ({ body }) => body);
    await using client = testClient(app);
    for (const [path, body, status] of [
      ['/x', '{', 400],
      ['/refused', '{}', 404],
      ['/%ff', '{}', 400],
    ] as const) {
      const answer = await client.post(path, { body, headers: { origin: A } });
      expect(answer).toMatchObject({ status, headers: { 'access-control-allow-origin': A } });
    }
  });

  test.each<Gateway>(['url', 'alb'])('a 404 of the function itself behind %s, by the app', async (gateway) => {
    expect(await ask('GET', '/no/such/path', { origin: B }, gateway)).toMatchObject({
      status: 404,
      cors: { 'access-control-allow-origin': A },
    });
  });
});

describe('an origin that is not declared is never named', () => {
  test.each([
    'https://a.example.evil.example',
    'https://evil.example',
    'null',
    'HTTPS://A.EXAMPLE',
    `${A}, ${B}`,
    '*',
    '',
  ])('%j', async (origin) => {
    for (const [method, path] of [
      ['POST', '/several'],
      ['OPTIONS', '/several'],
      ['GET', '/throws'],
    ] as const) {
      const headers = { origin, 'access-control-request-method': 'POST' };
      expect((await ask(method, path, headers)).cors).toEqual({ vary: 'Origin' });
    }
  });
});

describe('a preflight by the function', () => {
  const preflight = (path: string, method: string, origin = B) =>
    ask('OPTIONS', path, {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'x-evil',
    });

  test('names what the route allows, and nothing that was asked', async () => {
    expect(await preflight('/several', 'POST')).toMatchObject({
      status: 204,
      text: '',
      headers: { allow: 'POST, OPTIONS' },
      cors: {
        'access-control-allow-origin': B,
        'access-control-allow-credentials': 'true',
        'access-control-allow-methods': 'POST,OPTIONS',
        'access-control-allow-headers': 'Authorization,Content-Type,X-Amz-Date,X-Amz-Security-Token,X-Api-Key,X-Extra',
        'access-control-max-age': '0',
        vary: 'Origin',
      },
    });
  });

  test('lists only the methods that have CORS', async () => {
    expect((await preflight('/any', 'GET')).cors).toMatchObject({ 'access-control-allow-methods': 'GET,HEAD,OPTIONS' });
    expect((await preflight('/any', 'HEAD')).cors).toMatchObject({ 'access-control-allow-origin': '*' });
  });

  test.each(['PUT', 'PATCH', '', 'evil\r\nx: y'])(
    'of %j, which has no CORS there, says what is allowed and no more',
    async (method) => {
      const { status, headers, cors } = await preflight('/any', method);
      expect({ status, allow: headers.allow, cors }).toEqual({
        status: 204,
        allow: 'GET, HEAD, PUT, OPTIONS',
        cors: {},
      });
    },
  );

  test('speaks for a method that another function serves, as its 405 does', async () => {
    const handler = lambdaHandler(shop(), 'APIHandler');
    const event = (httpMethod: string, asked: string) => ({
      ...{ resource: '/streams', path: '/streams', httpMethod, requestContext: {} },
      headers: { origin: B, 'access-control-request-method': asked },
    });
    expect(await handler(event('OPTIONS', 'GET'), {} as LambdaContext)).toMatchObject({
      headers: { 'access-control-allow-origin': B, allow: 'GET, HEAD, DELETE, OPTIONS' },
    });
    expect(await handler(event('PATCH', ''), {} as LambdaContext)).toMatchObject({
      statusCode: 405,
      headers: { allow: 'GET, HEAD, DELETE, OPTIONS' },
    });
    expect(await handler(event('GET', ''), {} as LambdaContext)).toMatchObject({ statusCode: 404 });
  });

  test('is left to an OPTIONS that is declared, with the headers of its own CORS', async () => {
    expect(await preflight('/own', 'GET')).toMatchObject({
      status: 200,
      text: 'mine',
      cors: { ...ofSeveral, 'access-control-allow-methods': 'X' },
    });
  });
});

test('what a handler sets itself is kept', async () => {
  const app = new App('x', { cors: several });
  const headers = {
    'Access-Control-Allow-Origin': 'https://own.example',
    Vary: 'Cookie',
    'access-control-allow-methods': 'X',
  };
  app.get('/', () => reply(200, 'ok', { headers }));
  const answer = await testClient(app).get('/', { headers: { origin: A } });
  expect(corsOf(answer.headers)).toEqual({
    ...ofSeveral,
    'access-control-allow-origin': 'https://own.example',
    'access-control-allow-methods': 'X',
    vary: 'Cookie, Origin',
  });
});
