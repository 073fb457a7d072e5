import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { Kinesis } from '@aws-sdk/client-kinesis';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, expect, test } from 'vitest';
import type { ClientConfig } from '../processes/deployed-app.js';
import { Feature } from './feature.js';

let app: Feature;
let clientConfig: ClientConfig;

beforeAll(async () => {
  app = await Feature.deployed('Streams');
  clientConfig = app.clientConfig;
});

const LONG = { timeout: 30_000 };

/** The lines that the handlers have logged, oldest first, as the terminal shows them. */
const lines = () => [...app.shown.matchAll(/(click \w+ of \w+|bought \w+)/g)].map(([line]) => line);

async function click(page: string): Promise<number> {
  const answer = await fetch(`${app.output()}clicks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ page }),
  });
  return answer.status;
}

test('a record that a route puts on a stream reaches the functions of the stream that want it', LONG, async () => {
  expect(await click('home')).toBe(201);
  expect(await click('cart')).toBe(201);
  const expected = ['bought cart', 'click cart of cart', 'click home of home'];
  await expect.poll(() => [...lines()].sort(), LONG).toEqual(expected);
});

test('a record that its handler gives back is tried again, then the queue of lost records is told', LONG, async () => {
  await click('poison');
  const sqs = new SQSClient(clientConfig);
  const QueueUrl = app.output('LostUrl');
  const { Messages = [] } = await sqs
    .send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 15 }))
    .finally(() => sqs.destroy());
  expect(Messages.map(({ Body = '' }) => JSON.parse(Body))).toMatchObject([
    {
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
      KinesisBatchInfo: { batchSize: 1, streamArn: app.output('StreamArn') },
    },
  ]);
});

test('a rule of an event bus puts its events on a stream, under its role', LONG, async () => {
  const events = new EventBridgeClient(clientConfig);
  const Entries = [{ EventBusName: 'streamed', Source: 'shop', DetailType: 'sold', Detail: '{"item":"hat"}' }];
  await events.send(new PutEventsCommand({ Entries })).finally(() => events.destroy());
  const kinesis = new Kinesis(clientConfig);
  const StreamName = app.output('EventsName');
  const ShardId = 'shardId-000000000000';
  const streamed = async () => {
    const start = { StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' as const };
    const { ShardIterator } = await kinesis.getShardIterator(start);
    const { Records = [] } = await kinesis.getRecords({ ShardIterator });
    return Records.map(({ Data }) => JSON.parse(Buffer.from(Data ?? '').toString()).detail);
  };
  await expect.poll(streamed, LONG).toEqual([{ item: 'hat' }]);
  kinesis.destroy();
});

test('no permission was wanting', () => {
  expect(app.shown).not.toContain('not authorized');
});
