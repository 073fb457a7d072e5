import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  GetEventSourceMappingCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { expect, onTestFinished, test } from 'vitest';
import type { CloudOptions } from '../../../cloud.js';
import { collectBytes } from '../../../core/bytes.js';
import { lambdaCloud } from '../fixtures/lambda-cloud.js';
import { resourceContext } from '../fixtures/resource-context.js';
import { eventSourceMapping } from '../resources/event-source-mapping.js';

const SCOPE = { account: '000000000000', region: 'eu-west-1' };
const QUEUE = 'arn:aws:sqs:eu-west-1:000000000000:lost';
const LONG = { timeout: 10_000 };

/** Says what it was given, and does what the items say. */
const HANDLER = `export const handler = async ({ Records }) => {
  console.log('EVENT ' + JSON.stringify(Records));
  const does = (word) => Records.filter(({ dynamodb }) => dynamodb.NewImage?.does?.S === word);
  if (does('throw').length > 0) throw new Error('on purpose');
  return { batchItemFailures: does('fail').map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })) };
};`;

interface Seen {
  readonly eventName: string;
  readonly dynamodb: { readonly Keys: { readonly pk: { readonly S: string } }; readonly SequenceNumber: string };
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
  const table = (more: object = {}) =>
    call('dynamodb', 'CreateTable', {
      TableName: 'users',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'N' },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      ...more,
    });
  const arn = async (): Promise<string> => (await call('dynamodb', 'ListStreams', {})).Streams[0].StreamArn;
  return {
    ...cloud,
    call,
    table,
    arn,
    put: (pk: string, does = 'nothing', sk = 0) =>
      call('dynamodb', 'PutItem', {
        TableName: 'users',
        Item: { pk: { S: pk }, sk: { N: String(sk) }, does: { S: does } },
      }),
    map: async (settings: Partial<CreateEventSourceMappingCommandInput> = {}) =>
      cloud.client.send(
        new CreateEventSourceMappingCommand({
          EventSourceArn: await arn(),
          FunctionName: 'users',
          StartingPosition: 'TRIM_HORIZON',
          ...settings,
        }),
      ),
    lost: async () => {
      const QueueUrl = 'https://sqs.eu-west-1.amazonaws.com/000000000000/lost';
      const { Messages = [] } = await call('sqs', 'ReceiveMessage', { QueueUrl, WaitTimeSeconds: 5 });
      return Messages.map(({ Body }: { Body: string }) => JSON.parse(Body));
    },
    /** The batches that the function was given. */
    batches: (): Seen[][] =>
      cloud.events.flatMap((event) =>
        event.kind === 'log' && event.message.includes('EVENT ')
          ? [JSON.parse(event.message.slice(event.message.indexOf('EVENT ') + 6))]
          : [],
      ),
  };
}

type StreamCloud = Awaited<ReturnType<typeof streamCloud>>;

/** A cloud with the table, the function, and the queue `lost`. */
async function readyCloud(options: CloudOptions = {}): Promise<StreamCloud> {
  const cloud = await streamCloud(options);
  await cloud.create('users', HANDLER);
  await cloud.table();
  await cloud.call('sqs', 'CreateQueue', { QueueName: 'lost' });
  return cloud;
}

/** The keys of each batch: `['a b', 'c']` */
const keys = (batches: Seen[][]) => batches.map((batch) => batch.map(({ dynamodb }) => dynamodb.Keys.pk.S).join(' '));
const OnFailure = { OnFailure: { Destination: QUEUE } };

async function folder(): Promise<CloudOptions> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'goblet-streams-'));
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
  return { ephemeral: false, dataFolder };
}

test('changes reach the function as AWS documents them', async () => {
  await using cloud = await readyCloud();
  await cloud.map();
  await cloud.put('john');
  await expect.poll(cloud.batches).toEqual([
    [
      {
        eventID: expect.any(String),
        eventName: 'INSERT',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'eu-west-1',
        dynamodb: {
          ApproximateCreationDateTime: expect.any(Number),
          Keys: { pk: { S: 'john' }, sk: { N: '0' } },
          NewImage: { pk: { S: 'john' }, sk: { N: '0' }, does: { S: 'nothing' } },
          SequenceNumber: expect.stringMatching(/^\d+$/),
          SizeBytes: expect.any(Number),
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
        eventSourceARN: await cloud.arn(),
      },
    ],
  ]);
});

test('reading begins with the oldest record, or behind the latest', async () => {
  await using cloud = await readyCloud();
  await cloud.create('later', HANDLER);
  for (const name of ['a', 'b', 'c']) await cloud.put(name);
  await cloud.map({ FunctionName: 'later', StartingPosition: 'LATEST' });
  await cloud.put('d');
  await expect.poll(() => keys(cloud.batches())).toEqual(['d']);
  await cloud.map({ BatchSize: 2 });
  await expect.poll(() => keys(cloud.batches())).toEqual(['d', 'a b', 'c d']);
});

test('a batch that failed is tried again before anything behind it', async () => {
  await using cloud = await readyCloud();
  for (const name of ['a', 'b', 'c', 'd']) await cloud.put(name, name === 'b' ? 'throw' : 'nothing');
  await cloud.map({ BatchSize: 2, MaximumRetryAttempts: 2, DestinationConfig: OnFailure });
  await expect.poll(() => keys(cloud.batches()), LONG).toEqual(['a b', 'a b', 'a b', 'c d']);
});

// test_dynamodb_event_source_mapping_with_s3_on_failure_destination, 2025-11.
test('a bucket keeps what was given up with its records, under the mapping and the day', async () => {
  await using cloud = await readyCloud();
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' };
  await cloud.call('s3', 'CreateBucket', { Bucket: 'lost', CreateBucketConfiguration });
  const Destination = 'arn:aws:s3:::lost';
  const { UUID } = await cloud.map({ MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination } } });
  await cloud.put('john', 'throw');
  const keysIn = async (): Promise<string[]> => {
    const { Contents = [] } = await cloud.call('s3', 'ListObjectsV2', { Bucket: 'lost' });
    return Contents.map(({ Key }: { Key: string }) => Key);
  };
  const day = '\\d{4}\\/\\d\\d\\/\\d\\d\\/\\d{4}-\\d\\d-\\d\\dT\\d\\d\\.\\d\\d\\.\\d\\d-[0-9a-f-]{36}';
  const key = expect.stringMatching(new RegExp(`^aws/lambda/${UUID}/shardId-[0-9a-f-]+/${day}$`));
  await expect.poll(keysIn, LONG).toEqual([key]);
  const { Body } = await cloud.call('s3', 'GetObject', { Bucket: 'lost', Key: (await keysIn())[0] });
  const record = JSON.parse(Buffer.from((await collectBytes(Body)) ?? []).toString());
  expect(record).toMatchObject({ requestContext: { condition: 'RetryAttemptsExhausted' }, version: '1.0' });
  expect(JSON.parse(record.payload)).toEqual({ Records: cloud.batches()[0] });
});

test('what was given up is told to the destination, as AWS documents it', async () => {
  await using cloud = await readyCloud();
  await cloud.map({ MaximumRetryAttempts: 1, DestinationConfig: OnFailure });
  await cloud.put('john', 'throw');
  const [notice] = await cloud.lost();
  const [[record] = []] = cloud.batches();
  expect(notice).toEqual({
    requestContext: {
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:users',
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 2,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    DDBStreamBatchInfo: {
      shardId: expect.stringMatching(/^shardId-/),
      startSequenceNumber: record?.dynamodb.SequenceNumber,
      endSequenceNumber: record?.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      approximateArrivalOfLastRecord: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      batchSize: 1,
      streamArn: await cloud.arn(),
    },
  });
});

test('a batch is halved until the record that fails is alone', async () => {
  await using cloud = await readyCloud();
  for (const name of ['a', 'b', 'c', 'd']) await cloud.put(name, name === 'b' ? 'throw' : 'nothing');
  await cloud.map({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 0, DestinationConfig: OnFailure });
  expect(await cloud.lost()).toMatchObject([{ DDBStreamBatchInfo: { batchSize: 1 } }]);
  await expect.poll(() => keys(cloud.batches())).toEqual(['a b c d', 'a b', 'a', 'b', 'c d']);
});

test('reading goes on at the first record that the function reports', async () => {
  await using cloud = await readyCloud();
  for (const name of ['a', 'b', 'c', 'd']) await cloud.put(name, name === 'b' || name === 'd' ? 'fail' : 'nothing');
  await cloud.map({
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    MaximumRetryAttempts: 1,
    DestinationConfig: OnFailure,
  });
  expect(await cloud.lost()).toMatchObject([
    { requestContext: { approximateInvokeCount: 2 }, DDBStreamBatchInfo: { batchSize: 3 } },
  ]);
  expect(keys(cloud.batches())).toEqual(['a b c d', 'b c d', 'b c d']);
});

test('a record that is too old is given up, and what is behind it goes on', async () => {
  let late = 0;
  await using cloud = await readyCloud({ now: () => Date.now() + late });
  await cloud.map({ MaximumRecordAgeInSeconds: 60, DestinationConfig: OnFailure });
  await cloud.put('john', 'throw');
  await expect.poll(() => cloud.batches().length).toBeGreaterThan(0);
  late = 62_000;
  await cloud.put('jane');
  expect(await cloud.lost()).toMatchObject([{ requestContext: { condition: 'RecordAgeExceeded' } }]);
  await expect.poll(() => keys(cloud.batches()).at(-1)).toBe('jane');
});

test('a batch is gathered for its window, and sent once it is full', async () => {
  await using cloud = await readyCloud();
  await cloud.map({ BatchSize: 3, MaximumBatchingWindowInSeconds: 60 });
  for (const name of ['a', 'b', 'c', 'd']) await cloud.put(name);
  await expect.poll(() => keys(cloud.batches())).toEqual(['a b c']);
});

test('records that match no filter are passed by', async () => {
  await using cloud = await readyCloud();
  const Pattern = JSON.stringify({ eventName: ['REMOVE'], dynamodb: { Keys: { pk: { S: [{ prefix: 'j' }] } } } });
  await cloud.map({ FilterCriteria: { Filters: [{ Pattern }] } });
  for (const name of ['john', 'anna']) {
    await cloud.put(name);
    await cloud.call('dynamodb', 'DeleteItem', { TableName: 'users', Key: { pk: { S: name }, sk: { N: '0' } } });
  }
  await cloud.put('last');
  const area = cloud.context.store.root.area('lambda-stream-checkpoints');
  const checkpoint = async () => {
    for await (const [, sequence] of area.range<string>({})) return sequence;
    return undefined;
  };
  const described = await cloud.call('dynamodb', 'DescribeStream', { StreamArn: await cloud.arn() });
  const { ShardId } = described.StreamDescription.Shards[0];
  const iterator = { StreamArn: await cloud.arn(), ShardId, ShardIteratorType: 'TRIM_HORIZON' };
  const { ShardIterator } = await cloud.call('dynamodb', 'GetShardIterator', iterator);
  const { Records } = await cloud.call('dynamodb', 'GetRecords', { ShardIterator });
  await expect.poll(checkpoint).toBe(Records.at(-1).dynamodb.SequenceNumber);
  expect(cloud.batches()).toMatchObject([[{ eventName: 'REMOVE', dynamodb: { Keys: { pk: { S: 'john' } } } }]]);
});

test('a key whose record fails does not hold up other keys, and each key keeps its order', async () => {
  await using cloud = await readyCloud();
  await cloud.put('stuck', 'throw', 0);
  const others = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  for (const sk of [0, 1, 2]) for (const name of others) await cloud.put(name, 'nothing', sk);
  await cloud.map({ BatchSize: 1, ParallelizationFactor: 10 });
  const handled = () =>
    cloud
      .batches()
      .flat()
      .filter(({ dynamodb }) => dynamodb.Keys.pk.S !== 'stuck');
  // Some of the others may share the lane of the one that is stuck; ten lanes are more than that.
  await expect.poll(() => handled().length, LONG).toBeGreaterThan(10);
  for (const name of others) {
    const sequences = handled().filter(({ dynamodb }) => dynamodb.Keys.pk.S === name);
    expect(sequences).toEqual(
      [...sequences].sort((a, b) => (a.dynamodb.SequenceNumber < b.dynamodb.SequenceNumber ? -1 : 1)),
    );
  }
});

test('a restart goes on behind what was handled, and has what was written before the first record was', async () => {
  const options = await folder();
  const first = await readyCloud(options);
  await first.create('later', HANDLER);
  await first.put('before');
  const { UUID } = await first.map({ FunctionName: 'later', StartingPosition: 'LATEST', Enabled: false });
  await first.put('missed');
  await first.map();
  await expect.poll(() => keys(first.batches()).join(' ')).toBe('before missed');
  await first.close();
  await using second = await streamCloud(options);
  await second.put('after');
  await expect.poll(() => keys(second.batches())).toEqual(['after']);
  await second.client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
  await expect.poll(() => keys(second.batches())).toEqual(['after', 'missed after']);
});

test('a mapping that is changed while the function runs hands nothing over twice', async () => {
  await using cloud = await streamCloud();
  const slow = `export const handler = async ({ Records }) => {
    console.log('EVENT ' + JSON.stringify(Records));
    await new Promise((resolve) => setTimeout(resolve, 500));
  };`;
  await cloud.create('users', slow);
  await cloud.table();
  const { UUID } = await cloud.map({ BatchSize: 1 });
  await cloud.put('a');
  await expect.poll(() => keys(cloud.batches())).toEqual(['a']);
  await cloud.client.send(new UpdateEventSourceMappingCommand({ UUID, BatchSize: 10 }));
  await cloud.put('b');
  await expect.poll(() => keys(cloud.batches()), LONG).toEqual(['a', 'b']);
});

test('a mapping says how it reads, and what does not fit it is refused by name', async () => {
  await using cloud = await readyCloud();
  const { UUID } = await cloud.map({ Enabled: false });
  expect(await cloud.client.send(new GetEventSourceMappingCommand({ UUID }))).toMatchObject({
    State: 'Disabled',
    StateTransitionReason: 'User action',
    LastProcessingResult: 'No records processed',
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 100,
    ParallelizationFactor: 1,
    BisectBatchOnFunctionError: false,
    MaximumRetryAttempts: -1,
    MaximumRecordAgeInSeconds: -1,
    DestinationConfig: { OnFailure: {} },
  });
  await cloud.create('other', HANDLER);
  const other = { FunctionName: 'other' };
  await expect(cloud.map()).rejects.toMatchObject({ name: 'ResourceConflictException' });
  await expect(cloud.map({ ...other, StartingPosition: undefined })).rejects.toThrow(
    "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
  );
  const since = { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: new Date() } as const;
  await expect(cloud.map({ ...other, ...since })).rejects.toThrow('Unsupported starting position for arn type: ');
  await expect(cloud.map({ ...other, TumblingWindowInSeconds: 30 })).rejects.toThrow('TumblingWindowInSeconds');
  await expect(cloud.map({ ...other, ScalingConfig: { MaximumConcurrency: 2 } })).rejects.toThrow('ScalingConfig');
  const Destination = 'arn:aws:events:eu-west-1:000000000000:event-bus/lost';
  await expect(cloud.map({ ...other, DestinationConfig: { OnFailure: { Destination } } })).rejects.toThrow(Destination);
  await expect(cloud.map({ ...other, EventSourceArn: `${await cloud.arn()}1` })).rejects.toThrow('Stream not found');
  await expect(
    cloud.client.send(new UpdateEventSourceMappingCommand({ UUID, ParallelizationFactor: 11 })),
  ).rejects.toThrow('less than or equal to 10');
});

test('a stack’s mapping is made, taken up after a cut, changed back to the defaults and deleted', async () => {
  await using cloud = await readyCloud();
  const context = resourceContext(cloud, 'Mapping');
  const plain = {
    EventSourceArn: await cloud.arn(),
    FunctionName: 'users',
    StartingPosition: 'LATEST',
    Enabled: false,
  };
  const properties = { ...plain, BisectBatchOnFunctionError: true, DestinationConfig: OnFailure };
  const id = eventSourceMapping.newId?.(properties, context) ?? '';
  await eventSourceMapping.create(id, properties, context);
  await eventSourceMapping.create(id, properties, context);
  const described = () => cloud.client.send(new GetEventSourceMappingCommand({ UUID: id }));
  expect(await described()).toMatchObject({ BisectBatchOnFunctionError: true, DestinationConfig: OnFailure });
  await eventSourceMapping.update(id, plain, properties, context);
  expect(await described()).toMatchObject({
    BisectBatchOnFunctionError: false,
    DestinationConfig: { OnFailure: {} },
    StartingPosition: 'LATEST',
  });
  await eventSourceMapping.delete(id, plain, context);
  await eventSourceMapping.delete(id, plain, context);
});
