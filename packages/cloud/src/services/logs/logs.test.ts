import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { logs } from './index.js';

async function logsCloud() {
  const cloud = await testCloud({ services: [logs], iam: 'off' });
  return { ...cloud, client: new CloudWatchLogsClient({ ...cloud.clientConfig(), maxAttempts: 1 }) };
}

const logGroupName = '/app/users';

async function withEvents(messages: readonly string[], stream = 'one') {
  const cloud = await logsCloud();
  const { client } = cloud;
  const start = Date.now() - 1000;
  await client.send(new CreateLogGroupCommand({ logGroupName }));
  await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName: stream }));
  const logEvents = messages.map((message, at) => ({ timestamp: start + at, message }));
  if (logEvents.length > 0) {
    await client.send(new PutLogEventsCommand({ logGroupName, logStreamName: stream, logEvents }));
  }
  return { ...cloud, start };
}

test('a group is made once, described by its prefix and deleted', async () => {
  await using cloud = await logsCloud();
  const { client } = cloud;
  await client.send(new CreateLogGroupCommand({ logGroupName, tags: { team: 'users' } }));
  await client.send(new CreateLogGroupCommand({ logGroupName: '/other' }));
  await expect(client.send(new CreateLogGroupCommand({ logGroupName }))).rejects.toMatchObject({
    name: 'ResourceAlreadyExistsException',
    message: 'The specified log group already exists',
  });
  const { logGroups } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/app' }));
  expect(logGroups).toMatchObject([
    { logGroupName, arn: `arn:aws:logs:eu-west-1:000000000000:log-group:${logGroupName}:*`, storedBytes: 0 },
  ]);
  await client.send(new DeleteLogGroupCommand({ logGroupName }));
  await expect(client.send(new DeleteLogGroupCommand({ logGroupName }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('events come back in their order, page by page, forwards and backwards', async () => {
  await using cloud = await withEvents(['a', 'b', 'c', 'd', 'e']);
  const get = async (input: object) =>
    cloud.client.send(new GetLogEventsCommand({ logGroupName, logStreamName: 'one', limit: 2, ...input }));
  const first = await get({ startFromHead: true });
  expect(first.events?.map(({ message }) => message)).toEqual(['a', 'b']);
  const second = await get({ nextToken: first.nextForwardToken });
  expect(second.events?.map(({ message }) => message)).toEqual(['c', 'd']);
  const back = await get({ nextToken: second.nextBackwardToken });
  expect(back.events?.map(({ message }) => message)).toEqual(['a', 'b']);
  const last = await get({});
  expect(last.events?.map(({ message }) => message)).toEqual(['d', 'e']);
  const end = await get({ nextToken: last.nextForwardToken });
  expect(end.events).toEqual([]);
  expect(end.nextForwardToken).toBe(last.nextForwardToken);
});

test('events of several streams are filtered by time, stream and terms', async () => {
  await using cloud = await withEvents(['INFO start', 'ERROR no table', 'ERROR no key', 'INFO end']);
  const { client, start } = cloud;
  await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'two' }));
  const logEvents = [{ timestamp: start + 1, message: 'ERROR elsewhere' }];
  await client.send(new PutLogEventsCommand({ logGroupName, logStreamName: 'two', logEvents }));
  const filter = async (input: object) =>
    (await client.send(new FilterLogEventsCommand({ logGroupName, ...input }))).events?.map(({ message }) => message);
  expect(await filter({ filterPattern: 'ERROR' })).toEqual(['ERROR no table', 'ERROR elsewhere', 'ERROR no key']);
  expect(await filter({ filterPattern: 'ERROR -table', logStreamNames: ['one'] })).toEqual(['ERROR no key']);
  expect(await filter({ filterPattern: '"no table"' })).toEqual(['ERROR no table']);
  expect(await filter({ filterPattern: '?start ?end' })).toEqual(['INFO start', 'INFO end']);
  expect(await filter({ startTime: start + 1, endTime: start + 2, logStreamNamePrefix: 'o' })).toEqual([
    'ERROR no table',
    'ERROR no key',
  ]);
  await expect(filter({ filterPattern: '{ $.level }' })).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'Invalid filter pattern',
  });
});

test('a filter goes on where its token says', async () => {
  await using cloud = await withEvents(Array.from({ length: 25 }, (_, at) => `line ${at}`));
  const seen: (string | undefined)[] = [];
  let nextToken: string | undefined;
  do {
    const page = await cloud.client.send(new FilterLogEventsCommand({ logGroupName, limit: 10, nextToken }));
    seen.push(...(page.events ?? []).map(({ message }) => message));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  expect(seen).toEqual(Array.from({ length: 25 }, (_, at) => `line ${at}`));
});

test('streams tell the times of their events', async () => {
  await using cloud = await withEvents(['a', 'b']);
  const { logStreams } = await cloud.client.send(new DescribeLogStreamsCommand({ logGroupName }));
  expect(logStreams).toMatchObject([
    { logStreamName: 'one', firstEventTimestamp: cloud.start, lastEventTimestamp: cloud.start + 1 },
  ]);
});

test('events that are out of order are refused, and too old ones told', async () => {
  await using cloud = await withEvents([]);
  const put = (times: readonly number[]) =>
    cloud.client.send(
      new PutLogEventsCommand({
        logGroupName,
        logStreamName: 'one',
        logEvents: times.map((timestamp) => ({ timestamp, message: 'x' })),
      }),
    );
  const now = Date.now();
  await expect(put([now, now - 1])).rejects.toMatchObject({ name: 'InvalidParameterException' });
  const { rejectedLogEventsInfo } = await put([now - 15 * 86_400_000, now]);
  expect(rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 });
});

test('retention is one of the days that AWS has, and goes again', async () => {
  await using cloud = await withEvents([]);
  const { client } = cloud;
  const retention = async () => (await client.send(new DescribeLogGroupsCommand({}))).logGroups?.[0]?.retentionInDays;
  await client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 14 }));
  expect(await retention()).toBe(14);
  await expect(client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 15 }))).rejects.toMatchObject(
    { name: 'InvalidParameterException' },
  );
  await client.send(new DeleteRetentionPolicyCommand({ logGroupName }));
  expect(await retention()).toBeUndefined();
});

test('tags are added to a group by its ARN', async () => {
  await using cloud = await withEvents([]);
  const resourceArn = `arn:aws:logs:eu-west-1:000000000000:log-group:${logGroupName}`;
  await cloud.client.send(new TagResourceCommand({ resourceArn, tags: { team: 'users' } }));
  const { tags } = await cloud.client.send(new ListTagsForResourceCommand({ resourceArn }));
  expect(tags).toEqual({ team: 'users' });
});

test('a group of too many bytes loses its oldest events', async () => {
  await using cloud = await withEvents([]);
  const { client } = cloud;
  const now = Date.now();
  for (let i = 0; i < 40; i++) {
    const logEvents = [{ timestamp: now + i, message: `${i} ${'x'.repeat(1_000_000)}` }];
    await client.send(new PutLogEventsCommand({ logGroupName, logStreamName: 'one', logEvents }));
  }
  const { logGroups } = await client.send(new DescribeLogGroupsCommand({}));
  expect(logGroups?.[0]?.storedBytes).toBeLessThanOrEqual(32 * 1024 * 1024);
  const { events } = await client.send(new FilterLogEventsCommand({ logGroupName, limit: 1 }));
  expect(Number(events?.[0]?.message?.split(' ')[0])).toBeGreaterThan(5);
});

test('a group is given by its name or its identifier, not by both', async () => {
  await using cloud = await withEvents([]);
  const both = { logGroupName, logGroupIdentifier: logGroupName };
  await expect(cloud.client.send(new DescribeLogStreamsCommand(both))).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
  });
});

test('groups are looked for by a prefix or a pattern, not by both', async () => {
  await using cloud = await withEvents([]);
  const both = { logGroupNamePrefix: 'a', logGroupNamePattern: 'a' };
  await expect(cloud.client.send(new DescribeLogGroupsCommand(both))).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
  });
});

test('a group says that it may be deleted, and its name has at most 512 characters', async () => {
  await using cloud = await withEvents([]);
  const { logGroups } = await cloud.client.send(new DescribeLogGroupsCommand({}));
  expect(logGroups?.[0]).toMatchObject({ deletionProtectionEnabled: false, logGroupClass: 'STANDARD' });
  const command = new CreateLogGroupCommand({ logGroupName: 'a'.repeat(513) });
  await expect(cloud.client.send(command)).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'Invalid LogGroup or LogStream, both must have length less than or equal to 512.',
  });
});
