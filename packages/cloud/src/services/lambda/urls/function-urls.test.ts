import { createHash } from 'node:crypto';
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  CreateAliasCommand,
  CreateFunctionUrlConfigCommand,
  type CreateFunctionUrlConfigCommandInput,
  DeleteAliasCommand,
  DeleteFunctionUrlConfigCommand,
  GetFunctionUrlConfigCommand,
  ListFunctionUrlConfigsCommand,
  UpdateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LambdaCloud, lambdaCloud } from '../fixtures/lambda-cloud.js';

// Answers as AWS was recorded to give them by the tests of LocalStack (TestLambdaURL, TestLambdaUrl, 2025-11).

const users = { FunctionName: 'users' };
const ARN = 'arn:aws:lambda:eu-west-1:000000000000:function:users';
const NO_RESOURCE = { name: 'ResourceNotFoundException', message: 'The resource you requested does not exist.' };
const NO_FUNCTION = { name: 'ResourceNotFoundException', message: 'Function does not exist' };

async function withFunction() {
  const cloud = await lambdaCloud();
  await cloud.create('users', 'export const handler = async (event) => event;');
  await cloud.client.send(new CreateAliasCommand({ ...users, Name: 'live', FunctionVersion: '$LATEST' }));
  return cloud;
}

test('a function URL is made once, and answered, changed and deleted', async () => {
  await using cloud = await withFunction();
  const { client } = cloud;
  const create = (settings: Partial<CreateFunctionUrlConfigCommandInput> = {}) =>
    client.send(new CreateFunctionUrlConfigCommand({ ...users, AuthType: 'NONE', ...settings }));
  const get = (Qualifier?: string) => client.send(new GetFunctionUrlConfigCommand({ ...users, Qualifier }));
  const { $metadata, ...created } = await create();
  expect(created).toEqual({
    AuthType: 'NONE',
    CreationTime: expect.any(String),
    FunctionArn: ARN,
    FunctionUrl: expect.stringMatching(new RegExp(`^${cloud.endpoint}/_url/[a-z0-9]{32}/$`)),
  });
  await expect(create()).rejects.toMatchObject({
    name: 'ResourceConflictException',
    message: `Failed to create function url config for [functionArn = ${ARN}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
  });
  expect(await get()).toMatchObject({
    ...created,
    InvokeMode: 'BUFFERED',
    LastModifiedTime: expect.any(String),
  });
  const { FunctionUrl } = await create({ Qualifier: 'live', InvokeMode: 'BUFFERED', Cors: { AllowOrigins: ['*'] } });
  expect(FunctionUrl).not.toBe(created.FunctionUrl);
  const update = new UpdateFunctionUrlConfigCommand({ ...users, AuthType: 'AWS_IAM', InvokeMode: 'RESPONSE_STREAM' });
  expect(await client.send(update)).toMatchObject({ AuthType: 'AWS_IAM', InvokeMode: 'RESPONSE_STREAM' });
  const { FunctionUrlConfigs } = await client.send(new ListFunctionUrlConfigsCommand(users));
  expect(FunctionUrlConfigs).toMatchObject([
    { FunctionArn: ARN, AuthType: 'AWS_IAM' },
    { FunctionArn: `${ARN}:live`, Cors: { AllowOrigins: ['*'] } },
  ]);
  await client.send(new DeleteFunctionUrlConfigCommand(users));
  await expect(get()).rejects.toMatchObject(NO_RESOURCE);
  expect(await get('live')).toMatchObject({ FunctionArn: `${ARN}:live` });
});

test('function URLs are of functions and aliases that are there', async () => {
  await using cloud = await withFunction();
  const { client } = cloud;
  const url = { AuthType: 'NONE' as const };
  const none = { FunctionName: 'none' };
  await expect(client.send(new CreateFunctionUrlConfigCommand({ ...none, ...url }))).rejects.toMatchObject(NO_FUNCTION);
  const create = (Qualifier: string) =>
    client.send(new CreateFunctionUrlConfigCommand({ ...users, ...url, Qualifier }));
  await expect(create('absent')).rejects.toMatchObject(NO_FUNCTION);
  for (const qualifier of ['1', '$LATEST']) {
    await expect(create(qualifier)).rejects.toMatchObject({
      name: 'ValidationException',
      message: `1 validation error detected: Value '${qualifier}' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)`,
    });
  }
  await expect(client.send(new UpdateFunctionUrlConfigCommand(none))).rejects.toMatchObject(NO_FUNCTION);
  await expect(client.send(new UpdateFunctionUrlConfigCommand(users))).rejects.toMatchObject(NO_RESOURCE);
  await expect(client.send(new GetFunctionUrlConfigCommand(none))).rejects.toMatchObject(NO_RESOURCE);
  await expect(client.send(new DeleteFunctionUrlConfigCommand(none))).rejects.toMatchObject(NO_RESOURCE);
  await expect(client.send(new ListFunctionUrlConfigsCommand(none))).rejects.toMatchObject(NO_FUNCTION);
  const mode = { ...users, ...url, InvokeMode: 'UNKNOWN' as never };
  await expect(client.send(new CreateFunctionUrlConfigCommand(mode))).rejects.toThrow(
    "1 validation error detected: Value 'UNKNOWN' at 'invokeMode' failed to satisfy constraint: Member must satisfy enum value set: [RESPONSE_STREAM, BUFFERED]",
  );
});

/** A function at an address of its own, which everybody may call. */
async function served(cloud: LambdaCloud, name: string, code: string, more: object = {}): Promise<string> {
  await cloud.create(name, code);
  const input = { FunctionName: name, AuthType: 'NONE' as const, ...more };
  const { FunctionUrl = '' } = await cloud.client.send(new CreateFunctionUrlConfigCommand(input));
  return FunctionUrl;
}

let cloud: LambdaCloud;
beforeAll(async () => {
  cloud = await lambdaCloud();
});
afterAll(() => cloud.close());

test('a request is an event of payload format 2.0, with its path as it was sent', async () => {
  const url = await served(cloud, 'echo', 'export const handler = async (event) => event;');
  const answer = await fetch(`${url}pa2%2Fth/1?q=query&multi=a&multi=%2Fb`, {
    method: 'POST',
    body: '{"foo":"bar"}',
    headers: { 'content-type': 'application/json', cookie: 'a=1; b=2', 'user-agent': 'test/echo' },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/json');
  const id = url.split('/').at(-2);
  expect(await answer.json()).toEqual({
    version: '2.0',
    routeKey: '$default',
    rawPath: '/pa2%2Fth/1',
    rawQueryString: 'q=query&multi=a&multi=%2Fb',
    cookies: ['a=1', 'b=2'],
    headers: expect.objectContaining({ 'content-type': 'application/json', 'x-forwarded-proto': 'http' }),
    queryStringParameters: { q: 'query', multi: 'a,/b' },
    requestContext: {
      accountId: 'anonymous',
      apiId: id,
      domainName: cloud.endpoint.replace('http://', ''),
      domainPrefix: id,
      http: {
        method: 'POST',
        path: '/pa2%2Fth/1',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'test/echo',
      },
      requestId: expect.any(String),
      routeKey: '$default',
      stage: '$default',
      time: expect.any(String),
      timeEpoch: expect.any(Number),
    },
    body: '{"foo":"bar"}',
    isBase64Encoded: false,
  });
});

test('bodies that are no text, and those of no type, are base64', async () => {
  const code = 'export const handler = async ({ body, isBase64Encoded }) => ({ body, isBase64Encoded });';
  const url = await served(cloud, 'bodies', code);
  const form = await fetch(url, { method: 'POST', body: new URLSearchParams({ a: '1' }) });
  expect(await form.json()).toEqual({ body: Buffer.from('a=1').toString('base64'), isBase64Encoded: true });
  expect(await (await fetch(url)).json()).toEqual({ isBase64Encoded: false });
});

test.each([
  [{ hello: 'world' }, 200, '{"hello":"world"}', 'application/json'],
  [{ statusCode: 200, body: 'body123' }, 200, 'body123', 'application/json'],
  [['hello', 3, true], 200, '["hello",3,true]', 'application/json'],
  ['hello', 200, 'hello', 'application/json'],
  [3.1, 200, '3.1', 'application/json'],
  [
    { statusCode: '418', body: "i'm a teapot", headers: { 'Content-Type': 'text/plain' } },
    418,
    "i'm a teapot",
    'text/plain',
  ],
  [{ statusCode: 200, body: 'AQI=', isBase64Encoded: true }, 200, '\u0001\u0002', 'application/json'],
  [{ statusCode: 'no' }, 502, 'Internal Server Error', 'application/json'],
])('the result %j is answered', async (result, status, body, type) => {
  const name = `f${createHash('sha256').update(JSON.stringify(result)).digest('hex').slice(0, 16)}`;
  const url = await served(cloud, name, `export const handler = async () => (${JSON.stringify(result)});`);
  const answer = await fetch(url);
  expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([status, body, type]);
});

test('cookies are headers of their own, and a failure is told to nobody', async () => {
  const code = `export const handler = async ({ rawPath }) => {
    if (rawPath === '/fail') throw new Error('secret');
    return { statusCode: 201, cookies: ['a=1', 'b=2'], headers: { 'My-Header': 'Value' } };
  };`;
  const url = await served(cloud, 'cookies', code);
  const answer = await fetch(url);
  expect([answer.status, answer.headers.getSetCookie(), answer.headers.get('my-header')]).toEqual([
    201,
    ['a=1', 'b=2'],
    'Value',
  ]);
  const failure = await fetch(`${url}fail`);
  expect([failure.status, await failure.text()]).toEqual([502, 'Internal Server Error']);
  expect(cloud.events).toContainEqual(
    expect.objectContaining({ kind: 'warning', message: expect.stringMatching(/function URL of cookies .*secret/) }),
  );
});

test('a response is streamed, with the head that the function gives it or without', async () => {
  const code = `export const handler = awslambda.streamifyResponse(async ({ rawPath }, stream) => {
    if (rawPath === '/head') {
      stream = awslambda.HttpResponseStream.from(stream, { statusCode: 202, headers: { 'x-a': 'b' }, cookies: ['c=1'] });
    } else stream.setContentType('text/plain');
    stream.write('one ');
    stream.write('two');
    stream.end();
  });`;
  const url = await served(cloud, 'stream', code, { InvokeMode: 'RESPONSE_STREAM' });
  const plain = await fetch(url);
  expect([plain.status, plain.headers.get('content-type'), await plain.text()]).toEqual([200, 'text/plain', 'one two']);
  const headed = await fetch(`${url}head`);
  expect([headed.status, headed.headers.get('x-a'), headed.headers.getSetCookie(), await headed.text()]).toEqual([
    202,
    'b',
    ['c=1'],
    'one two',
  ]);
});

test('a URL that streams hands on what a function returns as it is', async () => {
  const code = 'export const handler = async () => ({ statusCode: 201, body: "text" });';
  const url = await served(cloud, 'whole', code, { InvokeMode: 'RESPONSE_STREAM' });
  const answer = await fetch(url);
  expect([answer.status, await answer.json()]).toEqual([200, { statusCode: 201, body: 'text' }]);
});

test('the cross-origin settings of a URL answer preflights and are on every response', async () => {
  const code =
    'export const handler = async () => ({ headers: { "access-control-allow-origin": "mine" }, statusCode: 200 });';
  const url = await served(cloud, 'cors', code, {
    Cors: { AllowOrigins: ['https://a.example'], AllowMethods: ['GET'], AllowHeaders: ['x-a'], MaxAge: 60 },
  });
  const headers = { origin: 'https://a.example', 'access-control-request-method': 'GET' };
  const preflight = await fetch(url, { method: 'OPTIONS', headers });
  const cors = ({ headers }: Response) =>
    Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));
  expect(preflight.status).toBe(200);
  expect(cors(preflight)).toEqual({
    'access-control-allow-origin': 'https://a.example',
    'access-control-allow-methods': 'GET',
    'access-control-allow-headers': 'x-a',
    'access-control-max-age': '60',
  });
  const origin = { origin: 'https://a.example' };
  expect(cors(await fetch(url, { headers: origin }))).toEqual({ 'access-control-allow-origin': 'https://a.example' });
  expect(cors(await fetch(url, { headers: { origin: 'https://b.example' } }))).toEqual({});
});

test('a URL is served at the root of a host of its own, on AWS’s name of it and below localhost', async () => {
  const url = await served(
    cloud,
    'hosted',
    'export const handler = async ({ rawPath, requestContext }) => [rawPath, requestContext.domainName];',
  );
  const id = url.split('/').at(-2);
  for (const host of [`${id}.lambda-url.eu-west-1.on.aws`, `${id}.lambda-url.eu-west-1.localhost`]) {
    const { status, body } = await asked(`${cloud.endpoint}/users/1`, host);
    expect([status, JSON.parse(body)]).toEqual([200, ['/users/1', host]]);
  }
});

/** GETs an address under another name of the host, which `fetch` does not send. */
function asked(url: string, host: string): Promise<{ readonly status: number | undefined; readonly body: string }> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { host } }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode, body }), reject);
    }).on('error', reject);
  });
}

test('an address that is none, and one whose alias has gone, are forbidden', async () => {
  const none = await fetch(`${cloud.endpoint}/_url/none/`);
  expect([none.status, await none.text(), none.headers.get('x-amzn-errortype')]).toEqual([
    403,
    '{"Message":null}',
    'AccessDeniedException',
  ]);
  await cloud.create('aliased', 'export const handler = async () => 1;');
  const live = { FunctionName: 'aliased', Qualifier: 'live' };
  await cloud.client.send(
    new CreateAliasCommand({ FunctionName: 'aliased', Name: 'live', FunctionVersion: '$LATEST' }),
  );
  const { FunctionUrl = '' } = await cloud.client.send(
    new CreateFunctionUrlConfigCommand({ ...live, AuthType: 'NONE' }),
  );
  expect((await fetch(FunctionUrl)).status).toBe(200);
  await cloud.client.send(new DeleteAliasCommand({ FunctionName: 'aliased', Name: 'live' }));
  const gone = await fetch(FunctionUrl);
  expect([gone.status, await gone.json()]).toEqual([403, { Message: expect.stringMatching(/^Forbidden\. /) }]);
});
