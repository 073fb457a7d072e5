import { GetProvisionedConcurrencyConfigCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Feature } from './feature.js';

let app: Feature;
let lambda: LambdaClient;
let sqs: SQSClient;
let s3: S3Client;

beforeAll(async () => {
  app = await Feature.deployed('Asynchronous');
  const config = app.clientConfig;
  lambda = new LambdaClient(config);
  sqs = new SQSClient(config);
  s3 = new S3Client({ ...config, forcePathStyle: true });
});
afterAll(async () => {
  for (const client of [lambda, sqs, s3]) client?.destroy();
});

const output = (name: string): string => app.output(`${name}Output`);

const send = (name: string, event: object) =>
  lambda.send(
    new InvokeCommand({ FunctionName: output(name), InvocationType: 'Event', Payload: JSON.stringify(event) }),
  );

/** The next message of a queue. */
async function received(queue: string) {
  const input = { QueueUrl: output(queue), WaitTimeSeconds: 10, MessageAttributeNames: ['All'] };
  const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand(input));
  return { body: JSON.parse(message?.Body ?? 'null'), attributes: message?.MessageAttributes };
}

test('an event bus is told of what was handled and of what was not, and a queue gets the dead letter', async () => {
  await send('Handles', { number: 1 });
  expect((await received('ToldUrl')).body).toMatchObject({
    source: 'lambda',
    'detail-type': 'Lambda Function Invocation Result - Success',
    detail: { requestPayload: { number: 1 }, responsePayload: 'handled' },
  });
  await send('Handles', { fail: true });
  expect((await received('ToldUrl')).body).toMatchObject({
    'detail-type': 'Lambda Function Invocation Result - Failure',
    detail: { requestContext: { condition: 'RetriesExhausted' } },
  });
  expect(await received('DeadUrl')).toMatchObject({
    body: { fail: true },
    attributes: { ErrorMessage: { StringValue: 'on purpose' }, ErrorCode: { StringValue: '200' } },
  });
});

test('a bucket keeps what was not handled', async () => {
  await send('Fails', { number: 2 });
  const Bucket = output('KeptName');
  const keys = async () =>
    ((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key = '' }) => Key);
  await expect.poll(keys, { timeout: 10_000 }).toHaveLength(1);
  const [Key = ''] = await keys();
  expect(Key).toMatch(new RegExp(`^aws/lambda/async/${output('Fails')}/\\d{4}/`));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  expect(JSON.parse((await Body?.transformToString()) ?? '')).toMatchObject({ requestPayload: { number: 2 } });
});

test('the alias has the provisioned concurrency of the stack', async () => {
  const command = new GetProvisionedConcurrencyConfigCommand({ FunctionName: output('Handles'), Qualifier: 'live' });
  expect(await lambda.send(command)).toMatchObject({ RequestedProvisionedConcurrentExecutions: 1, Status: 'READY' });
});
