import { afterEach, expect, test, vi } from 'vitest';
import type { LambdaContext } from '../declare/route-types.js';
import { App } from '../index.js';
import { lambdaHandler } from '../lambda.js';
import { childLogger, jsonLogger } from './logger.js';

function capture(): unknown[] {
  const lines: unknown[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(JSON.parse(String(line)));
    return true;
  });
  return lines;
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

test('a message is a line of JSON with timestamp, level and fields', () => {
  const lines = capture();
  jsonLogger({}).info('started', { n: 1 });
  expect(lines).toEqual([{ timestamp: expect.stringMatching(/^\d{4}-.*Z$/), level: 'info', message: 'started', n: 1 }]);
});

test.each([
  [{}, ['info', 'warn', 'error']],
  [{ GOBLET_LOG_LEVEL: 'debug' }, ['debug', 'info', 'warn', 'error']],
  [{ AWS_LAMBDA_LOG_LEVEL: 'ERROR' }, ['error']],
  [{ GOBLET_LOG_LEVEL: 'warn', AWS_LAMBDA_LOG_LEVEL: 'DEBUG' }, ['warn', 'error']],
  [{ GOBLET_LOG_LEVEL: 'silent' }, []],
  [{ AWS_LAMBDA_LOG_LEVEL: 'TRACE' }, ['debug', 'info', 'warn', 'error']],
  [{ AWS_LAMBDA_LOG_LEVEL: 'FATAL' }, []],
  [{ GOBLET_LOG_LEVEL: '', AWS_LAMBDA_LOG_LEVEL: 'WARN' }, ['warn', 'error']],
  [{ AWS_LAMBDA_LOG_LEVEL: 'no level' }, ['info', 'warn', 'error']],
])('the environment %j lets %j through', (environment, levels) => {
  const lines = capture();
  const log = jsonLogger(environment);
  log.debug('m');
  log.info('m');
  log.warn('m');
  log.error('m');
  expect(lines.map((line) => (line as { level: string }).level)).toEqual(levels);
});

test('a level that is none is refused where the app starts', () => {
  vi.stubEnv('GOBLET_LOG_LEVEL', 'loud');
  const app = new App('x');
  app.get('/', () => 1);
  expect(() => jsonLogger({ GOBLET_LOG_LEVEL: 'loud' })).toThrow(
    'GOBLET_ENV: GOBLET_LOG_LEVEL must be one of trace,debug,info,warn,error,fatal,silent',
  );
});

test('an error keeps name, message, stack and own fields, its causes theirs, and an aggregate its errors', () => {
  const lines = capture();
  const first = new RangeError('first');
  const cause = Object.assign(new Error('second', { cause: first }), { code: 'E2' });
  const error = Object.assign(new TypeError('third', { cause }), { code: 'E3' });
  jsonLogger({}).error('m', {
    error,
    all: new AggregateError([first], 'several'),
    odd: new Error('x', { cause: 'why' }),
  });
  const stack = expect.stringContaining('logger.test.ts');
  expect(lines).toEqual([
    {
      timestamp: expect.any(String),
      level: 'error',
      message: 'm',
      error: {
        name: 'TypeError',
        message: 'third',
        stack,
        code: 'E3',
        cause: {
          name: 'Error',
          message: 'second',
          stack,
          code: 'E2',
          cause: { name: 'RangeError', message: 'first', stack },
        },
      },
      all: {
        name: 'AggregateError',
        message: 'several',
        stack,
        errors: [{ name: 'RangeError', message: 'first', stack }],
      },
      odd: { name: 'Error', message: 'x', stack, cause: 'why' },
    },
  ]);
});

test('an error in place of the fields is logged as error', () => {
  const lines = capture();
  const log = jsonLogger({});
  log.error('m', new Error('why'));
  childLogger(log, { requestId: 'r' }).error('m', new Error('why'));
  expect(lines).toMatchObject([{ error: { message: 'why' } }, { requestId: 'r', error: { message: 'why' } }]);
});

const circular: { self?: object } = {};
circular.self = circular;
const looped = Object.assign(new Error('loop'), { request: circular });
looped.cause = looped;

test.each<[string, () => unknown, unknown]>([
  ['a circular object', () => circular, expect.stringContaining('circular')],
  ['an error that holds one', () => looped, expect.stringContaining('Error: loop')],
  [
    'a getter that throws',
    () => ({
      get a() {
        throw new Error('no');
      },
    }),
    expect.stringContaining('no'),
  ],
  [
    'a toJSON that throws nothing',
    () => ({
      toJSON() {
        throw undefined;
      },
    }),
    expect.any(String),
  ],
  ['a revoked proxy', () => Object.assign(Proxy.revocable({}, {}), { revoke: 0 }).proxy, {}],
  [
    'what throws where it is said to be text',
    () => Object.assign(new Error('x'), { stack: undefined, a: circular }),
    expect.any(String),
  ],
  ['a BigInt', () => ({ n: 1n }), { n: '1' }],
  ['a Map', () => new Map([[1, 2]]), {}],
  ['a Date', () => new Date(0), '1970-01-01T00:00:00.000Z'],
])('%s does not cost the rest of the line', (_what, make, shown) => {
  const lines = capture();
  childLogger(jsonLogger({}), { requestId: 'r' }).error('m', { before: 1, odd: make(), after: 2 });
  expect(lines).toEqual([
    { timestamp: expect.any(String), level: 'error', message: 'm', requestId: 'r', before: 1, odd: shown, after: 2 },
  ]);
});

test('fields that cannot even be listed are said to be so', () => {
  const lines = capture();
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  jsonLogger({}).error('m', proxy);
  expect(lines).toMatchObject([{ level: 'error', message: 'm' }]);
});

test('what comes from outside can neither begin a line nor pass for timestamp, level, message, request or route', () => {
  const lines = capture();
  const write = vi.mocked(process.stdout.write);
  const hostile = JSON.parse(
    '{"level":"info","timestamp":"never","message":"fine","requestId":"forged","route":"GET /forged","__proto__":{"a":1}}',
  );
  const log = childLogger(jsonLogger({}), { requestId: 'r', route: 'GET /' });
  log.error('line\nbreak\r\n{"level":"error"}', hostile);
  expect(lines).toMatchObject([
    { level: 'error', message: 'line\nbreak\r\n{"level":"error"}', requestId: 'r', route: 'GET /' },
  ]);
  expect(String(write.mock.calls[0]?.[0]).trimEnd()).not.toMatch(/[\r\n]/);
  expect((lines[0] as { timestamp: string }).timestamp).toMatch(/^\d{4}-/);
});

test('console output is left as it is', async () => {
  const { log, error } = console;
  const lines: unknown[] = [];
  const print = vi.spyOn(console, 'log').mockImplementation((...parts) => void lines.push(parts));
  const spied = console.log;
  const app = new App('x', { setup: () => ({}) });
  app.get('/', () => console.log('mine', { n: 1 }));
  await lambdaHandler(app)({ resource: '/', path: '/', httpMethod: 'GET', requestContext: {} }, {} as LambdaContext);
  expect(lines).toEqual([['mine', { n: 1 }]]);
  expect(console.log).toBe(spied);
  print.mockRestore();
  expect([console.log, console.error]).toEqual([log, error]);
});

test('a child adds its fields', () => {
  const lines = capture();
  childLogger(jsonLogger({}), { requestId: 'r' }).warn('m', { n: 1 });
  expect(lines).toMatchObject([{ requestId: 'r', n: 1, level: 'warn' }]);
});

test('a handler logs with its request and route', async () => {
  const lines = capture();
  const app = new App('x');
  app.get('/users/{id}', ({ log }) => log.info('looked up'));
  const event = {
    resource: '/users/{id}',
    path: '/users/1',
    httpMethod: 'GET',
    pathParameters: { id: '1' },
    requestContext: {},
  };
  await lambdaHandler(app)(event, { awsRequestId: 'r-1' } as LambdaContext);
  expect(lines).toMatchObject([{ message: 'looked up', requestId: 'r-1', route: 'GET /users/{id}' }]);
});

test('a logger of the app itself gets everything', async () => {
  const lines: unknown[] = [];
  const take = (level: string) => (message: string, fields?: object) => void lines.push({ level, message, ...fields });
  const app = new App('x', {
    logger: { debug: take('debug'), info: take('info'), warn: take('warn'), error: take('error') },
  });
  app.get('/', () => {
    throw new Error('why');
  });
  const event = { resource: '/', path: '/', httpMethod: 'GET', requestContext: {} };
  await lambdaHandler(app)(event, { awsRequestId: 'r' } as LambdaContext);
  expect(lines).toMatchObject([
    { level: 'error', message: 'The request failed', requestId: 'r', error: { message: 'why' } },
  ]);
});

test('a logger that fails does not fail the request', async () => {
  const fail = () => {
    throw new Error('disk full');
  };
  const app = new App('x', { logger: { debug: fail, info: fail, warn: fail, error: fail } });
  app.get('/', () => {
    throw new Error('why');
  });
  const event = { resource: '/', path: '/', httpMethod: 'GET', requestContext: {} };
  expect(await lambdaHandler(app)(event, { awsRequestId: 'r' } as LambdaContext)).toMatchObject({ statusCode: 500 });
});
