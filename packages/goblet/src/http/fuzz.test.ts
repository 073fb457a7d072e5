import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { propertyRuns } from '../../../../tests/property-runs.js';
import type { LambdaContext } from '../declare/route-types.js';
import { App, allow, apiKey, authorizer, compression, form, multipart, Router, raw, reply } from '../index.js';
import { lambdaHandler } from '../lambda.js';

const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 1000 } as LambdaContext;
/** Stands in every text of the input, and so shows where input comes out. */
const MARK = 'm4rk';
const ORIGINS = ['https://a.example', 'https://b.example'];

let logged = 0;
const count = () => {
  logged += 1;
};
const app = new App('fuzz', {
  alsoBehind: ['url', 'alb'],
  logger: { debug() {}, info: count, warn: count, error: count },
  cors: { origin: ORIGINS, credentials: true, exposeHeaders: ['X-A'] },
  compression: compression({ minimumSize: 0 }),
  auth: { key: apiKey(), own: authorizer(() => allow('me')) },
});
app.use(async (request, next) => {
  const answer = await next();
  return reply(answer.status, answer.body, { headers: { ...answer.headers, 'x-method': request.method.length } });
});
const everything = z.object({ name: z.string(), tags: z.record(z.string(), z.unknown()).optional() });
const scope = app.with({ agent: ({ headers }) => headers['user-agent'] });
scope.post('/users/{name}/{rest+}', (request) => ({
  params: request.params,
  query: request.query,
  all: request.all('tag'),
  headers: request.headers,
  cookies: request.cookies,
  body: request.body,
  path: request.path,
  agent: request.agent,
  late: request.signal.aborted,
}));
app.post(
  '/typed',
  { body: everything, response: everything, query: z.object({ n: z.coerce.number() }) },
  ({ body }) => body,
);
app.post('/form', { body: form(z.object({ a: z.string() })) }, ({ body }) => body);
app.post('/multipart', { body: multipart() }, ({ body }) => body.parts.map(({ name, text }) => ({ name, text })));
app.post('/raw', { body: raw('image/*') }, ({ body }) => body);
app.post('/text', ({ rawBody }) => String(rawBody));
app.post('/said', ({ query, path }) => `${query.a}${path}`);
app.get('/stream', { stream: true }, ({ query }) => Readable.from([String(query.a)]));
app.get('/key', { auth: 'key' }, ({ auth }) => auth);
app.get('/own', { auth: ['own', 'key'] }, ({ auth }) => auth);
const router = new Router<{ params: { constructor: string } }>();
router.get('/__proto__/{toString}', ({ params }) => ({ ...params }));
app.mount('/{constructor}', router);
const handler = lambdaHandler(app);

const PATHS = ['/typed', '/form', '/multipart', '/raw', '/text', '/said', '/stream', '/key', '/own', '/{constructor}/__proto__/{toString}', '/nowhere']; // biome-ignore format: a list
const KINDS = ['rest', 'http', 'http-1.0', 'url', 'alb-multi', 'alb-single'] as const;
const fixtures = new Map(
  KINDS.map((kind) => [kind, readFileSync(new URL(`fixtures/${kind}.json`, import.meta.url), 'utf8')] as const),
);

type Json = Record<string, unknown>;

const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const isHeader = ([name, value]: [string, unknown]) =>
  TOKEN.test(name) && typeof value === 'string' && VALUE.test(value);
const only = (result: Json, ...names: string[]) => Object.keys(result).every((name) => names.includes(name));

/** Whether this front door takes this result: "Lambda function response" on the pages that the fixtures cite. */
function takes(kind: string, result: Json): boolean {
  const { statusCode, headers, multiValueHeaders, cookies, body, isBase64Encoded } = result;
  if (!Number.isInteger(statusCode) || Number(statusCode) < 200 || Number(statusCode) > 599) return false;
  if (typeof body !== 'string' || !body.isWellFormed()) return false;
  if (isBase64Encoded !== undefined && typeof isBase64Encoded !== 'boolean') return false;
  if (isBase64Encoded && Buffer.from(body, 'base64').toString('base64') !== body) return false;
  if (headers !== undefined && !Object.entries(headers as Json).every(isHeader)) return false;
  const lists = Object.entries((multiValueHeaders ?? {}) as Record<string, unknown[]>);
  if (!lists.every(([name, list]) => Array.isArray(list) && list.every((value) => isHeader([name, value]))))
    return false;
  if (kind === 'v2')
    return (
      only(result, 'statusCode', 'headers', 'cookies', 'body', 'isBase64Encoded') &&
      ((cookies ?? []) as unknown[]).every((one) => isHeader(['set-cookie', one]))
    );
  if (kind === 'v1') return only(result, 'statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded');
  // A load balancer takes the form in which it asked, and answers 502 to the other.
  const form = kind === 'alb-multi' ? 'multiValueHeaders' : 'headers';
  return result[form] !== undefined && only(result, 'statusCode', form, 'body', 'isBase64Encoded');
}

/** The front door that would send this, by the fields that tell them apart. */
function kindOf(event: unknown): string | undefined {
  const { httpMethod, resource, requestContext, multiValueHeaders } = Object(event) as Json;
  const { http, elb } = Object(requestContext) as Json;
  if (httpMethod && resource) return 'v1';
  if (http) return 'v2';
  if (httpMethod && elb) return multiValueHeaders ? 'alb-multi' : 'alb-single';
  return undefined;
}

const prototypes = [Object, Array, Function, String, Map, Promise].map(({ prototype }) => prototype as object);
const properties = () => prototypes.map((one) => Object.entries(Object.getOwnPropertyDescriptors(one)));
const before = properties();

async function check(given: unknown): Promise<number | undefined> {
  // Lambda carries events as JSON.
  const event: unknown = JSON.parse(JSON.stringify(given) ?? 'null');
  logged = 0;
  const started = performance.now();
  const kind = kindOf(event);
  let result: Json;
  try {
    result = (await handler(event, context)) as Json;
  } catch (error) {
    expect(String(error)).toMatch(/^TypeError: GOBLET_EVENT_UNKNOWN/);
    expect(kind).toBeUndefined();
    return undefined;
  }
  expect(performance.now() - started).toBeLessThan(5000);
  expect(kind).toBeDefined();
  const carried = JSON.parse(JSON.stringify(result)) as Json;
  expect(takes(kind ?? '', carried), JSON.stringify(carried)).toBe(true);
  if (Number(result.statusCode) >= 400) expect(logged).toBeGreaterThan(0);
  const { statusCode, body, isBase64Encoded, ...rest } = carried;
  expect(JSON.stringify(rest)).not.toContain(MARK);
  const sent = { ...(rest.headers as Json), ...(rest.multiValueHeaders as Json) };
  const origin = sent['access-control-allow-origin'];
  if (origin !== undefined) expect(ORIGINS).toContain(String(origin));
  return Number(statusCode);
}

/** A text with the mark in it. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('__proto__', 'constructor', '%', '%zz', '%00', '%E0%A4', '../..', '\r\nx: y', '\0', '\ud800', '世界', ','),
).map((one) => MARK + one); // biome-ignore format: one line
const known = fc.constantFrom(
  ...['', 'GET', 'POST', 'HEAD', 'OPTIONS', '/', '__proto__', 'constructor', 'gzip', 'br;q=0', 'https://a.example'],
  ...[
    'application/json',
    'multipart/form-data; boundary=x',
    'image/png',
    'application/x-www-form-urlencoded',
    '{',
    '{"name":"x"}',
  ],
  ...['----', 'a=1', '%%%', 'aGk='],
);
const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: text },
  { weight: 3, arbitrary: known },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  { weight: 1, arbitrary: fc.constantFrom(undefined, null, 0, -1, 7, true, false, [], {}, [[]], [null], '') },
  {
    weight: 2,
    arbitrary: fc.dictionary(fc.oneof(text, known), fc.oneof(text, known, fc.constantFrom(null, 7, [], ['a', 'b']))),
  },
);
const field = fc.constantFrom(
  ...['version', 'resource', 'path', 'httpMethod', 'headers', 'multiValueHeaders', 'queryStringParameters', 'body'],
  ...['multiValueQueryStringParameters', 'pathParameters', 'routeKey', 'rawPath', 'rawQueryString', 'cookies'],
  ...['isBase64Encoded', 'requestContext', 'requestContext.http', 'requestContext.http.method', 'requestContext.elb'],
  ...['requestContext.stage', 'requestContext.domainName', 'requestContext.authorizer', 'requestContext.identity'],
  ...[
    'content-type',
    'accept-encoding',
    'origin',
    'cookie',
    'access-control-request-method',
    'user-agent',
    'x',
  ].flatMap((name) => [`headers.${name}`, `multiValueHeaders.${name}`]),
  ...['name', '__proto__', 'constructor'].map((name) => `pathParameters.${name}`),
);

/** Sets a field that may lie deep, as JSON would have it; `undefined` takes it away. */
function put(event: Json, path: string, value: unknown): void {
  const [name = '', ...rest] = path.split('.');
  if (rest.length && typeof event[name] === 'object' && event[name] !== null)
    put(event[name] as Json, rest.join('.'), value);
  else if (!rest.length && value === undefined) delete event[name];
  else if (!rest.length)
    Object.defineProperty(event, name, { value, enumerable: true, configurable: true, writable: true });
}

/** A right event of this kind, asking for this path. */
function rightEvent(kind: (typeof KINDS)[number], method: string, path: string): Json {
  const event = JSON.parse(fixtures.get(kind) ?? '') as Json;
  if (path !== '/users/{name}/{rest+}') {
    const asked = path.replace(/\{\w+\}/g, MARK);
    for (const name of ['path', 'rawPath']) if (name in event) event[name] = asked;
    if ('resource' in event) event.resource = path;
    if (event.routeKey !== undefined && kind === 'http') event.routeKey = `${method} ${path}`;
  }
  if ('httpMethod' in event) event.httpMethod = method;
  put(event, 'requestContext.http.method', method);
  return event;
}
const event = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    method: fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'PATCH'),
    path: fc.oneof(fc.constant('/users/{name}/{rest+}'), fc.constantFrom(...PATHS)),
    changes: fc.array(fc.tuple(field, anything), { maxLength: 6 }),
  })
  .map(({ kind, method, path, changes }) => {
    const made = rightEvent(kind, method, path);
    // A copy: values that are shared could be put into one another.
    for (const [name, value] of changes) put(made, name, structuredClone(value));
    return made;
  });

test('whatever comes, a front door gets what it takes, or the error that says it is none', async () => {
  const statuses = new Set<number | undefined>();
  await fc.assert(
    fc.asyncProperty(event, async (given) => {
      statuses.add(await check(given));
    }),
    { numRuns: propertyRuns(6000) },
  );
  expect(properties()).toEqual(before);
  // The property would say little if it never got through, or never failed.
  for (const status of [200, 204, 400, 401, 404, 405, 415, 422, 500, undefined]) expect(statuses).toContain(status);
}, 120_000);

test('any JSON at all is answered or refused', async () => {
  const events = fc.oneof(fc.jsonValue(), fc.object(), fc.array(text));
  await fc.assert(
    fc.asyncProperty(events, async (given) => {
      await check(given);
    }),
    { numRuns: propertyRuns(1500) },
  );
  expect(properties()).toEqual(before);
}, 60_000);

test.each(KINDS)('a right event of %s is answered with 200', async (kind) => {
  expect(await check(rightEvent(kind, 'POST', '/users/{name}/{rest+}'))).toBe(200);
});

test('a context of any kind will do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.jsonValue(), fc.constant(undefined)), async (given) => {
      const result = await handler(rightEvent('rest', 'POST', '/users/{name}/{rest+}'), given as never);
      expect(result).toMatchObject({ statusCode: expect.any(Number) });
    }),
  );
});
