import { InvokeCommand, InvokeWithResponseStreamCommand } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { type LambdaCloud, lambdaCloud } from '../fixtures/lambda-cloud.js';

async function invokeStream(cloud: LambdaCloud, FunctionName: string, event: unknown = {}) {
  const Payload = JSON.stringify(event);
  const output = await cloud.client.send(
    new InvokeWithResponseStreamCommand({ FunctionName, Payload, LogType: 'Tail' }),
  );
  const chunks: string[] = [];
  let complete: { ErrorCode?: string; ErrorDetails?: string } | undefined;
  for await (const part of output.EventStream ?? []) {
    if (part.PayloadChunk) chunks.push(Buffer.from(part.PayloadChunk.Payload ?? []).toString());
    if (part.InvokeComplete) complete = part.InvokeComplete;
  }
  return { chunks, complete, contentType: output.ResponseStreamContentType };
}

test('a stream arrives as it is written', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create(
    'streaming',
    `export const handler = awslambda.streamifyResponse(async (event, stream) => {
       const body = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { a: 'b' } });
       body.write('first');
       await new Promise((resolve) => setTimeout(resolve, 50));
       body.end('second');
     });`,
  );
  const { chunks, complete, contentType } = await invokeStream(cloud, 'streaming');
  expect(contentType).toBe('application/vnd.awslambda.http-integration-response');
  expect(chunks.join('')).toBe(`{"statusCode":201,"headers":{"a":"b"}}${'\0'.repeat(8)}firstsecond`);
  expect(chunks.length).toBeGreaterThan(1);
  expect(complete).not.toHaveProperty('ErrorCode');
});

test('a stream that breaks off says why', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create(
    'breaking',
    `export const handler = awslambda.streamifyResponse(async (event, stream) => {
       stream.write('begun');
       await new Promise((resolve) => setTimeout(resolve, 20));
       if (event.how === 'throw') throw new RangeError('half way');
       if (event.how === 'exit') process.exit(1);
       await new Promise((resolve) => setTimeout(resolve, 60_000));
     });`,
    { Timeout: 1 },
  );
  const thrown = await invokeStream(cloud, 'breaking', { how: 'throw' });
  expect(thrown.chunks).toEqual(['begun']);
  expect(thrown.complete).toMatchObject({ ErrorCode: 'RangeError', ErrorDetails: expect.stringContaining('half way') });
  expect((await invokeStream(cloud, 'breaking', { how: 'exit' })).complete).toMatchObject({
    ErrorCode: 'Runtime.ExitError',
  });
  expect((await invokeStream(cloud, 'breaking')).complete).toMatchObject({ ErrorCode: 'Sandbox.Timedout' });
  const Payload = JSON.stringify({ how: 'throw' });
  const whole = await cloud.client.send(new InvokeCommand({ FunctionName: 'breaking', Payload }));
  expect(whole.FunctionError).toBe('Unhandled');
  expect(JSON.parse(Buffer.from(whole.Payload ?? []).toString())).toMatchObject({ errorType: 'RangeError' });
});

test('an error before the stream begins, and a handler that does not stream, are answers too', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create(
    'early',
    'export const handler = awslambda.streamifyResponse(async () => { throw new Error("early"); });',
  );
  await cloud.create('plain', 'export const handler = async (event) => event;');
  const early = await invokeStream(cloud, 'early');
  expect([early.chunks, early.complete?.ErrorCode]).toEqual([[], 'Error']);
  expect((await invokeStream(cloud, 'plain', { a: 1 })).chunks).toEqual(['{"a":1}']);
});

test('a stream larger than a buffered answer passes', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create(
    'large',
    `export const handler = awslambda.streamifyResponse(async (event, stream) => {
       const { Readable } = await import('node:stream');
       const { pipeline } = await import('node:stream/promises');
       await pipeline(Readable.from((function* () { for (let i = 0; i < 200; i++) yield 'x'.repeat(100_000); })()), stream);
     });`,
    { Timeout: 20 },
  );
  const { chunks } = await invokeStream(cloud, 'large');
  expect(chunks.reduce((sum, chunk) => sum + chunk.length, 0)).toBe(20_000_000);
});
