import type { Kinesis, Shard } from '@aws-sdk/client-kinesis';
import { expect, test } from 'vitest';
import { kinesisCloud, textsOf, timedCloud } from './fixtures/kinesis-cloud.js';

const StreamName = 'clicks';
const id = (number: number): string => `shardId-00000000000${number}`;
const LAST = '340282366920938463463374607431768211455';
const MIDDLE = '170141183460469231731687303715884105728';

const shards = async (client: Kinesis): Promise<readonly Shard[]> =>
  (await client.listShards({ StreamName })).Shards ?? [];
const put = (client: Kinesis, text: string, ExplicitHashKey: string) =>
  client.putRecord({ StreamName, PartitionKey: 'a', Data: Buffer.from(text), ExplicitHashKey });

test('a shard that is split ends, and its two halves take its records', async () => {
  await using it = await kinesisCloud();
  await it.client.createStream({ StreamName, ShardCount: 1 });
  await put(it.client, 'before', '0');
  await it.client.splitShard({ StreamName, ShardToSplit: id(0), NewStartingHashKey: MIDDLE });
  const [parent, low, high] = await shards(it.client);
  expect(parent?.SequenceNumberRange?.EndingSequenceNumber).toMatch(/^\d{56}$/);
  expect([low?.ParentShardId, high?.ParentShardId]).toEqual([id(0), id(0)]);
  expect(high?.HashKeyRange).toEqual({ StartingHashKey: MIDDLE, EndingHashKey: LAST });
  expect((await put(it.client, 'low', '0')).ShardId).toBe(id(1));
  expect((await put(it.client, 'high', LAST)).ShardId).toBe(id(2));
  expect(await textsOf(it.client, StreamName)).toEqual(['before']);
  expect(await textsOf(it.client, StreamName, id(2))).toEqual(['high']);
});

test('the end of a shard that was split tells its children and has no further iterator', async () => {
  await using it = await kinesisCloud();
  await it.client.createStream({ StreamName, ShardCount: 1 });
  await it.client.splitShard({ StreamName, ShardToSplit: id(0), NewStartingHashKey: MIDDLE });
  const start = { StreamName, ShardId: id(0), ShardIteratorType: 'TRIM_HORIZON' as const };
  const { ShardIterator } = await it.client.getShardIterator(start);
  const page = await it.client.getRecords({ ShardIterator });
  expect(page.NextShardIterator).toBeUndefined();
  expect(page.ChildShards?.map(({ ShardId, ParentShards }) => [ShardId, ParentShards])).toEqual([
    [id(1), [id(0)]],
    [id(2), [id(0)]],
  ]);
});

test('two shards side by side are merged into one, whichever is named first', async () => {
  await using it = await kinesisCloud();
  await it.client.createStream({ StreamName, ShardCount: 3 });
  await it.client.mergeShards({ StreamName, ShardToMerge: id(1), AdjacentShardToMerge: id(0) });
  const merged = (await shards(it.client))[3];
  expect(merged).toMatchObject({ ParentShardId: id(1), AdjacentParentShardId: id(0) });
  expect(merged?.HashKeyRange?.StartingHashKey).toBe('0');
  await expect(
    it.client.mergeShards({ StreamName, ShardToMerge: id(0), AdjacentShardToMerge: id(2) }),
  ).rejects.toMatchObject({ name: 'ResourceInUseException' });
});

test('shards that are not side by side are not merged', async () => {
  await using it = await kinesisCloud();
  await it.client.createStream({ StreamName, ShardCount: 3 });
  await expect(
    it.client.mergeShards({ StreamName, ShardToMerge: id(0), AdjacentShardToMerge: id(2) }),
  ).rejects.toMatchObject({
    name: 'InvalidArgumentException',
    message:
      'Shards shardId-000000000000 and shardId-000000000002 in stream clicks under account 000000000000 are not an adjacent pair of shards eligible for merging',
  });
});

test('a stream is scaled to twice or half of its shards at most, and takes every key at each size', async () => {
  await using it = await kinesisCloud();
  await it.client.createStream({ StreamName, ShardCount: 3 });
  const scale = (TargetShardCount: number) =>
    it.client.updateShardCount({ StreamName, TargetShardCount, ScalingType: 'UNIFORM_SCALING' });
  expect(await scale(5)).toMatchObject({ CurrentShardCount: 3, TargetShardCount: 5 });
  const open = (await shards(it.client)).filter((shard) => !shard.SequenceNumberRange?.EndingSequenceNumber);
  expect(open).toHaveLength(5);
  expect(open.every(({ ParentShardId }) => ParentShardId !== undefined)).toBe(true);
  for (const key of ['0', MIDDLE, LAST]) await put(it.client, 'x', key);
  await expect(scale(11)).rejects.toMatchObject({ name: 'LimitExceededException' });
  await expect(scale(2)).rejects.toMatchObject({ name: 'LimitExceededException' });
  await scale(3);
  expect((await it.client.describeStreamSummary({ StreamName })).StreamDescriptionSummary?.OpenShardCount).toBe(3);
});

test('shards are listed by what they were at a time', async () => {
  await using it = await timedCloud();
  await it.ask('CreateStream', { StreamName, ShardCount: 1 });
  it.clock.time += 1000;
  const before = new Date(it.clock.time);
  it.clock.time += 1000;
  await it.ask('SplitShard', { StreamName, ShardToSplit: id(0), NewStartingHashKey: MIDDLE });
  it.clock.time += 1000;
  const listed = async (ShardFilter: object) => {
    const { Shards = [] } = await it.ask('ListShards', { StreamName, ShardFilter });
    return Shards.map(({ ShardId }) => ShardId);
  };
  expect(await listed({ Type: 'AT_LATEST' })).toEqual([id(1), id(2)]);
  expect(await listed({ Type: 'AT_TRIM_HORIZON' })).toEqual([id(0)]);
  expect(await listed({ Type: 'FROM_TRIM_HORIZON' })).toEqual([id(0), id(1), id(2)]);
  expect(await listed({ Type: 'AFTER_SHARD_ID', ShardId: id(1) })).toEqual([id(2)]);
  expect(await listed({ Type: 'AT_TIMESTAMP', Timestamp: before })).toEqual([id(0)]);
  expect(await listed({ Type: 'FROM_TIMESTAMP', Timestamp: new Date(it.clock.time) })).toEqual([id(1), id(2)]);
  it.clock.time += 25 * 3600_000;
  expect(await listed({ Type: 'FROM_TRIM_HORIZON' })).toEqual([id(1), id(2)]);
});

test('a further page of shards needs the token alone', async () => {
  await using it = await kinesisCloud();
  await it.client.createStream({ StreamName, ShardCount: 3 });
  const first = await it.client.listShards({ StreamName, MaxResults: 2 });
  const second = await it.client.listShards({ NextToken: first.NextToken, MaxResults: 2 });
  expect([first, second].map(({ Shards = [] }) => Shards.length)).toEqual([2, 1]);
  expect(second.NextToken).toBeUndefined();
});
