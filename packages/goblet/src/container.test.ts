import { afterEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { App } from './index.js';
import { lambdaHandler, started } from './lambda.js';
import type { LambdaContext } from './route-types.js';
import { testClient } from './testing.js';

const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 1000 } as LambdaContext;
const event = { resource: '/', path: '/', httpMethod: 'GET', requestContext: {} };

afterEach(() => {
  vi.unstubAllEnvs();
});

test('setup runs once, before the first request', async () => {
  let runs = 0;
  const app = new App('x', {
    setup: async () => {
      runs++;
      return { n: runs };
    },
  });
  app.get('/', ({ deps }) => deps.n);
  const handler = lambdaHandler(app);
  expect(runs).toBe(0);
  const results = await Promise.all([handler(event, context), handler(event, context), handler(event, context)]);
  expect(results).toMatchObject([{ body: '1' }, { body: '1' }, { body: '1' }]);
});

test('a setup that throws fails the event, and the next one starts anew', async () => {
  let runs = 0;
  const app = new App('x', {
    setup: () => {
      if (++runs === 1) throw new Error('no table');
      return { ok: true };
    },
  });
  app.get('/', ({ deps }) => deps.ok);
  const handler = lambdaHandler(app);
  await expect(handler(event, context)).rejects.toThrow('no table');
  expect(await handler(event, context)).toMatchObject({ body: 'true' });
});

describe('on Lambda', () => {
  test('a setup that throws is thrown while the module loads', () => {
    vi.stubEnv('AWS_LAMBDA_RUNTIME_API', '127.0.0.1:1');
    const app = new App('x', {
      setup: () => {
        throw new Error('no table');
      },
    });
    app.get('/', () => 1);
    expect(() => lambdaHandler(app, 'APIHandler')).toThrow('no table');
  });

  test('setup starts at once, and started waits for it', async () => {
    vi.stubEnv('AWS_LAMBDA_RUNTIME_API', '127.0.0.1:1');
    let done = false;
    const app = new App('x', {
      setup: async () => {
        await Promise.resolve();
        done = true;
        return {};
      },
    });
    app.get('/', () => 1);
    lambdaHandler(app, 'APIHandler');
    await started(app);
    expect(done).toBe(true);
  });

  test('a function that the app does not have is refused where it is the one to serve', () => {
    vi.stubEnv('AWS_LAMBDA_RUNTIME_API', '127.0.0.1:1');
    vi.stubEnv('_HANDLER', 'index.nope');
    expect(() => lambdaHandler(new App('x'), 'nope')).toThrow(
      'GOBLET_FUNCTION_UNKNOWN: the app has no function "nope"',
    );
  });
});

test('declaring an app runs neither setup nor the environment', () => {
  const app = new App('x', {
    env: { MISSING: String },
    setup: () => {
      throw new Error('ran');
    },
  });
  expect(app.name).toBe('x');
});

describe('the environment', () => {
  const spec = {
    TEXT: String,
    COUNT: Number,
    FLAG: Boolean,
    SIZE: z.coerce.number().default(20),
    LATER: z.string().transform(async (text) => text.length),
  };
  const app = new App('x', { env: spec, setup: ({ env }) => ({ env }) });
  app.get('/', ({ env, deps }) => ({ ...env, same: env === deps.env }));

  test('is parsed by type and schema', async () => {
    await using client = testClient(app, { env: { TEXT: 't', COUNT: '1.5', FLAG: 'true', LATER: 'four' } });
    expect((await client.get('/')).body).toEqual({ TEXT: 't', COUNT: 1.5, FLAG: true, SIZE: 20, LATER: 4, same: true });
  });

  test('names every variable that is missing or wrong, in one error', async () => {
    await using client = testClient(app, { env: { COUNT: 'many', FLAG: 'yes', SIZE: 'x', LATER: '' } });
    await expect(client.get('/')).rejects.toThrow(
      /GOBLET_ENV: TEXT is not set. COUNT is "many", not a number. FLAG is "yes", neither true nor false. SIZE /,
    );
  });

  test.each(['', ' ', 'NaN'])('takes %j for no number', async (COUNT) => {
    await using client = testClient(app, { env: { TEXT: '', COUNT, FLAG: '0', LATER: '' } });
    await expect(client.get('/')).rejects.toThrow('COUNT');
  });

  test('is not asked for by a test that brings its own deps, until it is read', async () => {
    const lazy = new App('x', { env: { MISSING: String }, setup: () => ({ n: 1 }) });
    lazy.get('/deps', ({ deps }) => deps.n);
    lazy.get('/env', ({ env }) => env.MISSING);
    await using client = testClient(lazy, { deps: { n: 7 } });
    expect((await client.get('/deps')).body).toBe(7);
    expect((await client.get('/env')).status).toBe(500);
    expect(String(client.logs[0]?.error)).toContain('MISSING is not set');
  });
});

test('teardown gets what setup made, once', async () => {
  const ended: unknown[] = [];
  const app = new App('x', { setup: () => ({ n: 1 }), teardown: (deps) => void ended.push(deps) });
  app.get('/', () => 1);
  const client = testClient(app);
  await client.get('/');
  await client[Symbol.asyncDispose]();
  await client[Symbol.asyncDispose]();
  expect(ended).toEqual([{ n: 1 }]);
});

test('teardown leaves what a test brought alone', async () => {
  const ended: unknown[] = [];
  const app = new App('x', { setup: () => ({ n: 1 }), teardown: (deps) => void ended.push(deps) });
  app.get('/', () => 1);
  {
    await using client = testClient(app, { deps: { n: 2 } });
    await client.get('/');
  }
  expect(ended).toEqual([]);
});

test('the signal aborts before the time is up, and not after an answer', async () => {
  const app = new App('x');
  const signals: AbortSignal[] = [];
  app.get('/', ({ signal }) => {
    signals.push(signal);
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason.name)));
  });
  app.get('/quick', ({ signal }) => {
    signals.push(signal);
    return 'quick';
  });
  const handler = lambdaHandler(app);
  const short = { ...context, getRemainingTimeInMillis: () => 20 };
  expect(await handler(event, short)).toMatchObject({ body: 'TimeoutError' });
  expect(await handler({ ...event, resource: '/quick' }, short)).toMatchObject({ body: 'quick' });
  expect(signals.map((signal) => signal.aborted)).toEqual([true, false]);
});
