import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateEventSourceMappingCommand, type CreateEventSourceMappingCommandInput } from '@aws-sdk/client-lambda';
import { expect, onTestFinished, test } from 'vitest';
import type { CloudOptions } from '../../../cloud.js';
import { lambdaCloud, ROLE } from '../fixtures/lambda-cloud.js';

const SCOPE = { account: '000000000000', region: 'eu-west-1' };
const QUEUE = 'arn:aws:sqs:eu-west-1:000000000000:lost';
const STREAM = 'arn:aws:kinesis:eu-west-1:000000000000:stream/clicks';
const LONG = { timeout: 20_000 };
const StreamName = 'clicks';
const id = (number: number): string => `shardId-00000000000${number}`;

/** Says what it was given, and does what the data say. */
const HANDLER = `export const handler = async ({ Records }) => {
  console.log('EVENT ' + JSON.stringify(Records));
  const does = (word) => Records.filter(({ kinesis }) => Buffer.from(kinesis.data, 'base64').toString().includes(word));
  if (does('throw').length > 0) throw new Error('on purpose');
  return { batchItemFailures: does('fail').map(({ kinesis }) => ({ itemIdentifier: kinesis.sequenceNumber })) };
};`;

interface Seen {
  readonly eventID: string;
  readonly kinesis: { readonly data: string; readonly sequenceNumber: string };
}

async function streamCloud(options: CloudOptions = {}) {
  const cloud = await lambdaCloud(options);
  const call = (service: string, operation: string, input: object) =>
    cloud.context.dispatch(service, operation, input, {
      ...SCOPE,
      principal: { kind: 'root', account: SCOPE.account },
      requestId: randomUUID(),
      sourceIp: '127.0.0.1',
    });
  return {
    ...cloud,
    call,
    put: (data: string, key = 'a', ExplicitHashKey?: string) =>
      call('kinesis', 'PutRecord', { StreamName, PartitionKey: key, Data: Buffer.from(data), ExplicitHashKey }),
    map: (settings: Partial<CreateEventSourceMappingCommandInput> = {}) =>
      cloud.client.send(
        new CreateEventSourceMappingCommand({
          EventSourceArn: STREAM,
          FunctionName: 'users',
          StartingPosition: 'TRIM_HORIZON',
          ...settings,
        }),
      ),
    /** The texts of each batch that the function was given: `['a b', 'c']` */
    batches: (): Seen[][] =>
      cloud.events.flatMap((event) =>
        event.kind === 'log' && event.message.includes('EVENT ')
          ? [JSON.parse(event.message.slice(event.message.indexOf('EVENT ') + 6))]
          : [],
      ),
    lost: async () => {
      const QueueUrl = 'https://sqs.eu-west-1.amazonaws.com/000000000000/lost';
      const { Messages = [] } = await call('sqs', 'ReceiveMessage', { QueueUrl, WaitTimeSeconds: 15 });
      return Messages.map(({ Body }: { Body: string }) => JSON.parse(Body));
    },
  };
}

/** A cloud with the stream, the function, and the queue `lost`. */
async function readyCloud(ShardCount = 1, options: CloudOptions = {}) {
  const cloud = await streamCloud(options);
  await cloud.create('users', HANDLER);
  await cloud.call('kinesis', 'CreateStream', { StreamName, ShardCount });
  await cloud.call('sqs', 'CreateQueue', { QueueName: 'lost' });
  return cloud;
}

const textOf = ({ kinesis }: Seen): string => Buffer.from(kinesis.data, 'base64').toString();
const texts = (batches: Seen[][]) => batches.map((batch) => batch.map(textOf).join(' '));
const OnFailure = { OnFailure: { Destination: QUEUE } };

// test_create_kinesis_event_source_mapping, 2025-11.
test('a record reaches its function as AWS hands it over', async () => {
  await using cloud = await readyCloud();
  await cloud.map();
  const { SequenceNumber } = await cloud.put('hello');
  await expect.poll(cloud.batches, LONG).toEqual([
    [
      {
        kinesis: {
          kinesisSchemaVersion: '1.0',
          partitionKey: 'a',
          sequenceNumber: SequenceNumber,
          data: 'aGVsbG8=',
          approximateArrivalTimestamp: expect.any(Number),
        },
        eventSource: 'aws:kinesis',
        eventVersion: '1.0',
        eventID: `shardId-000000000000:${SequenceNumber}`,
        eventName: 'aws:kinesis:record',
        invokeIdentityArn: ROLE,
        awsRegion: 'eu-west-1',
        eventSourceARN: STREAM,
      },
    ],
  ]);
});

test('a new mapping answers as AWS does', async () => {
  await using cloud = await readyCloud();
  expect(await cloud.map({ StartingPosition: 'LATEST' })).toMatchObject({
    BatchSize: 100,
    BisectBatchOnFunctionError: false,
    DestinationConfig: { OnFailure: {} },
    FunctionResponseTypes: [],
    LastProcessingResult: 'No records processed',
    MaximumBatchingWindowInSeconds: 0,
    MaximumRecordAgeInSeconds: -1,
    MaximumRetryAttempts: -1,
    ParallelizationFactor: 1,
    StartingPosition: 'LATEST',
    State: 'Creating',
    StateTransitionReason: 'User action',
    TumblingWindowInSeconds: 0,
  });
});

test('reading begins with the oldest record, behind the latest, or at a time', async () => {
  await using cloud = await readyCloud();
  for (const name of ['later', 'since']) await cloud.create(name, HANDLER);
  for (const text of ['a', 'b', 'c']) await cloud.put(text);
  await cloud.map({ FunctionName: 'later', StartingPosition: 'LATEST' });
  await cloud.put('d');
  await expect.poll(() => texts(cloud.batches()), LONG).toEqual(['d']);
  await cloud.map({ BatchSize: 2 });
  await expect.poll(() => texts(cloud.batches()), LONG).toEqual(['d', 'a b', 'c d']);
  const StartingPositionTimestamp = new Date(Date.now() - 3600_000);
  await cloud.map({ FunctionName: 'since', StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp });
  await expect.poll(() => texts(cloud.batches()).at(-1), LONG).toBe('a b c d');
});

test('AT_TIMESTAMP needs a time', async () => {
  await using cloud = await readyCloud();
  await expect(cloud.map({ StartingPosition: 'AT_TIMESTAMP' })).rejects.toThrow('StartingPositionTimestamp');
});

test('what was given up is told to the destination, as AWS documents it', async () => {
  await using cloud = await readyCloud();
  await cloud.map({ MaximumRetryAttempts: 1, DestinationConfig: OnFailure });
  const { SequenceNumber } = await cloud.put('throw');
  const [notice] = await cloud.lost();
  expect(notice).toMatchObject({
    requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
    KinesisBatchInfo: {
      shardId: id(0),
      startSequenceNumber: SequenceNumber,
      endSequenceNumber: SequenceNumber,
      approximateArrivalOfFirstRecord: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      batchSize: 1,
      streamArn: STREAM,
    },
  });
});

test('a batch is halved until the record that fails is alone, and reports of failures are followed', async () => {
  await using cloud = await readyCloud();
  for (const text of ['a', 'throw', 'c', 'd']) await cloud.put(text);
  await cloud.map({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 0, DestinationConfig: OnFailure });
  expect(await cloud.lost()).toMatchObject([{ KinesisBatchInfo: { batchSize: 1 } }]);
  await expect.poll(() => texts(cloud.batches()), LONG).toEqual(['a throw c d', 'a throw', 'a', 'throw', 'c d']);
});

test('reading goes on at the first record that the function reports', async () => {
  await using cloud = await readyCloud();
  for (const text of ['a', 'fail', 'c']) await cloud.put(text);
  const FunctionResponseTypes = ['ReportBatchItemFailures' as const];
  await cloud.map({ FunctionResponseTypes, MaximumRetryAttempts: 0, DestinationConfig: OnFailure });
  expect(await cloud.lost()).toMatchObject([{ KinesisBatchInfo: { batchSize: 2 } }]);
  expect(texts(cloud.batches())).toEqual(['a fail c', 'fail c']);
});

test('filters see the data as JSON or as text, and the partition key', async () => {
  await using cloud = await readyCloud();
  const patterns = [{ data: { kind: ['click'] } }, { data: ['plain'] }, { partitionKey: ['vip'] }];
  const Filters = patterns.map((pattern) => ({ Pattern: JSON.stringify(pattern) }));
  await cloud.map({ FilterCriteria: { Filters } });
  for (const data of ['{"kind":"click"}', '{"kind":"other"}', 'plain', 'other']) await cloud.put(data);
  await cloud.put('important', 'vip');
  await expect.poll(() => cloud.batches().flat().map(textOf), LONG).toEqual(['{"kind":"click"}', 'plain', 'important']);
});

test('every shard is read, and the children of one that was split after all of its own records', async () => {
  await using cloud = await readyCloud(2);
  const last = '340282366920938463463374607431768211455';
  await cloud.put('low', 'a', '0');
  await cloud.put('high', 'a', last);
  const split = { StreamName, ShardToSplit: id(0), NewStartingHashKey: '1000' };
  await cloud.call('kinesis', 'SplitShard', split);
  await cloud.put('child', 'a', '0');
  await cloud.map();
  const seen = () => cloud.batches().flat().map(textOf);
  await expect.poll(() => [...seen()].sort(), LONG).toEqual(['child', 'high', 'low']);
  expect(seen().indexOf('low')).toBeLessThan(seen().indexOf('child'));
  // The mapping is there while its stream is split once more.
  await cloud.call('kinesis', 'SplitShard', { ...split, ShardToSplit: id(2), NewStartingHashKey: '500' });
  await cloud.put('grandchild', 'a', '0');
  await expect.poll(seen, LONG).toContain('grandchild');
});

test('a restart goes on behind what was handled in each shard', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'goblet-data-streams-'));
  onTestFinished(() => rm(dataFolder, { recursive: true }));
  const options = { ephemeral: false, dataFolder };
  const last = '340282366920938463463374607431768211455';
  const first = await readyCloud(2, options);
  await first.map();
  await first.put('one', 'a', '0');
  await first.put('two', 'a', last);
  // Both shards are handled once their progress is stored, which is after the function has said what it got.
  const progress = first.context.store.root.area('lambda-stream-checkpoints');
  const stored = async () => {
    let count = 0;
    for await (const _ of progress.range({})) count++;
    return count;
  };
  await expect.poll(stored, LONG).toBe(2);
  await first.close();
  await using second = await streamCloud(options);
  await second.put('three', 'a', '0');
  await second.put('four', 'a', last);
  await expect.poll(() => second.batches().flat().map(textOf).sort(), LONG).toEqual(['four', 'three']);
});

test('a stream that is not there is no source', async () => {
  await using cloud = await readyCloud();
  await expect(cloud.map({ EventSourceArn: `${STREAM}1` })).rejects.toThrow(`Stream not found: ${STREAM}1`);
});
