import { pageOf } from '../../../kit/page.js';
import type { Input } from '../../../model/client-types.js';
import { invalidArgument, invalidToken } from '../kinesis-error.js';
import { kinesisOperation, onStream } from '../service-state.js';
import { type NumberedShard, parseShardId, shardId, shardOutput } from '../streams/shard.js';
import { STREAM_LIMITS, streamOf } from '../streams/stream-name.js';
import { retentionOf, type StreamRecord, shardsOf } from '../streams/stream-record.js';

type Filter = Input<'kinesis', 'ListShards'>['ShardFilter'];

const FILTERS = [
  'AFTER_SHARD_ID',
  'AT_TRIM_HORIZON',
  'FROM_TRIM_HORIZON',
  'AT_LATEST',
  'AT_TIMESTAMP',
  'FROM_TIMESTAMP',
];

/** The shards that were open at a moment. */
const openAt =
  (time: number) =>
  ({ created, closed }: NumberedShard): boolean =>
    created <= time && (closed === undefined || closed > time);

/** The shards that were open at a moment or have been since. */
const openSince =
  (time: number) =>
  ({ closed }: NumberedShard): boolean =>
    closed === undefined || closed > time;

/** "ShardFilter", API reference. @throws AwsError InvalidArgumentException */
function wanted(filter: Filter, stream: StreamRecord, now: number): (shard: NumberedShard) => boolean {
  const horizon = Math.max(stream.created, now - retentionOf(stream));
  switch (filter?.Type) {
    case undefined:
    case 'FROM_TRIM_HORIZON':
      return () => true;
    case 'AFTER_SHARD_ID': {
      if (filter?.ShardId === undefined) throw invalidArgument('ShardId must be provided with AFTER_SHARD_ID.');
      const after = parseShardId(filter.ShardId) ?? -1;
      return ({ number }) => number > after;
    }
    case 'AT_TRIM_HORIZON':
      return openAt(horizon);
    case 'AT_LATEST':
      return ({ closed }) => closed === undefined;
    default: {
      if (filter?.Timestamp === undefined) throw invalidArgument(`Timestamp must be provided with ${filter?.Type}.`);
      const time = Math.max(horizon, filter.Timestamp.getTime());
      return filter.Type === 'AT_TIMESTAMP' ? openAt(time) : openSince(time);
    }
  }
}

/** The stream of a page's token: on a further page it is not named again. */
const streamIn = (token: string | undefined): { readonly arn?: string; readonly rest?: string } => {
  const [arn, rest] = Buffer.from(token ?? '', 'base64url')
    .toString()
    .split('|');
  return arn === undefined || rest === undefined ? {} : { arn, rest };
};

export const listShards = kinesisOperation({
  name: 'ListShards',
  limits: {
    ...STREAM_LIMITS,
    MaxResults: { min: 1, max: 10_000 },
    NextToken: { min: 1, max: 1_048_576 },
    ShardFilter: { members: { Type: { values: FILTERS } } },
  },
  parse: (input, scope) => {
    const { StreamName, StreamARN, NextToken, ExclusiveStartShardId, MaxResults = 1000, ShardFilter } = input;
    if (NextToken === undefined && StreamName === undefined && StreamARN === undefined) {
      throw invalidArgument('Either NextToken or StreamName should be provided.');
    }
    if (NextToken !== undefined && StreamName !== undefined) {
      throw invalidArgument('NextToken and StreamName cannot be provided together.');
    }
    const { arn, rest: token } = streamIn(NextToken);
    if (NextToken !== undefined && arn === undefined) throw invalidToken();
    const stream = streamOf({ StreamName, StreamARN: StreamARN ?? arn }, scope);
    return { stream, token, after: ExclusiveStartShardId, limit: MaxResults, filter: ShardFilter };
  },
  access: (row) => [onStream(row, 'ListShards')],
  handle: ({ stream: name, token, after, limit, filter }, { account, region }, { context, streams }) => {
    const stream = streams.get(name);
    const now = context.now();
    const first = after === undefined ? -1 : (parseShardId(after) ?? -1);
    const all = shardsOf(stream, now)
      .filter(({ number }) => number > first)
      .filter(wanted(filter, stream, now));
    const { items, next } = pageOf(all, {
      keyOf: ({ number }) => shardId(number),
      limit,
      token,
      of: ['ListShards', account, region, name.name],
      refuse: invalidToken,
    });
    const arn = `arn:aws:kinesis:${name.region}:${name.account}:stream/${name.name}`;
    return {
      Shards: items.map(shardOutput),
      NextToken: next === undefined ? undefined : Buffer.from(`${arn}|${next}`).toString('base64url'),
    };
  },
});
