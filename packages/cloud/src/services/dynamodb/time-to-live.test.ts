import {
  CreateTableCommand,
  DescribeTimeToLiveCommand,
  PutItemCommand,
  ScanCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { sweepExpired } from './engine/sweep.js';
import { dynamoDbCloud, USERS } from './fixtures/dynamodb-cloud.js';
import { dynamoDb } from './index.js';
import { Partitions } from './partitions.js';

const NOW = 1_800_000_000;

/** A table with expiring items, its clock, and its sweep at that time. */
async function expiringUsers() {
  const clock = { seconds: NOW };
  const partitions: Partitions[] = [];
  const service = await dynamoDbCloud({
    services: [
      (context) => {
        partitions.push(new Partitions({ ...context, now: () => clock.seconds * 1000 }));
        return dynamoDb(context);
      },
    ],
  });
  return { service, clock, partitions };
}

it('deletes items when their time has come, and not before', async () => {
  const { service, clock, partitions } = await expiringUsers();
  await using _ = service;
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  const put = (name: string, expires: object) =>
    client.send(new PutItemCommand({ TableName: 'users', Item: { username: { S: name }, ...expires } }));
  await put('early', { expires: { N: String(NOW + 10) } });
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: 'users',
      TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' },
    }),
  );
  await put('late', { expires: { N: String(NOW + 1000) } });
  await put('text', { expires: { S: '1' } });
  await put('ancient', { expires: { N: '5' } });
  await put('never', {});
  const sweep = async () => {
    const partition = partitions[0]?.get({ account: '000000000000', region: 'eu-west-1' });
    const table = await partition?.findTable('users');
    if (!partition || !table) throw new Error('the table is missing');
    await sweepExpired(partition, table, new AbortController().signal);
    const { Items = [] } = await client.send(new ScanCommand({ TableName: 'users' }));
    return Items.map(({ username }) => username?.S).sort();
  };
  expect(await sweep()).toEqual(['ancient', 'early', 'late', 'never', 'text']);
  clock.seconds = NOW + 11;
  expect(await sweep()).toEqual(['ancient', 'late', 'never', 'text']);
  clock.seconds = NOW + 1001;
  expect(await sweep()).toEqual(['ancient', 'never', 'text']);
});

it('tells the attribute that items expire by', async () => {
  await using service = await dynamoDbCloud();
  const { client } = service;
  await client.send(new CreateTableCommand(USERS));
  const describe = async () =>
    (await client.send(new DescribeTimeToLiveCommand({ TableName: 'users' }))).TimeToLiveDescription;
  const set = (Enabled: boolean) =>
    client.send(
      new UpdateTimeToLiveCommand({ TableName: 'users', TimeToLiveSpecification: { Enabled, AttributeName: 'ttl' } }),
    );
  expect(await describe()).toEqual({ TimeToLiveStatus: 'DISABLED' });
  await expect(set(false)).rejects.toThrow('TimeToLive is already disabled');
  await set(true);
  expect(await describe()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' });
  await expect(set(true)).rejects.toThrow('TimeToLive is already enabled');
  await set(false);
  expect(await describe()).toEqual({ TimeToLiveStatus: 'DISABLED' });
});
