import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LambdaContext } from '../declare/route-types.js';
import { App, Router } from '../index.js';
import { lambdaHandler } from '../lambda.js';

const context = { awsRequestId: 'r' } as LambdaContext;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;
type Method = (typeof METHODS)[number];

interface Wanted {
  readonly prefix: string;
  readonly method: Method;
  readonly path: string;
}

/** A path of these segments; a variable has the name of its level, so that most sets have no clash. */
const pathOf = (segments: readonly string[], from: number): string =>
  `/${segments.map((one, i) => one.replace('v', `v${from + i}`)).join('/')}`;
const literal = fc.constantFrom('a', 'b', 'a@b', '__proto__', 'constructor');
const segment = fc.oneof({ weight: 3, arbitrary: literal }, fc.constantFrom('{v}', '{v+}'));
const prefixes = ['/', '/a', '/{v0}', '/b/{v1}'];
const wanted: fc.Arbitrary<Wanted> = fc
  .record({
    prefix: fc.constantFrom(...prefixes),
    method: fc.constantFrom(...METHODS),
    segments: fc.array(segment, { maxLength: 3 }),
  })
  .map(({ prefix, method, segments }) => ({
    prefix,
    method,
    path: pathOf(segments, prefix === '/' ? 0 : prefix.split('/').length - 1),
  }));

/** An app of those wanted routes that may stand side by side, half of them by mounted routers; and what they are. */
function serve(list: readonly Wanted[]) {
  const app = new App('x', { api: 'http', alsoBehind: ['url', 'alb'] });
  const routers = new Map(prefixes.map((prefix) => [prefix, new Router()]));
  for (const [prefix, router] of routers) if (prefix !== '/') app.mount(prefix, router);
  const served: { method: string; path: string }[] = [];
  for (const { prefix, method, path } of list) {
    const full = prefix === '/' ? path : path === '/' ? prefix : prefix + path;
    const at = prefix === '/' ? app : (routers.get(prefix) ?? app);
    try {
      (at as typeof app).route([method], path as '/', (request) => ({
        route: `${method} ${full}`,
        params: { ...request.params },
      }));
      served.push({ method, path: full });
    } catch (error) {
      expect(error).toHaveProperty('code', expect.stringMatching(/^GOBLET_(ROUTE_DUPLICATE|ROUTE_VARIABLE|PATH)$/));
    }
  }
  return { handler: lambdaHandler(app), served };
}

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** The slow, obvious way: all paths that fit, and of those the one that is first most literal. */
function lookUp(served: readonly { path: string }[], path: string) {
  const asked = path.replace(/\/$/, '').split('/').slice(1);
  const fitting = [...new Set(served.map((route) => route.path))].flatMap((candidate) => {
    const segments = candidate === '/' ? [] : candidate.slice(1).split('/');
    const captured: Record<string, string> = Object.create(null);
    for (const [i, one] of segments.entries()) {
      const [, name = '', plus] = /^\{(.+?)(\+?)\}$/.exec(one) ?? [];
      const given = plus ? asked.slice(i).join('/') : (asked[i] ?? '');
      if (name ? given === '' : decode(given) !== one) return [];
      if (name) captured[name] = given;
    }
    const greedy = segments.at(-1)?.endsWith('+}') ?? false;
    return greedy || asked.length === segments.length ? [{ candidate, segments, captured }] : [];
  });
  const rank = (segments: readonly string[]) =>
    segments.map((one) => (one.endsWith('+}') ? 2 : one.startsWith('{') ? 1 : 0)).join('');
  return fitting.sort((a, b) => rank(a.segments).localeCompare(rank(b.segments)))[0];
}

function expected(served: readonly { method: string; path: string }[], method: string, path: string) {
  const found = lookUp(served, path);
  if (!found) return { status: 404 };
  const params = Object.entries(found.captured).map(([name, value]) => [name, decode(value)] as const);
  if (params.some(([, value]) => value === undefined)) return { status: 400 };
  const methods = served.filter((route) => route.path === found.candidate).map((route) => route.method);
  const route = methods.includes(method) ? method : method === 'HEAD' && methods.includes('GET') ? 'GET' : undefined;
  if (route)
    return {
      status: 200,
      ...(method !== 'HEAD' && { route: `${route} ${found.candidate}`, params: Object.fromEntries(params) }),
    };
  const allow = new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS']);
  return { status: method === 'OPTIONS' ? 204 : 405, allow: [...allow].sort() };
}

/** The request as front doors deliver it: without a route, and with the one that the gateway matched. */
function events(served: readonly { path: string }[], method: string, path: string): object[] {
  const elb = { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/t/0' };
  const http = { method, path };
  const all: object[] = [
    {
      version: '2.0',
      routeKey: '$default',
      rawPath: path,
      requestContext: { domainName: 'x.lambda-url.eu-west-1.on.aws', http },
    },
    { httpMethod: method, path, headers: {}, requestContext: { elb } },
    { httpMethod: method, path, multiValueHeaders: {}, requestContext: { elb } },
    { httpMethod: method, path, resource: '/{proxy+}', pathParameters: { proxy: path.slice(1) }, requestContext: {} },
  ];
  const found = lookUp(served, path);
  if (!found) return all;
  const { candidate, captured } = found;
  all.push({ resource: candidate, httpMethod: method, path, pathParameters: captured, requestContext: {} });
  // A gateway that decodes refuses what it cannot decode.
  const values = Object.entries(captured).map(([name, value]) => [name, decode(value)]);
  if (values.every(([, value]) => value !== undefined))
    for (const key of [method, 'ANY'])
      all.push({
        version: '2.0',
        routeKey: `${key} ${candidate}`,
        rawPath: decode(path) ?? path,
        pathParameters: Object.fromEntries(values),
        requestContext: { domainName: 'x.execute-api.eu-west-1.amazonaws.com', http },
      });
  return all;
}

const asked = fc
  .record({
    segments: fc.array(
      fc.oneof(
        { weight: 4, arbitrary: literal },
        fc.constantFrom(
          'c',
          '%61',
          'a%40b',
          'a%2Fb',
          '%2F',
          '%25',
          '%zz',
          'caf%C3%A9',
          '__%70roto__',
          '',
          '.',
          '{v0}',
          'a+b',
        ),
      ),
      { maxLength: 4 },
    ),
    slash: fc.boolean(),
  })
  .map(({ segments, slash }) => `/${segments.join('/')}${slash && segments.length ? '/' : ''}`);

test('any set of routes, mounted or not, serves any request as the obvious matcher says, behind every front door', async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(wanted, { minLength: 1, maxLength: 12 }),
      fc.array(fc.tuple(fc.constantFrom(...METHODS, 'TRACE'), asked), { minLength: 1, maxLength: 6 }),
      async (list, requests) => {
        const { handler, served } = serve(list);
        for (const [method, path] of requests) {
          const want = expected(served, method, path);
          statuses.set(want.status, (statuses.get(want.status) ?? 0) + 1);
          for (const event of events(served, method, path)) {
            const result = (await handler(event, context)) as Record<string, never>;
            const { statusCode, body } = result;
            const headers: Record<string, unknown> = { ...(result.headers ?? {}), ...(result.multiValueHeaders ?? {}) };
            const { allow } = headers;
            expect(
              {
                status: statusCode,
                ...(statusCode === 200 && body ? JSON.parse(body) : {}),
                ...(allow ? { allow: String(allow).split(', ').sort() } : {}),
              },
              `${method} ${path} of ${JSON.stringify(served)} by ${JSON.stringify(event)}`,
            ).toEqual(want);
            if (method === 'HEAD') expect(body).toBe('');
          }
        }
      },
    ),
    { numRuns: 400 },
  );
  // The property would hold of nothing if one outcome were never tried.
  expect([...statuses.keys()].sort()).toEqual([200, 204, 400, 404, 405]);
});
