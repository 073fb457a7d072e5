import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { lambdaCloud } from '../fixtures/lambda-cloud.js';

test('a function answers what its handler returns', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('echo', 'export const handler = async (event) => ({ got: event });');
  expect(await cloud.invoke('echo', { greeting: 'grüß Gott' })).toMatchObject({
    value: { got: { greeting: 'grüß Gott' } },
  });
});

test('an environment serves one event after the other, and keeps its state between them', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('counter', 'let count = 0; export const handler = async () => ++count;');
  const values = [];
  for (let i = 0; i < 3; i++) values.push((await cloud.invoke('counter')).value);
  expect(values).toEqual([1, 2, 3]);
});

test('CommonJS handlers in folders and below other names are found', async () => {
  await using cloud = await lambdaCloud();
  const files = { 'src/app.js': 'exports.api = { users: { handler: async () => "common" } };' };
  await cloud.create('nested', files, { Handler: 'src/app.api.users.handler' });
  expect((await cloud.invoke('nested')).value).toBe('common');
});

test('a .js handler is a module where its package.json says so', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('module', {
    'index.js': 'export const handler = async () => import.meta.url.endsWith("index.js");',
    'package.json': '{ "type": "module" }',
  });
  expect((await cloud.invoke('module')).value).toBe(true);
});

test('callback handlers answer when the event loop is empty, or at once where they ask for it', async () => {
  await using cloud = await lambdaCloud();
  const source = (wait: boolean) => `
    let late = 0;
    exports.handler = (event, context, callback) => {
      context.callbackWaitsForEmptyEventLoop = ${wait};
      setTimeout(() => { late++; }, 30);
      callback(null, { get late() { return late; } });
    };`;
  await cloud.create('waiting', { 'index.js': source(true) });
  await cloud.create('hasty', { 'index.js': source(false) });
  expect((await cloud.invoke('waiting')).value).toEqual({ late: 1 });
  expect((await cloud.invoke('hasty')).value).toEqual({ late: 0 });
});

test('a handler that answers nothing gives null', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('silent', 'export const handler = () => {};');
  await cloud.create('never', 'export const handler = () => new Promise(() => {});');
  expect((await cloud.invoke('silent')).value).toBeNull();
  expect((await cloud.invoke('never')).value).toBeNull();
});

test('the context tells about the function and the request', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create(
    'context',
    `export const handler = async (event, { getRemainingTimeInMillis, ...context }) =>
       ({ ...context, succeed: undefined, fail: undefined, done: undefined, remaining: getRemainingTimeInMillis() });`,
    { MemorySize: 256, Timeout: 7 },
  );
  const { value, log } = await cloud.invoke('context');
  expect(value).toMatchObject({
    functionName: 'context',
    functionVersion: '$LATEST',
    memoryLimitInMB: '256',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:context',
    logGroupName: '/aws/lambda/context',
    callbackWaitsForEmptyEventLoop: true,
  });
  const { remaining, awsRequestId, logStreamName } = value as Record<string, string>;
  expect(Number(remaining)).toBeGreaterThan(5000);
  expect(Number(remaining)).toBeLessThanOrEqual(7000);
  expect(logStreamName).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
  expect(log).toContain(`START RequestId: ${awsRequestId} Version: $LATEST`);
});

test('the environment of a function is made from nothing', async () => {
  process.env.GOBLET_LEAK = 'secret';
  await using cloud = await lambdaCloud();
  await cloud.create('variables', 'export const handler = async () => process.env;', {
    Environment: { Variables: { TABLE: 'users' } },
  });
  const { value } = await cloud.invoke('variables');
  expect(value).toMatchObject({
    TABLE: 'users',
    AWS_REGION: 'eu-west-1',
    AWS_LAMBDA_FUNCTION_NAME: 'variables',
    AWS_ENDPOINT_URL: cloud.endpoint,
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_CONFIG_FILE: '/dev/null',
    _HANDLER: 'index.handler',
  });
  expect(value).not.toHaveProperty('HOME');
  expect(value).not.toHaveProperty('GOBLET_LEAK');
  delete process.env.GOBLET_LEAK;
});

test('what a handler throws is an error of the function', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('throwing', 'export const handler = async () => { throw new TypeError("no such thing"); };');
  await cloud.create('rejecting', 'export const handler = async () => { throw "a text"; };');
  const { value, error, log } = await cloud.invoke('throwing');
  expect(error).toBe('Unhandled');
  expect(value).toMatchObject({ errorType: 'TypeError', errorMessage: 'no such thing' });
  expect((value as { trace: string[] }).trace[0]).toBe('TypeError: no such thing');
  expect(log).toMatch(/\tERROR\tInvoke Error \t\{"errorType":"TypeError","errorMessage":"no such thing"/);
  expect((await cloud.invoke('rejecting')).value).toEqual({ errorType: 'string', errorMessage: 'a text', trace: [] });
});

test('unhandled rejections and exceptions outside the handler fail the event and replace the environment', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create(
    'loose',
    `let calls = 0;
     export const handler = async (kind) => {
       if (kind === 'fine') return ++calls;
       if (kind === 'reject') Promise.reject(new Error('left alone'));
       if (kind === 'throw') setTimeout(() => { throw new RangeError('out of hand'); });
       await new Promise((resolve) => setTimeout(resolve, 1000));
     };`,
  );
  expect((await cloud.invoke('loose', 'reject')).value).toMatchObject({
    errorType: 'Runtime.UnhandledPromiseRejection',
    errorMessage: 'Error: left alone',
  });
  expect((await cloud.invoke('loose', 'throw')).value).toMatchObject({
    errorType: 'RangeError',
    errorMessage: 'out of hand',
  });
  expect((await cloud.invoke('loose', 'fine')).value).toBe(1);
});

test('a process that exits is an ExitError', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('leaving', 'export const handler = async (code) => process.exit(code);');
  await cloud.create(
    'killed',
    'export const handler = async () => { process.kill(process.pid, "SIGKILL"); await new Promise((r) => setTimeout(r, 1000)); };',
  );
  const left = await cloud.invoke('leaving', 3);
  expect(left.error).toBe('Unhandled');
  expect(left.value).toMatchObject({
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3$/),
  });
  expect((await cloud.invoke('leaving', 0)).value).toMatchObject({
    errorMessage: expect.stringContaining('Runtime exited without providing a reason'),
  });
  expect((await cloud.invoke('killed')).value).toMatchObject({
    errorMessage: expect.stringContaining('Runtime exited with error: signal: killed'),
  });
});

test('errors while loading are told by their kind', async () => {
  await using cloud = await lambdaCloud();
  const cases = {
    missing: ['export const handler = 1;', { Handler: 'other.handler' }, 'Runtime.ImportModuleError'],
    unexported: ['export const other = 1;', {}, 'Runtime.HandlerNotFound'],
    broken: ['export const handler = ;', {}, 'Runtime.UserCodeSyntaxError'],
    unresolved: ['import "not-bundled"; export const handler = 1;', {}, 'Runtime.ImportModuleError'],
    exploding: ['throw new URIError("at load"); export const handler = 1;', {}, 'URIError'],
    exiting: ['process.exit(4); export const handler = 1;', {}, 'Runtime.ExitError'],
  } as const;
  for (const [name, [source, settings, errorType]] of Object.entries(cases)) {
    await cloud.create(name, source, settings);
    const { value, error } = await cloud.invoke(name);
    expect([name, error, (value as { errorType: string }).errorType]).toEqual([name, 'Unhandled', errorType]);
  }
});

test('an event past the time limit ends the environment, and the next one gets another', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create(
    'slow',
    `let calls = 0;
     export const handler = async (kind) => {
       if (kind === 'spin') for (;;);
       if (kind === 'wait') await new Promise((resolve) => setTimeout(resolve, 60_000));
       return ++calls;
     };`,
    { Timeout: 1 },
  );
  expect((await cloud.invoke('slow')).value).toBe(1);
  for (const kind of ['wait', 'spin']) {
    const { value, error, log } = await cloud.invoke('slow', kind);
    expect(error).toBe('Unhandled');
    expect(value).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/),
    });
    expect(log).toMatch(/^\S+Z [0-9a-f-]{36} Task timed out after 1\.00 seconds$/m);
    expect((await cloud.invoke('slow')).value).toBe(1);
  }
});

test('a handler that needs more memory than it has ends', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create(
    'greedy',
    'export const handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill({})); };',
    {
      Timeout: 20,
    },
  );
  const { value } = await cloud.invoke('greedy');
  expect(value).toMatchObject({ errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('aborted') });
});

test('an answer over six megabytes is refused', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('large', 'export const handler = async (size) => "x".repeat(size);');
  expect((await cloud.invoke('large', 6_000_000)).value).toHaveLength(6_000_000);
  const { value, error } = await cloud.invoke('large', 7_000_000);
  expect(error).toBe('Unhandled');
  expect(value).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
  expect((await cloud.invoke('large', 1)).value).toBe('x');
});

test('an answer that is no JSON value is a marshal error', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('circular', 'export const handler = async () => { const a = {}; a.a = a; return a; };');
  expect((await cloud.invoke('circular')).value).toMatchObject({ errorType: 'Runtime.MarshalError' });
});

test('a streaming handler called by Invoke gives the whole stream', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create(
    'streaming',
    `export const handler = awslambda.streamifyResponse(async (event, stream) => {
       stream.setContentType('text/plain');
       for (const part of event.parts) { stream.write(part); await new Promise((r) => setTimeout(r, 5)); }
       stream.end();
     });`,
  );
  const command = new InvokeCommand({ FunctionName: 'streaming', Payload: JSON.stringify({ parts: ['a', 'b', 'c'] }) });
  for (let i = 0; i < 2; i++) {
    const { Payload } = await cloud.client.send(command);
    expect(Buffer.from(Payload ?? []).toString()).toBe('abc');
  }
});

test('a request that is no JSON or over six megabytes is refused', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('echo', 'export const handler = async (event) => event;');
  const send = (Payload: string) => cloud.client.send(new InvokeCommand({ FunctionName: 'echo', Payload }));
  await expect(send('{')).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
  await expect(send(JSON.stringify('x'.repeat(6_300_000)))).rejects.toMatchObject({ name: 'RequestTooLargeException' });
});

test('what does not exist can not be invoked', async () => {
  await using cloud = await lambdaCloud();
  await expect(cloud.invoke('nothing')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Function not found: arn:aws:lambda:eu-west-1:000000000000:function:nothing:$LATEST',
  });
});

test('addresses of APIs that the cloud has become local ones on their way into a function', async () => {
  const Variables = {
    OWN: 'https://abcdefghij.execute-api.eu-west-1.amazonaws.com/v1/',
    OTHER: 'https://jihgfedcba.execute-api.eu-west-1.amazonaws.com/v1/',
  };
  for (const rewriteUrls of [true, false]) {
    await using cloud = await lambdaCloud({ rewriteUrls });
    cloud.context.apiIds.add('abcdefghij');
    const source = 'export const handler = async () => [process.env.OWN, process.env.OTHER];';
    await cloud.create('linked', source, { Environment: { Variables } });
    const own = rewriteUrls ? `${cloud.endpoint}/_api/abcdefghij/v1/` : Variables.OWN;
    expect((await cloud.invoke('linked')).value).toEqual([own, Variables.OTHER]);
  }
});

// test_xray_trace_propagation, 2025-11.
test('the trace of the caller’s request goes on into the function', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('users', 'export const handler = async () => process.env._X_AMZN_TRACE_ID;');
  const trace = 'Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1';
  const client = new LambdaClient(cloud.clientConfig());
  client.middlewareStack.add(
    (next) => (args) => {
      Object.assign(Object(args.request).headers, { 'x-amzn-trace-id': trace });
      return next(args);
    },
    { step: 'build' },
  );
  const { Payload } = await client.send(new InvokeCommand({ FunctionName: 'users' }));
  expect(Buffer.from(Payload ?? []).toString()).toBe(JSON.stringify(trace));
});

// test_lambda_different_iam_keys_environment, 2025-11.
test('every environment has keys of its own', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create(
    'users',
    `export const handler = async ({ until }) => {
       while (Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
       return process.env.AWS_ACCESS_KEY_ID;
     };`,
  );
  // Both are on their way at the same time.
  const until = Date.now() + 1500;
  const keys = await Promise.all([cloud.invoke('users', { until }), cloud.invoke('users', { until })]);
  expect(new Set(keys.map(({ value }) => value)).size).toBe(2);
});
