import { CreateTableCommand, DeleteItemCommand, PutItemCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { rootCall } from '../../testing/fixtures/root-call.js';
import { sweepExpired, sweepStream } from './engine/sweep.js';
import { type DynamoDbCloud, dynamoDbCloud, USERS } from './fixtures/dynamodb-cloud.js';
import { Partitions } from './partitions.js';

/** No client of the streams API is installed: its operations are called in process. */
const streamsOf = ({ cloud }: DynamoDbCloud) => {
  const run = (operation: string, input: object) => cloud.context.dispatch('dynamodb', operation, input, rootCall);
  const arn = async (): Promise<string> => (await run('ListStreams', {})).Streams[0].StreamArn;
  const iterator = async (ShardIteratorType: string, SequenceNumber?: string): Promise<string> => {
    const StreamArn = await arn();
    const { StreamDescription } = await run('DescribeStream', { StreamArn });
    const { ShardId } = StreamDescription.Shards[0];
    const input = { StreamArn, ShardId, ShardIteratorType, ...(SequenceNumber && { SequenceNumber }) };
    return (await run('GetShardIterator', input)).ShardIterator;
  };
  const records = (ShardIterator: string, Limit?: number) =>
    run('GetRecords', { ShardIterator, ...(Limit && { Limit }) });
  return { run, arn, iterator, records };
};

const STREAMED = {
  ...USERS,
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' as const },
};

const put = (name: string, n: number) =>
  new PutItemCommand({ TableName: 'users', Item: { username: { S: name }, n: { N: String(n) } } });

it('tells every change of an item in order, and nothing where nothing changed', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(STREAMED));
  const streams = streamsOf(service);
  await client.send(put('john', 1));
  await client.send(put('john', 1));
  await client.send(put('john', 2));
  await client.send(new DeleteItemCommand({ TableName: 'users', Key: { username: { S: 'john' } } }));
  const { Records, NextShardIterator } = await streams.records(await streams.iterator('TRIM_HORIZON'));
  const john = (n: number) => ({ username: { S: 'john' }, n: { N: String(n) } });
  expect(Records).toMatchObject([
    { eventName: 'INSERT', dynamodb: { Keys: { username: { S: 'john' } }, NewImage: john(1) } },
    { eventName: 'MODIFY', dynamodb: { OldImage: john(1), NewImage: john(2) } },
    { eventName: 'REMOVE', dynamodb: { OldImage: john(2), StreamViewType: 'NEW_AND_OLD_IMAGES' } },
  ]);
  expect(Records[0].dynamodb.OldImage).toBeUndefined();
  const sequence = Records.map((record: { dynamodb: { SequenceNumber: string } }) => record.dynamodb.SequenceNumber);
  expect(sequence).toEqual([...sequence].sort());
  expect((await streams.records(NextShardIterator)).Records).toEqual([]);
});

it('goes on where an iterator stands', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(STREAMED));
  const streams = streamsOf(service);
  await client.send(put('a', 1));
  const latest = await streams.iterator('LATEST');
  for (const name of ['b', 'c', 'd']) await client.send(put(name, 1));
  const namesOf = (page: { Records: { dynamodb: { Keys: { username: { S: string } } } }[] }) =>
    page.Records.map(({ dynamodb }) => dynamodb.Keys.username.S);
  const first = await streams.records(latest, 2);
  expect(namesOf(first)).toEqual(['b', 'c']);
  expect(namesOf(await streams.records(first.NextShardIterator))).toEqual(['d']);
  const { SequenceNumber } = first.Records[0].dynamodb;
  expect(namesOf(await streams.records(await streams.iterator('AT_SEQUENCE_NUMBER', SequenceNumber)))).toEqual([
    'b',
    'c',
    'd',
  ]);
  expect(namesOf(await streams.records(await streams.iterator('AFTER_SEQUENCE_NUMBER', SequenceNumber)))).toEqual([
    'c',
    'd',
  ]);
});

it('ends with the stream', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(STREAMED));
  const streams = streamsOf(service);
  await client.send(put('a', 1));
  await client.send(new UpdateTableCommand({ TableName: 'users', StreamSpecification: { StreamEnabled: false } }));
  await client.send(put('b', 1));
  const page = await streams.records(await streams.iterator('TRIM_HORIZON'));
  expect(page.Records).toHaveLength(1);
  expect(page.NextShardIterator).toBeUndefined();
  const { StreamDescription } = await streams.run('DescribeStream', { StreamArn: await streams.arn() });
  expect(StreamDescription.StreamStatus).toBe('DISABLED');
});

it('names the service as who deleted an expired item, and forgets records after a day', async () => {
  await using service = await dynamoDbCloud();
  const { client, cloud } = service;
  await client.send(new CreateTableCommand(STREAMED));
  const streams = streamsOf(service);
  await streams.run('UpdateTimeToLive', {
    TableName: 'users',
    TimeToLiveSpecification: { Enabled: true, AttributeName: 'n' },
  });
  const start = Date.now();
  await client.send(put('john', Math.floor(start / 1000) + 10));
  const clock = { time: start + 60_000 };
  const partition = new Partitions({ ...cloud.context, now: () => clock.time }).get(rootCall);
  const table = await partition.findTable('users');
  if (!table) throw new Error('the table is missing');
  const { signal } = new AbortController();
  expect(await sweepExpired(partition, table, signal)).toBe(1);
  const page = await streams.records(await streams.iterator('TRIM_HORIZON'));
  expect(page.Records).toMatchObject([
    { eventName: 'INSERT' },
    { eventName: 'REMOVE', userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' } },
  ]);
  clock.time = start + 25 * 3600 * 1000;
  await sweepStream(partition, table, signal);
  expect((await streams.records(await streams.iterator('TRIM_HORIZON'))).Records).toEqual([]);
});
