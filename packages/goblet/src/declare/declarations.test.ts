import { type } from 'arktype';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { APP } from '../definition.js';
import { App, allow, apiKey, authorizer, defineError, iam, queue, Router, schedule } from '../index.js';

// Programs that the compiler refuses, as JavaScript would write them.
type Loose = { [verb: string]: (...args: unknown[]) => unknown };
const loose = (app: unknown) => app as Loose;

describe('a declaration is refused', () => {
  test.each([
    ['users', 'does not start with "/"'],
    ['/users/', 'has an empty segment'],
    ['//users', 'has an empty segment'],
    ['/users/:id', 'write "{id}"'],
    ['/files/*', 'write "{rest+}"'],
    ['/users/{id', 'segment "{id"'],
    ['/users/x{id}', 'segment "x{id}"'],
    ['/a b', 'segment "a b"'],
    ['/~x', 'segment "~x"; a segment is letters, digits and any of _-.:,$'],
    ['/@me', 'segment "@me"'],
    ["/it's(1)", 'segment "it\'s(1)"'],
    ['/{id}/{id}', 'captures "id" twice'],
    ['/{rest+}/more', 'continues after {rest+}'],
  ])('with the path %s', (path, message) => {
    expect(() => loose(new App('x')).get?.(path, () => 1)).toThrow(message);
  });

  test('with a path that the kind of its API does not take', () => {
    const declare = (api: 'rest' | 'http', path: '/a,b' | '/$batch' | '/v1:batch') => {
      const app = new App('x', { api });
      app.get(path, () => 1);
      return () => Reflect.get(app, APP);
    };
    for (const path of ['/a,b', '/$batch'] as const) {
      expect(declare('rest', path)).not.toThrow();
      expect(declare('http', path)).toThrow(/^GOBLET_PATH: .*which an HTTP API does not accept in a path/);
    }
    expect(declare('http', '/v1:batch')).not.toThrow();
  });

  test('with an unknown option, by its name', () => {
    expect(() => loose(new App('x')).get?.('/', { respnse: 1 }, () => 1)).toThrow(
      'GOBLET_ROUTE_OPTION: GET / has the unknown option "respnse"',
    );
  });

  test('without a handler', () => {
    expect(() => loose(new App('x')).get?.('/', {})).toThrow('GOBLET_ROUTE_HANDLER');
  });

  test('with a method that HTTP APIs do not route', () => {
    expect(() => loose(new App('x')).route?.(['BREW'], '/', () => 1)).toThrow('unknown method "BREW"');
    expect(() => loose(new App('x')).route?.([], '/', () => 1)).toThrow('has no method');
  });

  test('with a status that is none', () => {
    expect(() => new App('x').get('/', { status: 99 }, () => 1)).toThrow('GOBLET_ROUTE_STATUS');
  });

  test('twice', () => {
    const app = new App('x');
    app.get('/a', () => 1);
    expect(() => app.get('/a', () => 1)).toThrow('GOBLET_ROUTE_DUPLICATE: GET /a is declared twice; remove one');
  });

  test('with a second name for the variable of one level', () => {
    const app = new App('x');
    app.get('/users/{id}', () => 1);
    expect(() => app.get('/users/{name}/pets', () => 1)).toThrow(/GOBLET_ROUTE_VARIABLE: .*\{id\} at .*\{name\} at/);
  });

  test('where a mount brings a second route', () => {
    const router = new Router();
    router.get('/a', () => 1);
    const app = new App('x');
    app.get('/p/a', () => 1);
    expect(() => app.mount('/p', router)).toThrow('GOBLET_ROUTE_DUPLICATE: GET /p/a');
  });

  test('where a router that is mounted gets a route that its app has', () => {
    const router = new Router();
    const app = new App('x');
    app.mount('/p', router);
    app.get('/p/a', () => 1);
    expect(() => router.get('/a', () => 1)).toThrow('GOBLET_ROUTE_DUPLICATE: GET /p/a');
  });

  test('where a router would contain itself', () => {
    const inner = new Router();
    const outer = new Router();
    outer.mount('/inner', inner);
    expect(() => inner.mount('/outer', outer)).toThrow('GOBLET_MOUNT_CYCLE');
  });

  test('where a value would hide a part of the request', () => {
    expect(() => new App('x').with({ body: () => 1 })).toThrow('GOBLET_WITH_NAME');
  });

  test('where a function has no name for AWS', () => {
    expect(() => new App('x').mount('/p', new Router(), { function: 'two words' })).toThrow('GOBLET_FUNCTION_NAME');
  });

  test('where an error has no error status', () => {
    expect(() => defineError('FINE', 200, 'Fine')).toThrow('GOBLET_ERROR_STATUS');
  });

  test('where a schedule is none', () => {
    expect(() => schedule('every day')).toThrow('GOBLET_SCHEDULE');
  });

  test('with a method twice, or methods that are no array', () => {
    expect(() => new App('x').route(['GET', 'GET'], '/', () => 1)).toThrow('GET, GET / names a method twice');
    for (const methods of ['GET', undefined, null, { GET: true }])
      expect(() => loose(new App('x')).route?.(methods, '/', () => 1)).toThrow('where an array of methods belongs');
    expect(() => loose(new App('x')).route?.(['get'], '/', () => 1)).toThrow('unknown method "get"');
  });

  test.each([undefined, null, 7, {}, ['/a']])('with the path %j', (path) => {
    expect(() => loose(new App('x')).get?.(path, () => 1)).toThrow('GOBLET_PATH');
  });

  test.each(['/a/../b', '/./a', '/a?b', '/a%20b', '/é', '/{}', '/{+}', '/{a b}', '/{a}b', '/a}', '/{a++}', '/\u0000'])(
    'with the path %s',
    (path) => {
      expect(() => loose(new App('x')).get?.(path, () => 1)).toThrow('GOBLET_PATH');
    },
  );

  test('with a path that is wrong only together with its prefix', () => {
    const router = new Router();
    router.get('/{id}', () => 1);
    expect(() => new App('x').mount('/{id}', router)).toThrow('GOBLET_PATH: "/{id}/{id}" captures "id" twice');
    expect(() => new App('x').mount('/{rest+}', router)).toThrow('continues after {rest+}');
    const later = new Router();
    const app = new App('x');
    app.mount('/{id}', later);
    expect(() => later.get('/x/{id}', () => 1)).toThrow('captures "id" twice');
  });

  test('with different variables at one level in two routers', () => {
    const app = new App('x');
    const [one, two] = [new Router(), new Router()];
    app.mount('/users', one);
    app.mount('/users', two);
    one.get('/{id}', () => 1);
    expect(() => two.get('/{name}/pets', () => 1)).toThrow('GOBLET_ROUTE_VARIABLE');
  });

  test.each([null, 7, 'handler', {}, []])('with the handler %j', (handler) => {
    expect(() => loose(new App('x')).get?.('/', {}, handler)).toThrow('GOBLET_ROUTE_HANDLER');
    expect(() => loose(new App('x')).get?.('/', handler)).toThrow('GOBLET_ROUTE_HANDLER');
  });

  test.each([null, 7, 'options', [], () => 1])('with %j where its options belong', (options) => {
    expect(() => loose(new App('x')).get?.('/', options, () => 1)).toThrow('instead of its options');
  });

  test.each<[string, unknown]>([
    ['body', {}],
    ['body', 'json'],
    ['query', { n: 'number' }],
    ['params', true],
    ['headers', ['x-a']],
    ['response', {}],
    ['response', 200],
    ['response', { ok: z.string() }],
    ['response', { 99: z.string() }],
    ['response', { 600: z.string() }],
    ['response', { 200: 'text' }],
    ['errors', Error],
    ['errors', [Error]],
    ['errors', [{ code: 'A', status: 400, title: 'A' }]],
    ['auth', true],
    ['auth', ''],
    ['auth', [7]],
    ['summary', 7],
    ['description', ['x']],
    ['tags', [null]],
    ['stream', 'yes'],
    ['stream', false],
  ])('with the option %s: %j', (name, value) => {
    const declare = () => loose(new App('x')).get?.('/', { [name]: value }, () => 1);
    expect(declare).toThrow(`GOBLET_ROUTE_OPTION: GET / has the option "${name}", which must be `);
  });

  test.each([0, 99, 199, 600, 200.5, '200', null, Number.NaN])('with the status %j', (status) => {
    expect(() => loose(new App('x')).get?.('/', { status }, () => 1)).toThrow('GOBLET_ROUTE_STATUS');
  });

  test('with an option that Object.prototype has', () => {
    expect(() => loose(new App('x')).get?.('/', { constructor: 1 }, () => 1)).toThrow('unknown option "constructor"');
  });

  test('but not with an option that is undefined, nor with schemas of any library', () => {
    const app = new App('x');
    const options = {
      auth: undefined,
      body: type({ n: 'number' }),
      query: v.object({}),
      response: { 200: z.string() },
    };
    expect(() => loose(app).post?.('/', options, () => 1)).not.toThrow();
  });

  test.each<[unknown, string]>([
    ['https://a.example', 'must be true, false or an object'],
    [{ orign: '*' }, 'unknown option "orign"'],
    [{ origin: 7 }, '"origin"'],
    [{ origin: [] }, '"origin"'],
    [{ origin: '' }, '"origin"'],
    [{ origin: 'a.example' }, '"origin"'],
    [{ origin: 'https://a.example/' }, '"origin"'],
    [{ origin: 'https://A.example' }, '"origin"'],
    [{ origin: 'https://*.example' }, '"origin"'],
    [{ origin: ['*', 'https://a.example'] }, '"origin"'],
    [{ origin: 'https://a.example, https://b.example' }, '"origin"'],
    [{ headers: 'X-A' }, '"headers"'],
    [{ headers: ['X A'] }, '"headers"'],
    [{ exposeHeaders: ['a\r\nb'] }, '"exposeHeaders"'],
    [{ maxAge: -1 }, '"maxAge"'],
    [{ maxAge: '600' }, '"maxAge"'],
    [{ credentials: 'yes' }, '"credentials"'],
    [{ credentials: true }, 'GOBLET_CORS_CREDENTIALS'],
    [{ credentials: true, origin: '*' }, 'GOBLET_CORS_CREDENTIALS'],
  ])('with the CORS %j, on a route, a router and an app', (cors, message) => {
    const declared = [
      () => loose(new App('x')).get?.('/', { cors }, () => 1),
      () => new App('x', { cors } as never),
      () => new Router({ cors } as never),
    ];
    for (const declare of declared) {
      expect(declare).toThrow(message);
      expect(declare).toThrow('GOBLET_CORS');
    }
  });

  test.each(['*', 'http://localhost:3000', 'capacitor://localhost', 'null', 'https://xn--e1a.example'])(
    'but not with the origin %s',
    (origin) => {
      expect(() => new App('x', { cors: { origin, maxAge: 0 } })).not.toThrow();
    },
  );

  test.each<[unknown, string]>([
    [7, 'options of an app must be an object'],
    [{ corz: true }, 'unknown option "corz"'],
    [{ api: 'soap' }, '"api", which must be "rest" or "http"'],
    [{ alsoBehind: 'url' }, '"alsoBehind"'],
    [{ alsoBehind: ['cloudfront'] }, '"alsoBehind"'],
    [{ env: { A: 'text' } }, '"env"'],
    [{ sources: { jobs: {} } }, '"sources"'],
    [{ auth: { user: 'cognito' } }, '"auth"'],
    [{ defaultAuth: 7 }, '"defaultAuth"'],
    [{ debug: 'yes' }, '"debug"'],
    [{ compression: true }, '"compression"'],
    [{ logger: { info() {} } }, '"logger"'],
    [{ setup: {} }, '"setup"'],
    [{ teardown: true }, '"teardown"'],
  ])('of an app with %j', (options, message) => {
    expect(() => new App('x', options as never)).toThrow('GOBLET_APP_OPTION');
    expect(() => new App('x', options as never)).toThrow(message);
  });

  test('of an app with two kinds of API keys, which API Gateway cannot tell apart', () => {
    expect(() => new App('x', { auth: { gold: apiKey(), signed: iam(), silver: apiKey() } })).toThrow(
      'GOBLET_API_KEYS: the app "x" has API keys under gold and silver, but API Gateway accepts a key of any usage plan of the stage for every route that requires a key; declare one apiKey()',
    );
    expect(() => new App('x', { auth: { gold: apiKey(), signed: iam() } })).not.toThrow();
  });

  test('of an app without a name, and of a router with an option of an app', () => {
    for (const name of [undefined, '', 7]) expect(() => new App(name as never)).toThrow('GOBLET_APP_OPTION');
    expect(() => new Router({ setup: () => 1 } as never)).toThrow('unknown option "setup"');
  });

  test('where a router is mounted twice at one prefix, even before it has a route', () => {
    const app = new App('x');
    const router = new Router();
    app.mount('/a', router);
    app.mount('/b', router);
    expect(() => app.mount('/a', router)).toThrow('GOBLET_MOUNT_DUPLICATE: one router is mounted at /a twice');
  });

  test('where two ways lead from a path to one route', () => {
    const [app, middle, inner] = [new App('x'), new Router(), new Router()];
    app.mount('/a', middle);
    middle.mount('/b', inner);
    app.mount('/a/b', inner);
    expect(() => inner.get('/c', () => 1)).toThrow('GOBLET_ROUTE_DUPLICATE: GET /a/b/c');
  });

  test.each([undefined, null, {}, 'router', () => new Router(), new App('y')])('where %s is mounted', (router) => {
    expect(() => loose(new App('x')).mount?.('/a', router)).toThrow('GOBLET_MOUNT_ROUTER');
  });

  test('where a router is mounted in itself, or further down', () => {
    const [one, two, three] = [new Router(), new Router(), new Router()];
    expect(() => one.mount('/a', one)).toThrow('GOBLET_MOUNT_CYCLE');
    one.mount('/a', two);
    two.mount('/b', three);
    expect(() => three.mount('/c', one)).toThrow('GOBLET_MOUNT_CYCLE');
  });

  test('where a mount has another option, or a function that is no name', () => {
    const mount = (options: unknown) => () => loose(new App('x')).mount?.('/a', new Router(), options);
    expect(mount({ fn: 'a' })).toThrow('unknown option "fn"');
    expect(mount('reports')).toThrow('GOBLET_APP_OPTION');
    for (const name of ['', '1a', 'a-b', 'a b', 7, null])
      expect(mount({ function: name })).toThrow('GOBLET_FUNCTION_NAME');
  });

  test('where what is to be called cannot be', () => {
    const app = loose(new App('x', { sources: { jobs: queue(z.string()) } }));
    expect(() => app.use?.({})).toThrow('GOBLET_NO_FUNCTION: use()');
    expect(() => app.with?.({ tenant: 'acme' })).toThrow('GOBLET_NO_FUNCTION: with({ tenant })');
    expect(() => app.on?.('jobs')).toThrow('GOBLET_NO_FUNCTION: on("jobs")');
    expect(() => app.onError?.('x')).toThrow('GOBLET_NO_FUNCTION: onError()');
  });

  test('once its app was started, wherever it would stand', async () => {
    const app = new App('x', { sources: { jobs: queue(z.string()) } });
    const router = new Router();
    app.get('/a', () => 1);
    app.mount('/r', router);
    await app.handler({ resource: '/a', path: '/a', httpMethod: 'GET', requestContext: {} }, {} as never);
    const late = [
      () => app.get('/b', () => 1),
      () => router.get('/b', () => 1),
      () => app.mount('/s', new Router()),
      () => router.mount('/s', new Router()),
      () => app.use((_request, next) => next()),
      () => router.with({ n: () => 1 }).use((_request, next) => next()),
      () => app.on('jobs', () => 1),
      () => app.onError(() => undefined),
    ];
    for (const declare of late) expect(declare).toThrow('GOBLET_DECLARED_LATE');
  });
});

const full = new App('x', { sources: { jobs: queue(z.string()) }, auth: { own: authorizer(() => allow('me')) } });
function router() {
  const made = new Router();
  made.get('/', () => 1);
  return made;
}

describe('the definition is refused', () => {
  test('where a route asks for an authorizer that there is not', () => {
    const app = new App('x', { auth: { key: apiKey() } });
    loose(app).get?.('/', { auth: 'kye' }, () => 1);
    expect(() => app[APP]).toThrow('GOBLET_AUTH_UNKNOWN: GET / requires "kye"');
  });

  test('where a handler has no source, or a source two', () => {
    const app = new App('x', { sources: { jobs: queue(z.string()) } });
    app.on('jobs', () => 1);
    app.on('jobs', () => 1);
    expect(() => app[APP]).toThrow('GOBLET_SOURCE_DUPLICATE');
    const other = new App('x');
    loose(other).on?.('jbs', () => 1);
    expect(() => other[APP]).toThrow('GOBLET_SOURCE_UNKNOWN');
  });

  test.each<[string, (app: typeof full) => void]>([
    ['a source has the name of a router’s function', (app) => app.mount('/r', router(), { function: 'jobs' })],
    ['an authorizer has the name of a router’s function', (app) => app.mount('/r', router(), { function: 'own' })],
    [
      'a router’s function has the name of the streaming routes',
      (app) => {
        app.get('/s', { stream: true }, () => 1);
        app.mount('/r', router(), { function: 'APIHandlerStream' });
      },
    ],
  ])('where %s', (_name, declare) => {
    const app: typeof full = new App('x', {
      sources: { jobs: queue(z.string()) },
      auth: { own: authorizer(() => allow('me')) },
    });
    declare(app);
    expect(() => app[APP]).toThrow(/GOBLET_FUNCTION_CLASH: "\w+" would be two Lambda functions, of .+ and of .+;/);
  });

  test('where a source or an authorizer has a name that is none for AWS, or the same', () => {
    const sources = { 'two-words': queue(z.string()) };
    expect(() => new App('x', { sources })[APP]).toThrow('GOBLET_FUNCTION_NAME: "two-words"');
    const same = { sources: { a: queue(z.string()) }, auth: { a: authorizer(() => allow('me')) } };
    expect(() => new App('x', same)[APP]).toThrow('GOBLET_FUNCTION_CLASH');
    const apart = { sources: { a: queue(z.string()) }, auth: { a: apiKey() } };
    expect(() => new App('x', apart)[APP]).not.toThrow();
  });

  test('where an HTTP API would stream', () => {
    const app = new App('x', { api: 'http' });
    app.get('/', { stream: true }, () => 1);
    expect(() => app[APP]).toThrow('GOBLET_STREAM_API');
  });

  test('where a REST API would have a capture beside a greedy one, and not where an HTTP API has', () => {
    const declare = (api: 'rest' | 'http') => {
      const app = new App('x', { api });
      app.get('/a/{id}', () => 1);
      app.get('/a/{rest+}', () => 1);
      return app;
    };
    expect(() => declare('rest')[APP]).toThrow('GOBLET_ROUTE_VARIABLE');
    expect(declare('http')[APP].routes).toHaveLength(2);
  });
});

describe('under tooling', () => {
  beforeEach(() => {
    process.env.GOBLET_INVENTORY = '1';
  });
  afterEach(() => {
    delete process.env.GOBLET_INVENTORY;
  });

  test('a refusal names both lines', () => {
    const app = new App('x');
    app.get('/a', () => 1);
    expect(() => app.get('/a', () => 1)).toThrow(
      /declared at declarations\.test\.ts:\d+ and declarations\.test\.ts:\d+/,
    );
  });

  const lines = (pattern: string) => new RegExp(pattern.replaceAll('LINE', 'declarations\\.test\\.ts:\\d+'));

  test('a clash of routers names the routes and the mounts', () => {
    const app = new App('x', { sources: { jobs: queue(z.string()) } });
    const inner = new Router();
    inner.get('/{id}', () => 1);
    app.mount('/p', inner);
    expect(() => app.get('/p/{id}', () => 1)).toThrow(lines('declared at LINE, mounted at LINE and LINE'));
    expect(() => app.get('/p/{name}/x', () => 1)).toThrow(lines('{id} at LINE, mounted at LINE and {name} at LINE'));
    expect(() => app.mount('/p', inner)).toThrow(lines('mounted at /p at LINE and LINE'));
    expect(() => app.mount('/{id}', inner)).toThrow(lines('captures "id" twice \\(LINE, LINE\\)'));
    const outer = new Router();
    outer.mount('/inner', inner);
    expect(() => inner.mount('/outer', outer)).toThrow(lines('contain itself, by the mount at LINE \\(LINE\\)'));
    app.on('jobs', () => 1);
    app.on('jobs', () => 1);
    expect(() => app[APP]).toThrow(lines('"jobs" is handled at LINE and LINE'));
  });

  test('what is wrong by itself names its line', () => {
    const wrong = [
      () => loose(new App('x')).get?.('a', () => 1),
      () => loose(new App('x')).get?.('/', { a: 1 }, () => 1),
      () => loose(new App('x')).route?.([], '/', () => 1),
      () => loose(new App('x')).use?.(1),
      () => new App('x', { cors: 'x' } as never),
      () => new Router({ cors: 'x' } as never),
    ];
    for (const declare of wrong) expect(declare).toThrow(lines('\\(LINE\\)$'));
  });

  test('every declaration knows its line', () => {
    const app = new App('x', { sources: { jobs: queue(z.string()) } });
    app.get('/a', () => 1);
    app.route(['POST'], '/a', () => 1);
    app.on('jobs', () => 1);
    const { routes, handlers, source } = app[APP];
    const line = source?.line ?? 0;
    expect(source?.file).toContain('declarations.test.ts');
    expect(routes.map((route) => route.source?.line)).toEqual([line + 1, line + 2]);
    expect(handlers[0]?.line?.line).toBe(line + 3);
  });
});

test('without tooling no line is captured', () => {
  const app = new App('x');
  app.get('/a', () => 1);
  expect(app[APP].routes[0]?.source).toBeUndefined();
});

test('the definition resolves mounts, functions, authorizers and CORS', () => {
  const reports = new Router({ cors: true });
  reports.get('/', { auth: false }, () => 1);
  reports.get('/all', { stream: true }, () => 1);
  const app = new App('x', { auth: { key: apiKey() }, defaultAuth: 'key', cors: { origin: 'https://a.example' } });
  app.get('/plain', { cors: false }, () => 1);
  app.mount('/reports', reports, { function: 'reports' });
  const { routes, bundleConditions } = app[APP];
  expect(
    routes.map(({ method, path, function: name, auth, cors }) => [method, path, name, auth, cors?.origins]),
  ).toEqual([
    ['GET', '/plain', 'APIHandler', ['key'], undefined],
    ['GET', '/reports', 'reports', [], ['*']],
    ['GET', '/reports/all', 'reportsStream', ['key'], ['*']],
  ]);
  expect(bundleConditions).toContain('goblet-without-http');
  expect(bundleConditions).not.toContain('goblet-without-auth');
});
