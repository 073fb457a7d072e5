import * as v from 'valibot';
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import type { LambdaContext } from '../declare/route-types.js';
import { App } from '../index.js';
import { lambdaHandler, started } from '../lambda.js';
import { testClient } from '../testing.js';

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
      /^GOBLET_ENV: TEXT is not set\. COUNT is not a number\. FLAG is neither true nor false\. SIZE .*number/,
    );
  });

  test.each(['', ' ', 'NaN', 'Infinity', '1,5', '12px'])('takes %j for no number', async (COUNT) => {
    await using client = testClient(app, { env: { TEXT: '', COUNT, FLAG: '0', LATER: '' } });
    await expect(client.get('/')).rejects.toThrow('COUNT');
  });

  test.each([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ])('takes %j for a boolean', async (FLAG, value) => {
    await using client = testClient(app, { env: { TEXT: '', COUNT: '1', FLAG, LATER: '' } });
    expect((await client.get('/')).body).toMatchObject({ FLAG: value, TEXT: '' });
  });

  test.each(['', 'TRUE', 'yes', 'on', 'constructor', '__proto__', 'toString'])(
    'takes %j for no boolean',
    async (FLAG) => {
      await using client = testClient(app, { env: { TEXT: '', COUNT: '1', FLAG, LATER: '' } });
      await expect(client.get('/')).rejects.toThrow('GOBLET_ENV: FLAG is neither true nor false');
    },
  );

  test('never shows a value, whatever a schema says of it', async () => {
    const secret = 'hunter2"\\';
    const says = (message: (value: string) => string) => ({
      '~standard': {
        version: 1 as const,
        vendor: 'test',
        validate: (value: unknown) => ({ issues: [{ message: message(String(value)) }] }),
      },
    });
    const secretive = new App('x', {
      env: {
        COUNT: Number,
        FLAG: Boolean,
        SAYS: says((value) => `cannot use ${value} here`),
        QUOTES: says((value) => `received ${JSON.stringify(value)}`),
        VALIBOT: v.pipe(v.string(), v.email()),
        LATER: {
          '~standard': {
            ...says(() => '')['~standard'],
            validate: async (): Promise<{ value: string }> => {
              throw new Error(`no ${secret}`);
            },
          },
        },
        THROWS: {
          '~standard': {
            ...says(() => '')['~standard'],
            validate: (): { value: string } => {
              throw new Error(`no ${secret}`);
            },
          },
        },
      },
    });
    secretive.get('/', () => 1);
    const names = ['COUNT', 'FLAG', 'SAYS', 'QUOTES', 'VALIBOT', 'LATER', 'THROWS'];
    await using client = testClient(secretive, { env: Object.fromEntries(names.map((name) => [name, secret])) });
    const error = await client.get('/').then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    for (const name of names) expect(error?.message).toMatch(new RegExp(`\\b${name} `));
    expect(String(error?.stack)).not.toContain('hunter2');
    expect(error?.message).toContain('SAYS cannot use … here. QUOTES received "…"');
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

describe('the signal of setup', () => {
  const waiting = () => {
    const seen: AbortSignal[] = [];
    const release: ((deps: object) => void)[] = [];
    const app = new App('x', {
      setup: ({ signal }) => {
        seen.push(signal);
        return new Promise<object>((resolve) => release.push(resolve));
      },
      teardown: (deps) => void ended.push(deps),
    });
    const ended: unknown[] = [];
    app.get('/', () => 1);
    return { app, seen, ended, go: (deps: object) => release.shift()?.(deps) };
  };

  test('aborts when the app ends, and a start after that has a new one', async () => {
    const { app, seen, go } = waiting();
    const client = testClient(app);
    for (const n of [1, 2]) {
      const answer = client.get('/');
      await vi.waitUntil(() => seen.length === n);
      go({});
      await answer;
      expect(seen[n - 1]?.aborted).toBe(false);
      await client[Symbol.asyncDispose]();
      expect(seen[n - 1]?.aborted).toBe(true);
    }
  });

  test('aborts while setup runs, and what setup made all the same is torn down', async () => {
    const { app, seen, ended, go } = waiting();
    const client = testClient(app);
    const answer = client.get('/');
    await vi.waitUntil(() => seen.length === 1);
    const end = client[Symbol.asyncDispose]();
    expect(seen[0]?.aborted).toBe(true);
    go({ n: 1 });
    await Promise.all([end, answer]);
    expect(ended).toEqual([{ n: 1 }]);
  });

  test.each(['throws', 'rejects'])('aborts when setup %s, and teardown does not run', async (how) => {
    let signal: AbortSignal | undefined;
    const ended: unknown[] = [];
    const app = new App('x', {
      setup: (start): object | Promise<object> => {
        signal = start.signal;
        if (how === 'throws') throw new Error('no table');
        return Promise.reject(new Error('no table'));
      },
      teardown: (deps) => void ended.push(deps),
    });
    app.get('/', () => 1);
    const client = testClient(app);
    await expect(client.get('/')).rejects.toThrow('no table');
    expect(signal?.aborted).toBe(true);
    await client[Symbol.asyncDispose]();
    expect(ended).toEqual([]);
  });
});

test('nothing of a setup that failed reaches the next one, nor a handler', async () => {
  let runs = 0;
  const app = new App('x', {
    env: { TABLE: String },
    setup: async ({ env }) => {
      await Promise.resolve();
      if (++runs < 3) throw new Error(`failed ${runs}`);
      return { table: env.TABLE };
    },
  });
  const handled: unknown[] = [];
  app.get('/', ({ deps }) => void handled.push(deps));
  const handler = lambdaHandler(app);
  vi.stubEnv('TABLE', 'users');
  for (const n of [1, 2]) {
    const together = await Promise.allSettled([handler(event, context), handler(event, context)]);
    expect(together).toMatchObject([{ reason: { message: `failed ${n}` } }, { reason: { message: `failed ${n}` } }]);
  }
  await Promise.all([handler(event, context), handler(event, context)]);
  expect(handled).toEqual([{ table: 'users' }, { table: 'users' }]);
  expect(runs).toBe(3);
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
