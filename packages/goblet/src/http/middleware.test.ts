import { describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { App, cookie, defineError, type Next, NotFound, Router, reply } from '../index.js';
import { testClient } from '../testing.js';

class Taken extends defineError('TAKEN', 409, 'Taken') {}

const around =
  (name: string, trail: string[] = []) =>
  async (_request: unknown, next: Next) => {
    trail.push(`${name} in`);
    const answer = await next();
    trail.push(`${name} out`);
    return { ...answer, body: `${name}(${answer.body})` };
  };

describe('order', () => {
  test('is app, mounting scope, router, its scope, whatever was declared first', async () => {
    const trail: string[] = [];
    const router = new Router<{ values: { outer: string } }>();
    const scope = router.with({ inner: ({ outer }) => `${outer} inner` });
    scope.get('/', ({ inner }) => {
      trail.push('handler');
      return inner;
    });
    scope.use(around('inner scope', trail));
    router.use(around('router', trail));
    const app = new App('x');
    const mounting = app.with({ outer: () => 'outer' });
    mounting.mount('/r', router);
    mounting.use(around('scope', trail));
    app.use(around('app', trail));
    app.use(around('app again', trail));
    expect((await testClient(app).get('/r')).body).toBe('app(app again(scope(router(inner scope(outer inner)))))');
    expect(trail).toEqual([
      'app in',
      'app again in',
      'scope in',
      'router in',
      'inner scope in',
      'handler',
      'inner scope out',
      'router out',
      'scope out',
      'app again out',
      'app out',
    ]);
  });

  test('is a router’s own at each of its mounts, and no other route’s', async () => {
    const router = new Router();
    router.use(around('router'));
    router.get('/x', () => 'x');
    const outer = new Router();
    outer.use(around('outer'));
    outer.mount('/nested', router);
    const app = new App('x');
    app.mount('/a', router);
    app.mount('/b', outer);
    app.get('/plain', () => 'plain');
    await using client = testClient(app);
    expect((await client.get('/a/x')).body).toBe('router(x)');
    expect((await client.get('/b/nested/x')).body).toBe('outer(router(x))');
    expect((await client.get('/plain')).body).toBe('plain');
  });

  test('holds for requests at once, each with a chain of its own', async () => {
    const app = new App('x');
    const scope = app.with({ name: async ({ query }) => query.name ?? '' });
    scope.use(async (request, next) => {
      await new Promise((resolve) => setImmediate(resolve));
      const answer = await next();
      return { ...answer, body: `${request.name} ${answer.body}` };
    });
    scope.get('/', ({ name }) => name);
    await using client = testClient(app);
    const answers = await Promise.all(['a', 'b', 'c'].map((name) => client.get('/', { query: { name } })));
    expect(answers.map(({ body }) => body)).toEqual(['a a', 'b b', 'c c']);
  });
});

describe('a response that passes through', () => {
  const passing = (handler: () => unknown, options = {}) => {
    const app = new App('x');
    app.use((_request, next) => next());
    app.get('/', options, handler);
    return testClient(app).get('/');
  };

  test.each<[string, () => unknown, object]>([
    ['an object', () => ({ a: 1 }), { status: 200, body: { a: 1 } }],
    ['text', () => 'text', { status: 200, body: 'text' }],
    ['nothing', () => undefined, { status: 204, body: undefined }],
    ['null', () => null, { status: 200, body: null }],
    ['bytes', () => new Uint8Array([0, 255]), { status: 200, body: new Uint8Array([0, 255]) }],
    ['cookies', () => reply(201, 'x', { cookies: [cookie('a', '1')] }), { status: 201, cookies: [cookie('a', '1')] }],
    [
      'a Web Response',
      () =>
        new Response('web', {
          status: 202,
          headers: [
            ['content-type', 'text/x-own'],
            ['x-web', '1'],
            ['set-cookie', 'a=1'],
            ['set-cookie', 'b=2'],
          ],
        }),
      { status: 202, text: 'web', headers: { 'content-type': 'text/x-own', 'x-web': '1' }, cookies: ['a=1', 'b=2'] },
    ],
    ['an empty Web Response', () => new Response(null, { status: 204 }), { status: 204, body: undefined }],
    [
      'a stream',
      async function* () {
        yield 'one ';
        yield 'two';
      },
      { status: 200, text: 'one two' },
    ],
  ])('%s is as it was without middleware', async (_what, handler, expected) => {
    const bare = new App('x');
    bare.get('/', handler);
    const { headers } = await testClient(bare).get('/');
    expect(await passing(handler)).toMatchObject({ headers, ...expected });
  });

  test('is text as JSON under a response schema, with the status that the route declares', async () => {
    expect(await passing(() => 'quoted', { response: z.string(), status: 201 })).toMatchObject({
      status: 201,
      text: '"quoted"',
    });
  });

  test('is a Reply to the middleware, whatever the handler returned', async () => {
    const seen: unknown[] = [];
    const app = new App('x');
    app.use(async (_request, next) => {
      const { status, headers, cookies } = await next();
      seen.push({ status, headers, cookies });
      return 'seen';
    });
    app.get('/web', () => Response.json({ a: 1 }, { status: 202 }));
    app.get('/value', () => 1);
    await using client = testClient(app);
    await client.get('/web');
    await client.get('/value');
    expect(seen).toEqual([
      { status: 202, headers: { 'content-type': 'application/json' }, cookies: [] },
      { status: 200, headers: {}, cookies: [] },
    ]);
  });
});

describe('what middleware returns', () => {
  test('adds headers, lists of them and cookies to what there is', async () => {
    const app = new App('x');
    app.use(async (_request, next) => {
      const answer = await next();
      const headers = { ...answer.headers, 'x-one': '1', 'x-list': ['a', 'b'] };
      return { ...answer, headers, cookies: [...answer.cookies, cookie('b', '2')] };
    });
    app.get('/', () => reply(201, 'x', { headers: { 'x-own': 'own' }, cookies: [cookie('a', '1')] }));
    for (const gateway of ['rest', 'http', 'url', 'alb'] as const)
      expect(await testClient(app, { gateway }).get('/')).toMatchObject({
        status: 201,
        headers: { 'x-own': 'own', 'x-one': '1', 'x-list': 'a, b' },
        cookies: [cookie('a', '1'), cookie('b', '2')],
      });
  });

  test('is the response in place of what next gave', async () => {
    const app = new App('x');
    app.use(async (_request, next) => {
      await next();
      return reply(202, { replaced: true });
    });
    app.get('/', () => 'original');
    expect(await testClient(app).get('/')).toMatchObject({ status: 202, body: { replaced: true } });
  });

  test('leaves the response as it is where it is nothing', async () => {
    const app = new App('x');
    app.use(async (_request, next) => {
      await next();
    });
    app.get('/', () => reply(201, 'kept'));
    expect(await testClient(app).get('/')).toMatchObject({ status: 201, body: 'kept' });
  });

  test('is the response without next, and then no handler runs', async () => {
    const handled = vi.fn();
    const app = new App('x');
    app.use(({ path }) => (path === '/nothing' ? undefined : { short: true }));
    app.get('/short', handled);
    app.get('/nothing', handled);
    await using client = testClient(app);
    expect(await client.get('/short')).toMatchObject({ status: 200, body: { short: true } });
    expect(await client.get('/nothing')).toMatchObject({ status: 204 });
    expect(handled).not.toHaveBeenCalled();
  });

  test('is a bare 500 where it cannot be sent', async () => {
    const app = new App('x');
    app.use(() => () => 1);
    app.get('/', () => 1);
    await using client = testClient(app);
    expect((await client.get('/')).status).toBe(500);
    expect(client.logs).toMatchObject([{ error: { message: expect.stringContaining('GOBLET_RESULT') } }]);
  });
});

describe('errors', () => {
  test.each<[string, () => unknown, unknown]>([
    [
      'an HttpError',
      () => {
        throw new Taken('why', { headers: { 'x-a': '1' } });
      },
      { code: 'TAKEN', status: 409, detail: 'why' },
    ],
    [
      'an unknown error',
      () => {
        throw new RangeError('far');
      },
      { name: 'RangeError', message: 'far' },
    ],
    ['a rejection', () => Promise.reject(new NotFound()), { code: 'NOT_FOUND' }],
    [
      'undefined',
      () => {
        throw undefined;
      },
      undefined,
    ],
  ])('%s is seen as it was thrown, and may be answered or thrown on', async (_what, handler, thrown) => {
    const seen: unknown[] = [];
    const app = new App('x');
    app.use(async ({ query }, next) => {
      try {
        return await next();
      } catch (error) {
        seen.push(error);
        if (query.on) throw error;
        return reply(200, 'caught');
      }
    });
    app.get('/', handler);
    await using client = testClient(app);
    expect((await client.get('/')).body).toBe('caught');
    await client.get('/?on=1');
    if (thrown === undefined) expect(seen).toEqual([undefined, undefined]);
    else expect(seen).toMatchObject([thrown, thrown]);
  });

  test('of a schema, a value and inner middleware are seen outside', async () => {
    const seen: string[] = [];
    const app = new App('x');
    app.use(async (_request, next) => {
      try {
        return await next();
      } catch (error) {
        seen.push((error as { code: string }).code);
        throw error;
      }
    });
    const scope = app.with({
      tenant: ({ query }): string => {
        if (query.tenant === undefined) throw new NotFound();
        return query.tenant;
      },
    });
    scope.use(({ tenant }, next) => {
      if (tenant === 'taken') throw new Taken();
      return next();
    });
    scope.get('/', { query: z.object({ tenant: z.string(), n: z.coerce.number() }) }, ({ tenant }) => tenant);
    await using client = testClient(app);
    const statuses = [];
    for (const path of ['/', '/?tenant=taken', '/?tenant=a&n=x']) statuses.push((await client.get(path)).status);
    expect(statuses).toEqual([404, 409, 422]);
    expect(seen).toEqual(['NOT_FOUND', 'TAKEN', 'UNPROCESSABLE_CONTENT']);
  });
});

describe('next', () => {
  test.each<[string, (next: Next) => unknown]>([
    [
      'in turn',
      async (next) => {
        await next();
        return next();
      },
    ],
    ['at once', (next) => Promise.all([next(), next()])],
    ['after an error', (next) => next().catch(() => next())],
    [
      'and forgets it',
      async (next) => {
        const answer = await next();
        next();
        return answer;
      },
    ],
  ])('called twice %s is a coded error, and the handler runs once', async (_how, middleware) => {
    const handled = vi.fn(() => 'handled');
    const app = new App('x');
    app.use((_request, next) => middleware(next));
    app.get('/', () => {
      const answer = handled();
      if (_how === 'after an error') throw new NotFound();
      return answer;
    });
    await using client = testClient(app);
    expect(await client.get('/')).toMatchObject({ status: 500, body: { code: 'INTERNAL_SERVER_ERROR' } });
    expect(handled).toHaveBeenCalledTimes(1);
    expect(client.logs).toMatchObject([{ error: { message: expect.stringContaining('GOBLET_NEXT_TWICE') } }]);
  });

  test('not waited for is waited for where nothing is returned', async () => {
    const app = new App('x');
    app.use((_request, next) => {
      next();
    });
    app.get('/', async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return 'late';
    });
    app.get('/fails', () => Promise.reject(new Taken()));
    await using client = testClient(app);
    expect(await client.get('/')).toMatchObject({ status: 200, body: 'late' });
    expect((await client.get('/fails')).status).toBe(409);
  });

  test('not waited for does not hold up an answer, and what fails after it is in the log', async () => {
    const app = new App('x');
    let fail = (_error: Error) => {};
    app.use((_request, next) => {
      next();
      return 'quick';
    });
    app.get(
      '/',
      () =>
        new Promise((_resolve, reject) => {
          fail = reject;
        }),
    );
    await using client = testClient(app);
    expect((await client.get('/')).body).toBe('quick');
    expect(client.logs).toEqual([]);
    fail(new Error('afterwards'));
    await vi.waitUntil(() => client.logs.length > 0);
    expect(client.logs).toMatchObject([{ level: 'error', route: 'GET /', error: { message: 'afterwards' } }]);
  });
});

test('a logger that fails on what fails after an answer does not end the process', async () => {
  const unhandled = vi.fn();
  process.once('unhandledRejection', unhandled);
  const fails = vi.fn(() => {
    throw new Error('disk full');
  });
  const app = new App('x', { logger: { debug: fails, info: fails, warn: fails, error: fails } });
  app.use((_request, next) => {
    next();
    return 'quick';
  });
  app.get('/', () => new Promise((_resolve, reject) => setImmediate(reject, new Error('afterwards'))));
  expect((await testClient(app).get('/')).body).toBe('quick');
  await vi.waitUntil(() => fails.mock.calls.length > 0);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

describe('values', () => {
  test('are computed one after the other, once, and only for routes of their scope', async () => {
    const order: string[] = [];
    const app = new App('x');
    const scope = app.with({
      first: async () => {
        order.push('first begins');
        await new Promise((resolve) => setImmediate(resolve));
        order.push('first ends');
        return 1;
      },
      second: () => order.push('second'),
    });
    const inner = scope.with({ third: ({ first, second }) => first + second });
    inner.use((request, next) => {
      order.push(`middleware sees ${request.third}`);
      return next();
    });
    inner.get('/inner', (request) => request.third + request.third);
    app.get('/outside', (request) => 'first' in request);
    await using client = testClient(app);
    expect((await client.get('/inner')).body).toBe(8);
    expect(order).toEqual(['first begins', 'first ends', 'second', 'middleware sees 4']);
    expect((await client.get('/outside')).body).toBe(false);
    expect(order).toHaveLength(4);
  });

  test('of a router stand before those of the scope that mounts it', async () => {
    const router = new Router<{ values: { tenant: string } }>();
    router.with({ tenant: ({ tenant }) => `${tenant} of the router` }).get('/', ({ tenant }) => tenant);
    const app = new App('x');
    app.with({ tenant: () => 'mounted' }).mount('/r', router as never);
    expect((await testClient(app).get('/r')).body).toBe('mounted of the router');
  });
});

describe('what belongs to no route has no middleware', () => {
  const app = new App('x', { cors: true, alsoBehind: ['url'] });
  const seen: string[] = [];
  app.use((request, next) => {
    seen.push(`${request.method} ${request.path}`);
    return next();
  });
  const told: string[] = [];
  app.onError((error) => void told.push((error as { code: string }).code));
  app.get('/a', () => 'a');

  test.each([
    ['DELETE', '/a', 405, ['METHOD_NOT_ALLOWED']],
    ['OPTIONS', '/a', 204, []],
    ['GET', '/nowhere', 404, ['NOT_FOUND']],
  ])('%s %s', async (method, path, status, errors) => {
    seen.length = told.length = 0;
    expect((await testClient(app, { gateway: 'url' }).request(method, path)).status).toBe(status);
    expect(seen).toEqual([]);
    expect(told).toEqual(errors);
  });

  test('while the derived HEAD has that of its GET', async () => {
    seen.length = 0;
    await testClient(app).head('/a');
    expect(seen).toEqual(['HEAD /a']);
  });
});
