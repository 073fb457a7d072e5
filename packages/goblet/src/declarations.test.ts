import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { APP } from './definition.js';
import { App, apiKey, defineError, queue, Router, schedule } from './index.js';

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
    ['/{id}/{id}', 'captures "id" twice'],
    ['/{rest+}/more', 'goes on after {rest+}'],
  ])('with the path %s', (path, message) => {
    expect(() => loose(new App('x')).get?.(path, () => 1)).toThrow(message);
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

  test('where credentials are allowed to every origin', () => {
    const app = new App('x', { cors: { credentials: true } });
    app.get('/', () => 1);
    expect(() => app[APP]).toThrow('GOBLET_CORS_CREDENTIALS');
  });
});

describe('the definition is refused', () => {
  test('where a route asks for an authorizer that there is not', () => {
    const app = new App('x', { auth: { key: apiKey() } });
    loose(app).get?.('/', { auth: 'kye' }, () => 1);
    expect(() => app[APP]).toThrow('GOBLET_AUTH_UNKNOWN: GET / asks for "kye"');
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
  const { routes, bundleDefine } = app[APP];
  expect(
    routes.map(({ method, path, function: name, auth, cors }) => [method, path, name, auth, cors?.origins]),
  ).toEqual([
    ['GET', '/plain', 'APIHandler', ['key'], undefined],
    ['GET', '/reports', 'reports', [], ['*']],
    ['GET', '/reports/all', 'reportsStream', ['key'], ['*']],
  ]);
  expect(bundleDefine).toHaveProperty(['process.env.GOBLET_OMIT_HTTP'], '"1"');
  expect(bundleDefine).toHaveProperty(['process.env.GOBLET_OMIT_AUTH'], '"0"');
});
