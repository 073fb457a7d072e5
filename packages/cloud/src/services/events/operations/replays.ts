import { AwsError } from '../../../core/aws-error.js';
import type { Scope } from '../../../core/operation.js';
import { anyAccess, namedAccess } from '../access.js';
import { archiveArn, parseArchiveArn, replayArn } from '../archives/archive-name.js';
import type { ReplayRecord } from '../archives/replay-store.js';
import { busArn, parseBusArn } from '../buses/bus-name.js';
import { alreadyExists, invalid, refuseMembers } from '../events-error.js';
import { page } from '../pages.js';
import { DESCRIPTION, eventsOperation, NAME, PAGE } from '../service-state.js';

const ARN = { min: 1, max: 1600 };
const STATES = ['STARTING', 'RUNNING', 'CANCELLING', 'COMPLETED', 'CANCELLED', 'FAILED'];

const named = ({ ReplayName: name }: { readonly ReplayName: string }, { account, region }: Scope) => ({
  replay: { account, region, name },
});

const replayAccess = <In extends { readonly replay: Scope & { readonly name: string } }>(
  row: Parameters<typeof namedAccess<In>>[0],
  action: string,
) => namedAccess(row, action, 'replay', ({ replay }) => replayArn(replay));

const date = (time: number | undefined): Date | undefined => (time === undefined ? undefined : new Date(time));

function summary(replay: ReplayRecord) {
  return {
    ReplayName: replay.name,
    EventSourceArn: replay.source,
    State: replay.state,
    StateReason: replay.reason,
    EventStartTime: new Date(replay.from),
    EventEndTime: new Date(replay.until),
    EventLastReplayedTime: date(replay.lastReplayed),
    ReplayStartTime: new Date(replay.started),
    ReplayEndTime: date(replay.ended),
  };
}

export const startReplay = eventsOperation({
  name: 'StartReplay',
  limits: { ReplayName: NAME, Description: DESCRIPTION, EventSourceArn: ARN, Destination: { members: { Arn: ARN } } },
  parse: (input, scope) => {
    refuseMembers(input.Destination, ['Arn', 'FilterArns'], 'the destination of a replay');
    const archive = parseArchiveArn(input.EventSourceArn);
    if (archive === undefined) {
      throw invalid('Parameter EventSourceArn is not valid. Reason: Must contain an archive ARN.');
    }
    const bus = parseBusArn(input.Destination.Arn);
    if (bus === undefined) {
      throw invalid('Parameter Destination.Arn is not valid. Reason: Must contain an event bus ARN.');
    }
    const from = input.EventStartTime.getTime();
    const until = input.EventEndTime.getTime();
    const filterArns = input.Destination.FilterArns;
    return { ...named(input, scope), archive, bus, filterArns, from, until, description: input.Description };
  },
  access: (row) => [
    replayAccess(row, 'StartReplay'),
    row({ action: 'events:StartReplay', type: 'archive', on: ({ archive }) => ({ resource: archiveArn(archive) }) }),
  ],
  handle: async ({ replay, archive, bus, ...settings }, _call, { context, bridge }) => {
    const { archives, buses, replays, replayer } = bridge;
    if (replays.find(replay)) throw alreadyExists(`Replay ${replay.name} already exists.`);
    if (settings.from >= settings.until) {
      throw invalid('Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.');
    }
    const source = archives.find(archive);
    if (source === undefined) {
      throw invalid(`Parameter EventSourceArn is not valid. Reason: Archive ${archive.name} does not exist.`);
    }
    buses.get(bus);
    if (source.source !== busArn(bus)) {
      throw invalid('Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.');
    }
    const started = context.now();
    const arns = { source: archiveArn(archive), destination: busArn(bus) };
    const record = { ...replay, ...settings, ...arns, state: 'STARTING' as const, started };
    await replays.put(record);
    replayer.start(record);
    return { ReplayArn: replayArn(replay), State: record.state, ReplayStartTime: new Date(started) };
  },
});

export const cancelReplay = eventsOperation({
  name: 'CancelReplay',
  limits: { ReplayName: NAME },
  parse: named,
  access: (row) => [replayAccess(row, 'CancelReplay')],
  handle: async ({ replay: name }, _call, { bridge: { replays } }) => {
    const replay = replays.get(name);
    if (replay.state !== 'STARTING' && replay.state !== 'RUNNING') {
      throw new AwsError('IllegalStatusException', `Replay ${name.name} is not in a valid state for this operation.`);
    }
    await replays.put({ ...replay, state: 'CANCELLING' });
    return { ReplayArn: replayArn(replay), State: 'CANCELLING' as const };
  },
});

export const describeReplay = eventsOperation({
  name: 'DescribeReplay',
  limits: { ReplayName: NAME },
  parse: named,
  access: (row) => [replayAccess(row, 'DescribeReplay')],
  handle: ({ replay: name }, _call, { bridge: { replays } }) => {
    const replay = replays.get(name);
    return {
      ...summary(replay),
      ReplayArn: replayArn(replay),
      Description: replay.description,
      Destination: { Arn: replay.destination, FilterArns: replay.filterArns },
    };
  },
});

export const listReplays = eventsOperation({
  name: 'ListReplays',
  limits: { NamePrefix: NAME, State: { values: STATES }, EventSourceArn: ARN, Limit: PAGE },
  access: (row) => [anyAccess(row, 'ListReplays')],
  handle: (input, call, { bridge: { replays } }) => {
    const { NamePrefix, EventSourceArn, State } = input;
    if ([NamePrefix, EventSourceArn, State].filter((each) => each !== undefined).length > 1) {
      throw invalid(
        'At most one filter is allowed for ListReplays. Use either : State, EventSourceArn, or NamePrefix.',
      );
    }
    const found = replays
      .list(call)
      .filter(
        ({ name, source, state }) =>
          name.startsWith(NamePrefix ?? '') && source === (EventSourceArn ?? source) && state === (State ?? state),
      );
    const { items, next } = page(found, ({ name }) => name, input, 'ListReplays');
    return { Replays: items.map(summary), NextToken: next };
  },
});
