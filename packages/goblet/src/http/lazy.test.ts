import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import type { LambdaContext } from '../declare/route-types.js';
import { App, apiKey } from '../index.js';
import { lambdaHandler } from '../lambda.js';

type Members = Record<string, unknown>;

/** What a gateway sends, which remembers what of it is read: `headers.Cookie`, not just `headers`. */
function watched(kind: string, path: string) {
  const event = JSON.parse(readFileSync(new URL(`fixtures/${kind}.json`, import.meta.url), 'utf8')) as Members;
  event.isBase64Encoded = false;
  event.body = '{"ok":true}';
  for (const key of ['resource', 'path', 'rawPath']) if (key in event) event[key] = path;
  if (kind === 'http') Object.assign(event, { rawPath: `/v1${path}`, routeKey: `POST ${path}` });
  event.pathParameters = undefined;
  const read = new Set<string>();
  const watch = (members: Members, prefix: string): Members =>
    new Proxy(members, {
      get(target, key) {
        const value = Reflect.get(target, key);
        if (typeof value === 'object' && value !== null) return watch(value as Members, `${prefix}${String(key)}.`);
        read.add(`${prefix}${String(key)}`);
        return value;
      },
      ownKeys(target) {
        read.add(`${prefix}*`);
        return Reflect.ownKeys(target);
      },
    });
  return { event: watch(event, ''), read };
}

/** What a gateway's format is known and routed by, and no part of a request. */
const ROUTING: Record<string, readonly string[]> = {
  rest: ['httpMethod', 'resource', 'pathParameters', 'version'],
  http: [
    'httpMethod',
    'requestContext.http.method',
    'requestContext.domainName',
    'routeKey',
    'pathParameters',
    'version',
  ],
  url: [
    'httpMethod',
    'requestContext.http.method',
    'requestContext.domainName',
    'rawPath',
    'requestContext.stage',
    'version',
  ],
  'alb-multi': ['httpMethod', 'resource', 'path', 'version', 'requestContext.http'],
  'alb-single': ['httpMethod', 'resource', 'path', 'version', 'requestContext.http'],
};

const app = new App('lazy', { auth: { key: apiKey() } });
app.post('/nothing', () => 'untouched');
app.post('/middleware', () => 'untouched');
app.with({ value: () => 1 }).post('/value', ({ value }) => value);
app.post('/query', ({ query }) => query.tag);
app.post('/header', ({ headers }) => headers['x-twice']);
app.post('/cookies', ({ cookies }) => cookies.a);
app.post('/body', ({ body }) => body);
app.post('/raw', ({ rawBody }) => rawBody.length);
app.post('/typed', { query: z.object({ empty: z.string() }) }, ({ query }) => query.empty);
app.post('/auth', { auth: 'key' }, () => 'never');
const handler = lambdaHandler(app);

const BODY = /^(body|isBase64Encoded|(multiValueH|h)eaders\..*)$/;
const touching: Record<string, RegExp> = {
  '/nothing': /^$/,
  '/value': /^$/,
  '/query': /^(rawQueryString|(multiValueQ|q)ueryStringParameters.*)$/,
  '/header': /^(multiValueH|h)eaders.*$/,
  '/cookies': /^(cookies.*|(multiValueH|h)eaders.*)$/,
  '/body': BODY,
  '/raw': /^(body|isBase64Encoded)$/,
  '/typed': /^(rawQueryString|(multiValueQ|q)ueryStringParameters.*)$/,
  '/auth': /^requestContext\.(authorizer|identity)\b.*$/,
};

describe.each(Object.keys(ROUTING))('of what %s sends', (kind) => {
  test.each(Object.keys(touching))('%s reads what it touches, and nothing else', async (path) => {
    const { event, read } = watched(kind, path);
    const log = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
    const result = (await handler(event, { awsRequestId: 'r' } as LambdaContext)) as { statusCode: number };
    log.mockRestore();
    expect(result.statusCode).toBe(path === '/auth' ? 401 : 200);
    // ALB's answer has lists where its event has.
    const routing = [
      ...(ROUTING[kind] ?? []),
      ...(kind.startsWith('alb') ? ['multiValueHeaders', 'requestContext.elb'] : []),
    ];
    const parts = [...read].filter((member) => !routing.includes(member));
    expect(parts.filter((member) => !touching[path]?.test(member))).toEqual([]);
    if (path !== '/nothing' && path !== '/value' && path !== '/auth') expect(parts).not.toEqual([]);
  });
});

test('a part is made once, however often it is touched', async () => {
  const same = new App('x');
  same.post('/nothing', (request) =>
    (['query', 'headers', 'cookies', 'body', 'rawBody', 'params', 'log', 'signal'] as const).filter((part) => {
      const first = request[part];
      return request[part] !== first;
    }),
  );
  const { event } = watched('rest', '/nothing');
  expect(await lambdaHandler(same)(event, {} as LambdaContext)).toMatchObject({ body: '[]' });
});

test('neither the time left nor a signal, a logger or an id is asked for by a handler that does not', async () => {
  const asked: string[] = [];
  const context = new Proxy({} as LambdaContext, {
    get: (_target, key) => void asked.push(String(key)),
  });
  const timeout = vi.spyOn(AbortSignal, 'timeout');
  await handler(watched('rest', '/nothing').event, context);
  expect(asked).toEqual([]);
  expect(timeout).not.toHaveBeenCalled();
});

test('what its deps and env are made of is not touched for a request', async () => {
  const reads: string[] = [];
  const trap = new Proxy({}, { get: (_target, key) => void reads.push(String(key)) });
  const trapped = new App('x', { setup: () => ({ trap }) });
  trapped.post('/nothing', () => 'untouched');
  await lambdaHandler(trapped)(watched('rest', '/nothing').event, {} as LambdaContext);
  expect(reads).toEqual([]);
});
