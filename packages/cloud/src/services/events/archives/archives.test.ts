import {
  CancelReplayCommand,
  CreateArchiveCommand,
  CreateEventBusCommand,
  DeleteArchiveCommand,
  DescribeArchiveCommand,
  DescribeReplayCommand,
  ListArchivesCommand,
  ListReplaysCommand,
  StartReplayCommand,
  type StartReplayCommandInput,
  UpdateArchiveCommand,
} from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { EVENT, eventsCloud, queueArn, ruleArn } from '../fixtures/events-cloud.js';

const PATTERN = JSON.stringify({ source: ['shop'] });
const BUS = 'arn:aws:events:eu-west-1:000000000000:event-bus/default';
const ARCHIVE = 'arn:aws:events:eu-west-1:000000000000:archive/year';

/** A cloud with an archive of the default bus. */
async function archiveCloud(input: object = {}) {
  const cloud = await eventsCloud();
  const created = await cloud.client.send(
    new CreateArchiveCommand({ ArchiveName: 'year', EventSourceArn: BUS, EventPattern: PATTERN, ...input }),
  );
  const replay = (ReplayName: string, input: Partial<StartReplayCommandInput> = {}) =>
    cloud.client.send(
      new StartReplayCommand({
        ReplayName,
        EventSourceArn: ARCHIVE,
        EventStartTime: new Date(0),
        EventEndTime: new Date(Date.now() + 60_000),
        Destination: { Arn: BUS },
        ...input,
      }),
    );
  return { ...cloud, created, replay };
}

test('an archive is created, described, listed, updated and deleted', async () => {
  await using cloud = await archiveCloud({ RetentionDays: 1, Description: 'all' });
  const { client } = cloud;
  expect(cloud.created).toMatchObject({ ArchiveArn: ARCHIVE, State: 'ENABLED', CreationTime: expect.any(Date) });
  const listed = {
    ArchiveName: 'year',
    CreationTime: expect.any(Date),
    EventCount: 0,
    EventSourceArn: BUS,
    RetentionDays: 1,
    SizeBytes: 0,
    State: 'ENABLED',
  };
  expect((await client.send(new ListArchivesCommand({ EventSourceArn: BUS }))).Archives).toEqual([listed]);
  const describe = () => client.send(new DescribeArchiveCommand({ ArchiveName: 'year' }));
  expect(await describe()).toMatchObject({ ...listed, Description: 'all', EventPattern: PATTERN, ArchiveArn: ARCHIVE });
  await client.send(new UpdateArchiveCommand({ ArchiveName: 'year', RetentionDays: 2 }));
  expect(await describe()).toMatchObject({ Description: 'all', RetentionDays: 2 });
  await client.send(new DeleteArchiveCommand({ ArchiveName: 'year' }));
  await expect(describe()).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Archive year does not exist.',
  });
});

// As AWS was recorded to answer.
test.each<[message: string, ask: (cloud: Awaited<ReturnType<typeof archiveCloud>>) => Promise<unknown>]>([
  [
    'Archive year already exists.',
    ({ client }) => client.send(new CreateArchiveCommand({ ArchiveName: 'year', EventSourceArn: BUS })),
  ],
  [
    'Event bus missing does not exist.',
    ({ client }) => client.send(new ListArchivesCommand({ EventSourceArn: BUS.replace('default', 'missing') })),
  ],
  [
    'At least one of EventPattern, RetentionDays or Description must be provided.',
    ({ client }) => client.send(new UpdateArchiveCommand({ ArchiveName: 'missing' })),
  ],
  [
    'Parameter EventSourceArn is not valid. Reason: Archive missing does not exist.',
    ({ replay }) => replay('again', { EventSourceArn: ARCHIVE.replace('year', 'missing') }),
  ],
  [
    'Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.',
    ({ replay }) => replay('again', { EventStartTime: new Date(1000), EventEndTime: new Date(1000) }),
  ],
  [
    'Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.',
    ({ replay }) => replay('again', { Destination: { Arn: BUS.replace('default', 'shop') } }),
  ],
])('an archive or a replay is refused: %s', async (message, ask) => {
  await using cloud = await archiveCloud();
  await cloud.client.send(new CreateEventBusCommand({ Name: 'shop' }));
  await expect(ask(cloud)).rejects.toThrow(message);
});

test('events that match are counted, and sent once more under the name of the replay to the rules it is for', async () => {
  await using cloud = await archiveCloud();
  const { client } = cloud;
  await cloud.put(EVENT, { ...EVENT, Source: 'other' });
  expect(await client.send(new DescribeArchiveCommand({ ArchiveName: 'year' }))).toMatchObject({ EventCount: 1 });
  for (const name of ['wanted', 'others']) {
    await cloud.rule(name, { EventPattern: PATTERN });
    await cloud.queue(name, name);
    await cloud.targets(name, { Id: 'queue', Arn: queueArn(name) });
  }
  const started = await cloud.replay('again', { Destination: { Arn: BUS, FilterArns: [ruleArn('wanted')] } });
  expect(started).toMatchObject({ State: 'STARTING', ReplayStartTime: expect.any(Date) });
  const describe = () => client.send(new DescribeReplayCommand({ ReplayName: 'again' }));
  await expect.poll(async () => (await describe()).State, { timeout: 10_000 }).toBe('COMPLETED');
  expect(await describe()).toMatchObject({
    EventLastReplayedTime: expect.any(Date),
    ReplayEndTime: expect.any(Date),
    Destination: { Arn: BUS, FilterArns: [ruleArn('wanted')] },
  });
  await expect.poll(() => cloud.bodies('wanted')).toMatchObject([expect.stringContaining('"replay-name":"again"')]);
  expect(await cloud.bodies('others')).toEqual([]);
  expect(await client.send(new DescribeArchiveCommand({ ArchiveName: 'year' }))).toMatchObject({ EventCount: 1 });
  expect((await client.send(new ListReplaysCommand({ NamePrefix: 'ag' }))).Replays).toHaveLength(1);
});

test('a replay is cancelled while it is under way, and not after', async () => {
  await using cloud = await archiveCloud();
  const { client } = cloud;
  await cloud.replay('again');
  const cancel = () => client.send(new CancelReplayCommand({ ReplayName: 'again' }));
  expect(await cancel()).toMatchObject({ State: 'CANCELLING' });
  const state = async () => (await client.send(new DescribeReplayCommand({ ReplayName: 'again' }))).State;
  await expect.poll(state, { timeout: 10_000 }).toBe('CANCELLED');
  await expect(cancel()).rejects.toMatchObject({ name: 'IllegalStatusException' });
});
