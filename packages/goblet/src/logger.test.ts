import { afterEach, expect, test, vi } from 'vitest';
import { App } from './index.js';
import { lambdaHandler } from './lambda.js';
import { childLogger, jsonLogger } from './logger.js';
import type { LambdaContext } from './route-types.js';

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

test('a message is a line of JSON with time, level and fields', () => {
  const lines = capture();
  jsonLogger({}).info('started', { n: 1 });
  expect(lines).toEqual([{ time: expect.stringMatching(/^\d{4}-.*Z$/), level: 'info', message: 'started', n: 1 }]);
});

test.each([
  [{}, ['info', 'warn', 'error']],
  [{ GOBLET_LOG_LEVEL: 'debug' }, ['debug', 'info', 'warn', 'error']],
  [{ AWS_LAMBDA_LOG_LEVEL: 'ERROR' }, ['error']],
  [{ GOBLET_LOG_LEVEL: 'warn', AWS_LAMBDA_LOG_LEVEL: 'DEBUG' }, ['warn', 'error']],
  [{ GOBLET_LOG_LEVEL: 'silent' }, []],
])('the environment %j lets %j through', (environment, levels) => {
  const lines = capture();
  const log = jsonLogger(environment);
  log.debug('m');
  log.info('m');
  log.warn('m');
  log.error('m');
  expect(lines.map((line) => (line as { level: string }).level)).toEqual(levels);
});

test('errors keep message, stack and own fields; BigInt is a string; what has no JSON is said to have none', () => {
  const lines = capture();
  const log = jsonLogger({});
  const circular: { self?: object } = {};
  circular.self = circular;
  log.error('m', { error: Object.assign(new TypeError('why'), { code: 'E' }), n: 1n });
  log.error('m', circular);
  expect(lines).toMatchObject([
    { error: { name: 'TypeError', message: 'why', code: 'E', stack: expect.stringContaining('why') }, n: '1' },
    { message: 'm', unloggable: expect.stringContaining('circular') },
  ]);
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
