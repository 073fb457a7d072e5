import { APIGatewayClient, GetStageCommand } from '@aws-sdk/client-api-gateway';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  GetFunctionCommand,
  GetPolicyCommand,
  InvokeWithResponseStreamCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClientConfig } from '../processes/deployed-app.js';
import { Gate } from '../processes/gate.js';
import { getAs } from '../processes/host-request.js';
import { Feature } from './feature.js';

let app: Feature;
let blue: string;
let green: string;
let lambda: LambdaClient;
let logs: CloudWatchLogsClient;
let clientConfig: ClientConfig;

beforeAll(async () => {
  app = await Feature.deployed('Blue');
  blue = app.output();
  green = app.output('EndpointURL', 'Green');
  clientConfig = app.clientConfig;
  lambda = new LambdaClient(clientConfig);
  logs = new CloudWatchLogsClient(clientConfig);
});
afterAll(async () => {
  lambda?.destroy();
  logs?.destroy();
});

const json = async (url: string) => (await fetch(url)).json();

describe('a stage', () => {
  test('hands its variables to the function, and its environment to each deployment of one service', async () => {
    expect(await json(`${blue}greeting`)).toEqual({ greeting: 'hello', variables: { color: 'blue' } });
    expect(await json(`${green}greeting`)).toEqual({ greeting: 'hi', variables: null });
  });

  test('answers 429 beyond its throttle, with the CORS headers of the gateway', async () => {
    const ask = () => fetch(`${green}running`, { headers: { origin: 'https://shop.example' } });
    const answers = [await ask(), await ask(), await ask()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    for (const answer of answers) {
      expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    }
    expect(await answers[2]?.json()).toEqual({ message: 'Too Many Requests' });
  });

  test('answers preflights without the function', async () => {
    const headers = { origin: 'https://shop.example', 'access-control-request-method': 'GET' };
    const answer = await fetch(`${blue}fails/loudly`, { method: 'OPTIONS', headers });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-headers')).toContain('x-token');
    expect(answer.headers.get('access-control-allow-methods')).toContain('GET');
  });
});

test('a custom domain leads to the stage by its host, below the path that is mapped', async () => {
  const greeting = { status: 200, body: JSON.stringify({ greeting: 'hello', variables: { color: 'blue' } }) };
  expect(await getAs('api.shop.example', `${app.endpoint}/shop/greeting`)).toEqual(greeting);
  expect(await getAs('api.shop.example.localhost', `${app.endpoint}/shop/greeting`)).toEqual(greeting);
  expect(await getAs('api.shop.example', `${app.endpoint}/greeting`)).toMatchObject({ status: 403 });
});

describe('a function', () => {
  test('runs under the role of another stack', async () => {
    const FunctionName = app.output('APIHandlerName');
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName }));
    expect(Configuration?.Role).toBe(app.output('RoleArn', 'Shared'));
    expect(await json(`${blue}running`)).toMatchObject({ name: FunctionName, memory: '192' });
  });

  test('has what its own options say', async () => {
    const FunctionName = app.output('Functionreports');
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName }));
    expect(Configuration).toMatchObject({
      Architectures: ['x86_64'],
      EphemeralStorage: { Size: 1024 },
      MemorySize: 256,
      Timeout: 1,
      TracingConfig: { Mode: 'Active' },
    });
    const { LogGroup: logGroupNamePrefix } = Configuration?.LoggingConfig ?? {};
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }));
    expect(logGroups?.map(({ retentionInDays }) => retentionInDays)).toEqual([3]);
  });

  test('of a router has its own memory and its own time limit', async () => {
    expect(await json(`${blue}reports/running`)).toEqual({
      name: app.output('Functionreports'),
      memory: '256',
      trace: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};/),
    });
    const answer = await fetch(`${blue}reports/never`);
    expect(answer.status).toBe(502);
    expect(await answer.json()).toEqual({ message: 'Internal server error' });
  });

  test('takes as many events at a time as are reserved for it', async () => {
    using gate = await Gate.closed();
    const reached = gate.reached();
    const waiting = fetch(`${blue}single/waits?gate=${encodeURIComponent(gate.url)}`);
    await reached;
    const refused = await fetch(`${blue}single/waits`);
    expect(refused.status).toBe(500);
    expect(await refused.json()).toEqual({ message: 'Internal server error' });
    gate.open();
    expect(await (await waiting).text()).toBe('waited');
  });
});

describe('a streaming route', { timeout: 20_000 }, () => {
  test('sends its first bytes before its handler has ended', async () => {
    using gate = await Gate.closed();
    const answer = await fetch(`${blue}stream?gate=${encodeURIComponent(gate.url)}`);
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(await reader?.read()).toMatchObject({ value: 'first,' });
    expect((await fetch(`${blue}stream`)).status, 'while the one event that is reserved for it is handled').toBe(500);
    gate.open();
    expect(await reader?.read()).toMatchObject({ value: 'second' });
    expect(await reader?.read()).toMatchObject({ done: true });
  });

  test('that fails half way breaks its connection off, so that nobody takes it for whole', async () => {
    using gate = await Gate.closed();
    const answer = await fetch(`${blue}breaks?gate=${encodeURIComponent(gate.url)}`);
    expect(answer.status).toBe(200);
    gate.open();
    await expect(answer.text()).rejects.toThrow('terminated');
  });

  test('sends them so when its function is invoked by an SDK client', async () => {
    using gate = await Gate.closed();
    const event = {
      resource: '/stream',
      path: '/stream',
      httpMethod: 'GET',
      headers: {},
      queryStringParameters: { gate: gate.url },
      requestContext: { stage: 'blue', requestId: 'r', resourcePath: '/stream' },
    };
    const { EventStream } = await lambda.send(
      new InvokeWithResponseStreamCommand({
        FunctionName: app.output('FunctionAPIHandlerStream'),
        Payload: Buffer.from(JSON.stringify(event)),
      }),
    );
    let text = '';
    for await (const { PayloadChunk } of EventStream ?? []) {
      text += Buffer.from(PayloadChunk?.Payload ?? []).toString();
      if (text.endsWith('first,')) gate.open();
    }
    expect(text).toMatch(/^\{"statusCode":200,.*first,second$/s);
  });
});

test('sixty routes beside another service answer, with one permission', async () => {
  const base = app.output('SixtyEndpointURL');
  const answers = await Promise.all(
    Array.from({ length: 60 }, async (_, n) => (await fetch(`${base}routes/${n}/items/x`)).text()),
  );
  expect(answers).toEqual(Array.from({ length: 60 }, (_, n) => `${n} x`));
  const { Policy = '{}' } = await lambda.send(new GetPolicyCommand({ FunctionName: app.output('SixtyFunction') }));
  expect(JSON.parse(Policy).Statement).toHaveLength(1);
});

async function stageOf(restApiId: string, stageName: string) {
  const client = new APIGatewayClient(clientConfig);
  const stage = await client.send(new GetStageCommand({ restApiId, stageName }));
  client.destroy();
  return stage;
}

test('a stage is traced where its options say so', async () => {
  const traced = async (stack: string, name: string) =>
    (await stageOf(app.output('RestAPIId', stack), name)).tracingEnabled;
  expect([await traced('Blue', 'blue'), await traced('Green', 'api')]).toEqual([true, false]);
});

describe('access logs', () => {
  async function logGroup(restApiId: string, stageName: string): Promise<string> {
    const { accessLogSettings } = await stageOf(restApiId, stageName);
    return /:log-group:([^:]+)/.exec(accessLogSettings?.destinationArn ?? '')?.[1] ?? '';
  }

  test('have one line for each request, of the function and of the gateway alike', async () => {
    const answer = await fetch(`${blue}fails/quietly`);
    const requestId = answer.headers.get('x-amzn-requestid');
    const unknown = await fetch(`${blue}nowhere`);
    const logGroupName = await logGroup(app.output('RestAPIId'), 'blue');
    const lineOf = async (id: string | null) => {
      const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
      return events.map(({ message = '' }) => JSON.parse(message)).find((line) => line.requestId === id);
    };
    const line = {
      ip: '127.0.0.1',
      user: '-',
      caller: '-',
      requestTime: expect.stringMatching(/^\d{2}\/\w{3}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000$/),
      httpMethod: 'GET',
      protocol: 'HTTP/1.1',
    };
    const length = (await answer.text()).length;
    await expect
      .poll(() => lineOf(requestId), { timeout: 20_000 })
      .toEqual({ ...line, requestId, resourcePath: '/fails/{how}', status: '500', responseLength: String(length) });
    const id = unknown.headers.get('x-amzn-requestid');
    await expect
      .poll(() => lineOf(id))
      .toEqual({
        ...line,
        requestId: id,
        resourcePath: '-',
        status: '403',
        responseLength: String((await unknown.text()).length),
      });
  });
});
