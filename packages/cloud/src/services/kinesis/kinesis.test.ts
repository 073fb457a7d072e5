import type { Kinesis } from '@aws-sdk/client-kinesis';
import { expect, test } from 'vitest';
import { kinesisCloud, textsOf, timedCloud } from './fixtures/kinesis-cloud.js';

const StreamName = 'clicks';
const SHARD = 'shardId-000000000000';
const bytes = (text: string): Uint8Array => Buffer.from(text);
const put = (client: Kinesis, text: string, PartitionKey = 'a') =>
  client.putRecord({ StreamName, PartitionKey, Data: bytes(text) });

test('a new stream is described as AWS describes it', async () => {
  await using it = await kinesisCloud();
  await it.client.createStream({ StreamName, ShardCount: 2 });
  const { StreamDescription } = await it.client.describeStream({ StreamName });
  expect(StreamDescription).toMatchObject({
    StreamName,
    StreamARN: 'arn:aws:kinesis:eu-west-1:000000000000:stream/clicks',
    StreamStatus: 'ACTIVE',
    StreamModeDetails: { StreamMode: 'PROVISIONED' },
    RetentionPeriodHours: 24,
    EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
    EncryptionType: 'NONE',
    HasMoreShards: false,
  });
  expect(StreamDescription?.Shards?.map(({ ShardId, HashKeyRange }) => [ShardId, HashKeyRange])).toEqual([
    [SHARD, { StartingHashKey: '0', EndingHashKey: '170141183460469231731687303715884105727' }],
    [
      'shardId-000000000001',
      {
        StartingHashKey: '170141183460469231731687303715884105728',
        EndingHashKey: '340282366920938463463374607431768211455',
      },
    ],
  ]);
});

test('a stream without a number of shards is on demand and has four', async () => {
  await using it = await kinesisCloud();
  await it.client.createStream({ StreamName });
  const { StreamDescriptionSummary: summary } = await it.client.describeStreamSummary({ StreamName });
  expect(summary).toMatchObject({
    StreamModeDetails: { StreamMode: 'ON_DEMAND' },
    OpenShardCount: 4,
    ConsumerCount: 0,
    MaxRecordSizeInKiB: 1024,
  });
});

test('streams are listed by name, page by page', async () => {
  await using it = await kinesisCloud();
  for (const name of ['c', 'a', 'b']) await it.client.createStream({ StreamName: name, ShardCount: 1 });
  const first = await it.client.listStreams({ Limit: 2 });
  expect(first).toMatchObject({ StreamNames: ['a', 'b'], HasMoreStreams: true });
  const second = await it.client.listStreams({ Limit: 2, NextToken: first.NextToken });
  expect(second).toMatchObject({ StreamNames: ['c'], HasMoreStreams: false });
  expect((await it.client.listStreams({ ExclusiveStartStreamName: 'a' })).StreamNames).toEqual(['b', 'c']);
});

test('records are read in the order in which they were put, with what was put', async () => {
  await using it = await kinesisCloud();
  await it.client.createStream({ StreamName, ShardCount: 1 });
  const first = await put(it.client, 'one');
  const Records = ['two', 'three'].map((text) => ({ PartitionKey: 'b', Data: bytes(text) }));
  const rest = await it.client.putRecords({ StreamName, Records });
  expect(rest.FailedRecordCount).toBe(0);
  expect(await textsOf(it.client, StreamName)).toEqual(['one', 'two', 'three']);
  const sequences = [first, ...(rest.Records ?? [])].map(({ SequenceNumber = '' }) => SequenceNumber);
  expect([...sequences].sort()).toEqual(sequences);
  expect(sequences.every((sequence) => /^\d{56}$/.test(sequence))).toBe(true);
});

test('a record goes to the shard that has the MD5 of its partition key, or its explicit hash key', async () => {
  await using it = await kinesisCloud();
  await it.client.createStream({ StreamName, ShardCount: 2 });
  // MD5: 0cc175b9… of "a", 92eb5ffe… of "b".
  expect((await put(it.client, '', 'a')).ShardId).toBe(SHARD);
  expect((await put(it.client, '', 'b')).ShardId).toBe('shardId-000000000001');
  const explicit = { StreamName, PartitionKey: 'b', Data: bytes(''), ExplicitHashKey: '0' };
  expect((await it.client.putRecord(explicit)).ShardId).toBe(SHARD);
});

test('each type of iterator begins where AWS begins', async () => {
  await using it = await kinesisCloud();
  await it.client.createStream({ StreamName, ShardCount: 1 });
  const { SequenceNumber: StartingSequenceNumber } = await put(it.client, 'one');
  await put(it.client, 'two');
  const readFrom = async (start: object) => {
    const { ShardIterator } = await it.client.getShardIterator({
      StreamName,
      ShardId: SHARD,
      ...(start as { ShardIteratorType: 'LATEST' }),
    });
    await put(it.client, 'last');
    const { Records = [] } = await it.client.getRecords({ ShardIterator });
    return Records.map(({ Data }) => Buffer.from(Data ?? '').toString());
  };
  expect(await readFrom({ ShardIteratorType: 'LATEST' })).toEqual(['last']);
  expect((await readFrom({ ShardIteratorType: 'TRIM_HORIZON' })).slice(0, 2)).toEqual(['one', 'two']);
  const at = { ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber };
  expect((await readFrom(at))[0]).toBe('one');
  expect((await readFrom({ ...at, ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' }))[0]).toBe('two');
  const hour = { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(Date.now() - 3600_000) };
  expect((await readFrom(hour))[0]).toBe('one');
});

const start = { StreamName, ShardId: SHARD, ShardIteratorType: 'TRIM_HORIZON' } as const;
const record = (text: string) => ({ StreamName, PartitionKey: 'a', Data: bytes(text) });

test('AT_TIMESTAMP begins with the first record of that time or later, and knows no time that is still to come', async () => {
  await using it = await timedCloud();
  await it.ask('CreateStream', { StreamName, ShardCount: 1 });
  for (const text of ['one', 'two', 'three']) {
    it.clock.time += 1000;
    await it.ask('PutRecord', record(text));
  }
  const at = { ...start, ShardIteratorType: 'AT_TIMESTAMP' };
  const Timestamp = new Date(Date.UTC(2026, 0, 1, 0, 0, 2));
  const { ShardIterator } = await it.ask('GetShardIterator', { ...at, Timestamp });
  const { Records = [] } = await it.ask('GetRecords', { ShardIterator });
  expect(Records.map(({ ApproximateArrivalTimestamp }) => ApproximateArrivalTimestamp)).toEqual([
    Timestamp,
    new Date(it.clock.time),
  ]);
  const later = it.ask('GetShardIterator', { ...at, Timestamp: new Date(it.clock.time + 1000) });
  await expect(later).rejects.toMatchObject({ code: 'InvalidArgumentException' });
});

test('reading goes on where the last page ended, and says how far it is behind', async () => {
  await using it = await timedCloud();
  await it.ask('CreateStream', { StreamName, ShardCount: 1 });
  for (const text of ['one', 'two', 'three']) {
    await it.ask('PutRecord', record(text));
    it.clock.time += 500;
  }
  const { ShardIterator } = await it.ask('GetShardIterator', start);
  const first = await it.ask('GetRecords', { ShardIterator, Limit: 2 });
  expect(first).toMatchObject({ Records: [{}, {}], MillisBehindLatest: 500 });
  const second = await it.ask('GetRecords', { ShardIterator: first.NextShardIterator });
  expect(second).toMatchObject({ Records: [{ Data: bytes('three') }], MillisBehindLatest: 0 });
  const third = await it.ask('GetRecords', { ShardIterator: second.NextShardIterator });
  expect(third.Records).toEqual([]);
  await it.ask('PutRecord', record('four'));
  const fourth = await it.ask('GetRecords', { ShardIterator: third.NextShardIterator });
  expect(fourth.Records).toMatchObject([{ Data: bytes('four') }]);
});

test('an iterator is good for five minutes', async () => {
  await using it = await timedCloud();
  await it.ask('CreateStream', { StreamName, ShardCount: 1 });
  const { ShardIterator } = await it.ask('GetShardIterator', start);
  it.clock.time += 300_000;
  await it.ask('GetRecords', { ShardIterator });
  it.clock.time += 1;
  await expect(it.ask('GetRecords', { ShardIterator })).rejects.toMatchObject({
    code: 'ExpiredIteratorException',
    message:
      'Iterator expired. The iterator was created at time Thu Jan 01 00:00:00 UTC 2026 while right now it is Thu Jan 01 00:05:00 UTC 2026 which is further in the future than the tolerated delay of 300000 milliseconds.',
  });
});

test('records are kept for as long as the retention period', async () => {
  await using it = await timedCloud();
  await it.ask('CreateStream', { StreamName, ShardCount: 1 });
  await it.ask('PutRecord', record('old'));
  it.clock.time += 23 * 3600_000;
  await it.ask('PutRecord', record('new'));
  it.clock.time += 2 * 3600_000;
  const kept = async () => {
    const { ShardIterator } = await it.ask('GetShardIterator', start);
    const { Records = [] } = await it.ask('GetRecords', { ShardIterator });
    return Records.map(({ Data }) => Buffer.from(Data ?? '').toString());
  };
  expect(await kept()).toEqual(['new']);
  await it.ask('IncreaseStreamRetentionPeriod', { StreamName, RetentionPeriodHours: 48 });
  expect(await kept()).toEqual(['old', 'new']);
});

test.each([
  [{ StreamName: 'no' }, 'ResourceNotFoundException', 'Stream no under account 000000000000 not found.'],
  [
    { ShardId: 'shardId-000000000009' },
    'ResourceNotFoundException',
    'Shard shardId-000000000009 in stream clicks under account 000000000000 does not exist',
  ],
  [
    { ShardId: 'odd' },
    'ResourceNotFoundException',
    'Could not find shard odd in stream clicks under account 000000000000.',
  ],
  [
    { ShardIteratorType: 'LATEST', StartingSequenceNumber: '1' },
    'InvalidArgumentException',
    'Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified LATEST and also a StartingSequenceNumber.',
  ],
  [
    { ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: '1' },
    'InvalidArgumentException',
    'StartingSequenceNumber 1 used in GetShardIterator on shard shardId-000000000000 in stream clicks under account 000000000000 is invalid.',
  ],
  [
    { ShardIteratorType: 'ODD' },
    'ValidationException',
    "1 validation error detected: Value 'ODD' at 'shardIteratorType' failed to satisfy constraint: Member must satisfy enum value set: [AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER, TRIM_HORIZON, LATEST, AT_TIMESTAMP]",
  ],
])('GetShardIterator with %o is refused as a %s', async (input, name, message) => {
  await using it = await kinesisCloud();
  await it.client.createStream({ StreamName, ShardCount: 1 });
  const whole = { StreamName, ShardId: SHARD, ShardIteratorType: 'TRIM_HORIZON' as const, ...(input as object) };
  await expect(it.client.getShardIterator(whole)).rejects.toMatchObject({ name, message });
});

test('a record that is larger than the stream takes is refused, until the stream takes it', async () => {
  await using it = await kinesisCloud();
  await it.client.createStream({ StreamName, ShardCount: 1 });
  const large = 'x'.repeat(1024 * 1024);
  await expect(put(it.client, large)).rejects.toMatchObject({ name: 'ValidationException' });
  const StreamARN = 'arn:aws:kinesis:eu-west-1:000000000000:stream/clicks';
  await it.client.updateMaxRecordSize({ StreamARN, MaxRecordSizeInKiB: 2048 });
  await put(it.client, large);
  expect((await textsOf(it.client, StreamName))[0]).toHaveLength(large.length);
});

test('a stream that is deleted and made again has none of its records, and its iterators are of no use', async () => {
  await using it = await kinesisCloud();
  await it.client.createStream({ StreamName, ShardCount: 1 });
  await put(it.client, 'old');
  const { ShardIterator } = await it.client.getShardIterator(start);
  await expect(it.client.createStream({ StreamName, ShardCount: 1 })).rejects.toMatchObject({
    name: 'ResourceInUseException',
    message: 'Stream clicks under account 000000000000 already exists.',
  });
  await it.client.deleteStream({ StreamName });
  await it.client.createStream({ StreamName, ShardCount: 1 });
  expect(await textsOf(it.client, StreamName)).toEqual([]);
  await expect(it.client.getRecords({ ShardIterator })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('encryption, mode and monitoring are kept as they are set', async () => {
  await using it = await kinesisCloud();
  await it.client.createStream({ StreamName, ShardCount: 1 });
  await it.client.startStreamEncryption({ StreamName, EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' });
  const metrics = await it.client.enableEnhancedMonitoring({ StreamName, ShardLevelMetrics: ['IncomingBytes'] });
  expect(metrics).toMatchObject({ CurrentShardLevelMetrics: [], DesiredShardLevelMetrics: ['IncomingBytes'] });
  const StreamARN = 'arn:aws:kinesis:eu-west-1:000000000000:stream/clicks';
  await it.client.updateStreamMode({ StreamARN, StreamModeDetails: { StreamMode: 'ON_DEMAND' } });
  expect((await it.client.describeStream({ StreamName })).StreamDescription).toMatchObject({
    EncryptionType: 'KMS',
    KeyId: 'alias/aws/kinesis',
    EnhancedMonitoring: [{ ShardLevelMetrics: ['IncomingBytes'] }],
    StreamModeDetails: { StreamMode: 'ON_DEMAND' },
  });
  expect((await put(it.client, 'x')).EncryptionType).toBe('KMS');
});

test('tags are set by either of the two ways, and read by either', async () => {
  await using it = await kinesisCloud();
  await it.client.createStream({ StreamName, ShardCount: 1, Tags: { a: '1' } });
  const ResourceARN = 'arn:aws:kinesis:eu-west-1:000000000000:stream/clicks';
  await it.client.addTagsToStream({ StreamName, Tags: { b: '2' } });
  await it.client.tagResource({ ResourceARN, Tags: { c: '3' } });
  await it.client.removeTagsFromStream({ StreamName, TagKeys: ['a'] });
  const Tags = [
    { Key: 'b', Value: '2' },
    { Key: 'c', Value: '3' },
  ];
  expect(await it.client.listTagsForStream({ StreamName })).toMatchObject({ Tags, HasMoreTags: false });
  expect((await it.client.listTagsForResource({ ResourceARN })).Tags).toEqual(Tags);
});

test('the policy of a stream is an empty one until it is set, and after it is deleted', async () => {
  await using it = await kinesisCloud();
  await it.client.createStream({ StreamName, ShardCount: 1 });
  const ResourceARN = 'arn:aws:kinesis:eu-west-1:000000000000:stream/clicks';
  const policy = async () => (await it.client.getResourcePolicy({ ResourceARN })).Policy;
  expect(await policy()).toBe('{}');
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'kinesis:PutRecord', Resource: ResourceARN }],
  });
  await it.client.putResourcePolicy({ ResourceARN, Policy });
  expect(await policy()).toBe(Policy);
  await it.client.deleteResourcePolicy({ ResourceARN });
  expect(await policy()).toBe('{}');
  await expect(it.client.deleteResourcePolicy({ ResourceARN })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});
