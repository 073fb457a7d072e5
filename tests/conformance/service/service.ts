import { Readable } from 'node:stream';
import { type } from 'arktype';
import * as errors from 'goblet';
import { App, allow, authorizer, cookie, defineError, form, multipart, Router, raw, reply, toWeb } from 'goblet';
import * as v from 'valibot';
import * as z from 'zod';

/** API Gateway does the CORS of an HTTP API, which has one configuration for all routes. */
const HTTP_CORS = {
  origin: ['https://one.example', 'https://two.example'],
  exposeHeaders: ['X-Total'],
  maxAge: 600,
  credentials: true,
};

/**
 * The service that the conformance cases are about, as a REST or as an HTTP API. It needs nothing but itself, so that it
 * runs wherever an app does.
 */
export function conformanceService(api: 'rest' | 'http') {
  const app = new App('conformance', {
    api,
    setup: () => ({ greeting: 'hello' }),
    auth: {
      own: authorizer(
        ({ token }) => {
          if (token === 'nobody') throw new errors.Unauthorized();
          if (token === 'broken') throw new Error('secret');
          return token === 'sesame' ? allow('ali', { context: { role: 'admin' } }) : undefined;
        },
        { header: 'X-Token', ttl: 60 },
      ),
      member: authorizer(
        ({ token, deps }) => {
          if (token === 'stranger') throw new errors.Unauthorized();
          if (token === 'object') return allow('ann', { context: { role: JSON.parse('{}'), level: 0 } });
          if (token === 'narrow')
            return allow('ann', { routes: ['GET /members/{id}/files'], context: { role: 'reader', level: 1 } });
          if (token !== (deps as { greeting: string }).greeting) return undefined;
          return allow('ann', { context: { role: 'admin', level: 3 } });
        },
        { header: 'X-Member' },
      ),
      // HTTP APIs have no TOKEN authorizers.
      ticket: authorizer(({ token }) => (token === 'paid' ? allow('bob') : undefined), {
        type: api === 'rest' ? 'TOKEN' : 'REQUEST',
        header: 'X-Ticket',
        ttl: 0,
      }),
      device: authorizer(({ token, query }) => allow(`${token} of ${query.tenant}`), {
        header: 'X-Device',
        query: 'tenant',
      }),
    },
    ...(api === 'http' && { cors: HTTP_CORS }),
  });

  // ---- paths and methods
  app.get('/', () => ({ at: 'root' }));
  app.get('/literal', () => ({ ok: true, text: 'Grüße, 世界' }));
  app.get('/echo/{name}', ({ params, path }) => ({ ...params, path }));
  app.get('/pair/{first}/and/{second}', ({ params }) => ({ ...params }));
  app.get('/files/{path+}', ({ params }) => ({ ...params }));
  app.get('/precedence/fixed', () => 'literal');
  app.get('/precedence/{name}', ({ params }) => `capture ${params.name}`);
  app.get('/precedence/{name}/below', ({ params }) => `below ${params.name}`);
  app.get('/verbs', ({ method }) => ({ method }));
  app.post('/verbs', ({ method }) => ({ method }));
  app.put('/verbs', ({ method }) => ({ method }));
  app.patch('/verbs', ({ method }) => ({ method }));
  app.delete('/verbs', ({ method }) => ({ method }));
  app.route(['GET', 'POST'], '/several', ({ method }) => ({ method }));
  app.get('/own-head', () => ({ ok: true }));
  app.head('/own-head', () => reply(200, undefined, { headers: { 'x-own': 'head' } }));
  app.options('/own-options', () => reply(200, 'mine', { headers: { allow: 'OPTIONS' } }));
  app.post('/post-only', () => ({ ok: true }));
  app.get('/deps', ({ deps }) => deps.greeting);
  app.get('/__proto__/{constructor}', ({ params }) => ({ got: params.constructor }));

  // ---- the request
  app.get('/query', ({ query, all }) => ({ query, all: all('a') }));
  app.get('/signal', ({ signal, context }) => ({ aborted: signal.aborted, request: context.awsRequestId.length > 0 }));
  app.get('/web-request', async (request) => {
    const web = toWeb(request);
    const { pathname, search } = new URL(web.url);
    return { method: web.method, pathname, query: [...new URLSearchParams(search)], test: web.headers.get('x-test') };
  });
  app.get('/query-all', (request) => ({ a: request.all('a'), missing: request.all('missing') }));
  app.get(
    '/typed-query',
    { query: z.object({ n: z.coerce.number().int().min(1), tag: z.string().default('none') }) },
    ({ query }) => query,
  );
  app.get('/typed-params/{id}', { params: z.object({ id: z.coerce.number().int() }) }, ({ params }) => params);
  app.get('/typed-headers', { headers: z.object({ 'x-count': z.coerce.number() }) }, ({ headers }) => headers);
  app.get('/header', ({ headers }) => ({ test: headers['x-test'] ?? null }));
  app.get('/cookies', ({ cookies }) => ({ ...cookies }));
  app.post('/json', ({ body }) => ({ body }));
  app.post('/unread', () => ({ ok: true }));
  app.post('/raw-body', ({ rawBody }) => ({ length: rawBody.length, hex: Buffer.from(rawBody).toString('hex') }));
  const Person = z.object({
    name: z.string().min(1),
    age: z.number().int().optional(),
    tags: z.array(z.string()).default([]),
  });
  app.post('/typed', { body: Person, response: Person, status: 201 }, ({ body }) => body);
  app.post('/typed-valibot', { body: v.object({ n: v.pipe(v.string(), v.transform(Number)) }) }, ({ body }) => body);
  app.post('/typed-arktype', { body: type({ n: 'number', 'tag?': "'a' | 'b'" }) }, ({ body }) => body);
  const Later = z.object({ n: z.number().refine(async (n) => n !== 13, 'unlucky') });
  app.post('/typed-async', { body: Later }, ({ body }) => body);
  app.post(
    '/everything/{id}',
    { params: z.object({ id: z.coerce.number() }), query: z.object({ q: z.string() }), body: Person },
    () => ({ ok: true }),
  );
  app.post('/form', { body: form() }, ({ body }) => ({ ...body }));
  app.post('/typed-form', { body: form(z.object({ n: z.coerce.number() })) }, ({ body }) => body);
  app.post('/multipart', { body: multipart({ maxParts: 5, maxPartSize: 1000 }) }, ({ body }) => ({
    fields: { ...body.fields },
    files: Object.values(body.files).map(({ name, filename, contentType, bytes }) => ({
      name,
      filename,
      contentType,
      size: bytes.length,
    })),
    order: body.parts.map(({ name }) => name),
  }));
  app.post('/image', { body: raw('image/*') }, ({ body }) => ({ size: body.length }));

  // ---- results
  const Shape = z.object({ a: z.number() });
  const circular: { self?: unknown } = {};
  circular.self = circular;
  const results: Record<string, () => unknown> = {
    object: () => ({ a: 1 }),
    array: () => [1, 'two', null],
    number: () => 7,
    boolean: () => false,
    text: () => 'plain text',
    'empty-text': () => '',
    null: () => null,
    nothing: () => undefined,
    bytes: () => new Uint8Array([0, 1, 254, 255]),
    'empty-bytes': () => new Uint8Array(0),
    'node-stream': () => Readable.from([Buffer.from('ab'), 'cd']),
    'web-stream': () => new Blob(['web']).stream(),
    generator: async function* () {
      yield 'one ';
      yield 'two';
    },
    date: () => ({ at: new Date(0) }),
    map: () => ({ map: new Map([['a', 1]]) }),
    set: () => new Set([1]),
    sparse: () => Object.assign(new Array(2), { 1: 'a' }),
    infinity: () => ({ n: Number.POSITIVE_INFINITY }),
    'proto-key': () => JSON.parse('{"__proto__":{"a":1}}'),
    'undefined-member': () => ({ a: undefined, b: 1 }),
    bigint: () => ({ n: 1n }),
    circular: () => circular,
    'throwing-getter': () => ({
      get a() {
        throw new Error('secret');
      },
    }),
    'throwing-to-json': () => ({
      toJSON() {
        throw new Error('secret');
      },
    }),
    'empty-to-json': () => ({ toJSON: () => undefined }),
    'failing-stream': () =>
      Readable.from(
        (async function* () {
          yield 'one';
          throw new Error('secret');
        })(),
      ),
    'destroyed-stream': () => Readable.from(['one']).destroy(),
    'failed-response': () => Response.error(),
    function: () => () => 1,
    symbol: () => Symbol('s'),
    'not-a-number': () => ({ n: Number.NaN }),
    created: () => reply(201, { a: 1 }, { headers: { Location: '/object', 'X-Number': 7 } }),
    'header-list': () => reply(200, 'ok', { headers: { 'x-list': ['a', 'b'] } }),
    'header-none': () => reply(200, 'ok', { headers: { 'x-none': undefined as never, 'x-empty': [] } }),
    'header-cookies': () => reply(200, 'ok', { headers: { 'Set-Cookie': ['a=1', 'b=2'] } }),
    'header-not-latin': () => reply(200, 'ok', { headers: { 'x-bad': '世界' } }),
    'no-content': () => reply(204, 'never sent'),
    'octet-charset': () =>
      reply(200, new Uint8Array([0, 255]), { headers: { 'content-type': 'application/octet-stream; charset=binary' } }),
    html: () => reply(200, '<p>hi</p>', { headers: { 'Content-Type': 'text/html' } }),
    redirect: () => reply(303, undefined, { headers: { location: '/literal' } }),
    'reply-nothing': () => reply(200),
    'reply-null': () => reply(200, null),
    'two-cookies': () =>
      reply(200, 'ok', { cookies: [cookie('a', '1'), cookie('b', 'x y', { maxAge: 60, secure: false })] }),
    'bad-status': () => reply(99, 'x'),
    'bad-header-name': () => reply(200, 'x', { headers: { 'bad name': 'x' } }),
    'bad-header-value': () => reply(200, 'x', { headers: { 'x-bad': 'a\r\nset-cookie: stolen=1' } }),
    'bad-cookie': () => reply(200, 'x', { cookies: ['a=1\r\nx: y'] }),
    'web-response': () => Response.json({ web: true }, { status: 202, headers: { 'x-web': '1' } }),
    'web-binary': () => new Response(new Uint8Array([1, 2, 3])),
    'web-cookies': () => {
      const response = new Response('ok', { headers: { 'x-web': '1' } });
      response.headers.append('set-cookie', 'a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT');
      response.headers.append('set-cookie', 'b=2');
      return response;
    },
    'web-empty': () => new Response(null, { status: 204 }),
    huge: () => 'x'.repeat(7_000_000),
  };
  app.get('/results/{kind}', ({ params }) => {
    const make = Object.hasOwn(results, params.kind) ? results[params.kind] : undefined;
    if (!make) throw new errors.NotFound();
    return make();
  });
  app.post('/mirror', { body: raw() }, ({ body }) => body);
  app.delete('/results-nothing', () => undefined);
  app.post('/accepted-nothing', { status: 202 }, () => undefined);
  app.get('/stripped', { response: Shape }, () => ({ a: 1, secret: 'hidden' }));
  app.get('/string-schema', { response: z.string() }, () => 'quoted');
  app.get('/mismatch', { response: Shape }, () => JSON.parse('{"a":"secret"}'));
  app.get('/mapped/{which}', { response: { 200: Shape, 202: z.object({ ticket: z.string() }) } }, ({ params }) =>
    params.which === 'later'
      ? reply(202, { ticket: 't', extra: 1 })
      : params.which === 'never'
        ? reply(203 as 202, { ticket: 'x' })
        : { a: 2 },
  );
  app.get('/date-schema', { response: z.object({ at: z.date().transform((at) => at.getTime()) }) }, () => ({
    at: new Date(5),
  }));

  // ---- streams, which HTTP APIs do not have
  if (api === 'rest') {
    app.get('/streamed', { stream: true }, () =>
      reply(200, Readable.from(['one ', 'two']), { headers: { 'content-type': 'text/plain' }, cookies: ['a=1'] }),
    );
    app.get('/streamed/moved', { stream: true }, () => reply(303, undefined, { headers: { location: '/literal' } }));
    app.get('/streamed/fails', { stream: true }, () =>
      Readable.from(
        // biome-ignore lint/correctness/useYield: it fails before its first byte
        (async function* () {
          throw new Error('secret');
        })(),
      ),
    );
    app.delete('/streamed', () => ({ deleted: true }));
  }

  // ---- errors
  class OutOfStock extends defineError('OUT_OF_STOCK', 409, 'Out of stock') {}
  class Special extends OutOfStock {}
  const throws: Record<string, () => unknown> = {
    'bad-request': () => new errors.BadRequest('why'),
    unauthorized: () => new errors.Unauthorized('why', { headers: { 'www-authenticate': 'Bearer' } }),
    forbidden: () => new errors.Forbidden('why'),
    'not-found': () => new errors.NotFound('why'),
    'method-not-allowed': () => new errors.MethodNotAllowed('why'),
    'not-acceptable': () => new errors.NotAcceptable('why'),
    conflict: () => new errors.Conflict('why'),
    gone: () => new errors.Gone('why'),
    'precondition-failed': () => new errors.PreconditionFailed('why'),
    'content-too-large': () => new errors.ContentTooLarge('why'),
    'unsupported-media-type': () => new errors.UnsupportedMediaType('why'),
    unprocessable: () => new errors.UnprocessableContent('why'),
    'too-many': () => new errors.TooManyRequests('why', { headers: { 'retry-after': 7 } }),
    internal: () => new errors.InternalServerError('why'),
    'not-implemented': () => new errors.NotImplemented('why'),
    'bad-gateway': () => new errors.BadGateway('why'),
    unavailable: () => new errors.ServiceUnavailable('why'),
    timeout: () => new errors.GatewayTimeout('why'),
    own: () => new OutOfStock('sku 7'),
    subclass: () => new Special(),
    extended: () => new OutOfStock('sku 7', { extensions: { sku: 7, status: 200 } }),
    unknown: () => new Error('secret'),
    undefined: () => undefined,
    string: () => 'secret',
    null: () => null,
    object: () => ({ status: 200, message: 'secret' }),
    'bad-header': () => new OutOfStock('x', { headers: { 'x-bad': 'a\nb' } }),
  };
  app.get('/throws/{kind}', ({ params }) => {
    throw throws[params.kind]?.();
  });
  app.get('/rejects/{kind}', ({ params }) => Promise.reject(throws[params.kind]?.()));

  // ---- CORS of each route
  if (api === 'rest') {
    app.get('/cors/any', { cors: true }, () => ({ ok: true }));
    app.get(
      '/cors/one',
      {
        cors: {
          origin: 'https://one.example',
          exposeHeaders: ['X-Total'],
          maxAge: 600,
          credentials: true,
          headers: ['X-Extra'],
        },
      },
      () => ({ ok: true }),
    );
    app.get('/cors/many', { cors: { origin: ['https://one.example', 'https://two.example'] } }, () => ({ ok: true }));
    app.get('/cors/none', () => ({ ok: true }));
    app.get('/cors/fails', { cors: true }, () => {
      throw new Error('secret');
    });
    app.get('/cors/own', { cors: true }, () =>
      reply(200, 'ok', { headers: { 'access-control-allow-origin': 'https://own.example' } }),
    );
    app.post('/cors/json', { cors: true, body: Person }, ({ body }) => body);
    app.options('/cors/own-options', () => reply(200, 'mine'));
    app.get('/cors/mixed', { cors: true }, () => ({ ok: true }));
    app.post('/cors/mixed', () => ({ ok: true }));
  }

  // ---- an authorizer of its own
  app.get('/guarded/{id}', { auth: 'own' }, ({ auth, params }) => ({
    ...params,
    who: auth.principalId,
    role: auth.role,
  }));

  app.get('/members', { auth: 'member' }, ({ auth: { principalId, role, level } }) => ({ principalId, role, level }));
  app.post('/members', { auth: 'member' }, ({ auth }) => auth.principalId);
  app.get('/members/{id}/files', { auth: 'member' }, ({ auth, params }) => `${auth.principalId} reads ${params.id}`);
  app.delete('/members/{id}/files', { auth: 'member' }, () => 'deleted');
  app.get('/tickets', { auth: 'ticket' }, ({ auth }) => auth.principalId);
  app.get('/devices', { auth: 'device' }, ({ auth }) => auth.principalId);

  // ---- what the gateway makes of a request
  app.route(['GET', 'POST'], '/event/{rest+}', ({ event }) => event);
  app.get('/remapped', () =>
    reply(200, 'ok', {
      headers: { server: 'mine', date: 'never', 'www-authenticate': 'Basic', 'x-amzn-requestid': 'mine' },
    }),
  );
  app.get('/ends', () => {
    setImmediate(() => process.exit(3));
    return new Promise(() => {});
  });

  // ---- composition
  const router = new Router<{ deps: { greeting: string }; params: { tenant: string } }>();
  router.use(async (_request, next) => {
    const answer = await next();
    return reply(answer.status, answer.body, { headers: { ...answer.headers, 'x-router': 'yes' } });
  });
  router.get('/', ({ params }) => `home of ${params.tenant}`);
  router.get('/things/{id}', ({ params, deps }) => ({ ...params, ...deps }));
  app.mount('/tenants/{tenant}', router);
  app.mount('/copies/{tenant}', router);

  const trail = new Router();
  const step = (name: string) => async (_request: unknown, next: errors.Next) => {
    const answer = await next();
    return reply(answer.status, `${name}(${answer.body})`);
  };
  trail.use(step('outer'));
  trail.get('/onion', () => 'core');
  trail.use(step('inner'));
  trail.use(async (request, next) => (request.path.endsWith('/short') ? reply(418, 'short') : next()));
  trail.get('/short', () => 'never');
  trail.get('/caught', () => {
    throw new Error('inside');
  });
  trail.use(async (request, next) => {
    try {
      return await next();
    } catch (error) {
      if (request.path.endsWith('/caught')) return reply(200, `caught ${error instanceof Error ? error.message : ''}`);
      throw error;
    }
  });
  const scoped = trail.with({ tenant: ({ headers }) => headers['x-tenant'] ?? 'none' });
  scoped.get('/scoped', ({ tenant }) => tenant);
  app.mount('/trail', trail);

  const passed = new Router();
  passed.use((_request, next) => next());
  passed.use(async (_request, next) => {
    const answer = await next();
    const headers = { ...answer.headers, 'x-list': ['a', 'b'] };
    return { ...answer, headers, cookies: [...answer.cookies, cookie('outer', '1')] };
  });
  passed.use(async (_request, next) => void (await next()));
  passed.get('/web', () => new Response('web', { status: 202, headers: { 'x-web': '1', 'set-cookie': 'inner=1' } }));
  passed.get('/bytes', () => new Uint8Array([0, 255]));
  app.mount('/passed', passed);

  const twice = new Router();
  twice.use(async (_request, next) => {
    await next();
    return next();
  });
  twice.get('/twice', () => 'never');
  app.mount('/next', twice);
  return app;
}
