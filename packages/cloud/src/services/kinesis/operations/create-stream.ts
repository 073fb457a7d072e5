import { requestTags } from '../../../core/access.js';
import { randomId } from '../../../core/random-id.js';
import { withTags } from '../../../kit/tags.js';
import { inUse, invalidArgument } from '../kinesis-error.js';
import { kinesisOperation, onStreamOf } from '../service-state.js';
import { evenRanges } from '../streams/hash-key.js';
import { newShard } from '../streams/shard.js';
import { STREAM_LIMITS } from '../streams/stream-name.js';
import { STREAM_TAGS } from './tagging.js';

/** Shards with which a stream on demand begins ("Choose the data stream capacity mode"). */
const ON_DEMAND_SHARDS = 4;
/** Kibibytes of a record, unless more are asked for. */
const MAX_RECORD = 1024;

export const createStream = kinesisOperation({
  name: 'CreateStream',
  limits: {
    StreamName: STREAM_LIMITS.StreamName,
    ShardCount: { min: 1, max: 100_000 },
    StreamModeDetails: { members: { StreamMode: { values: ['PROVISIONED', 'ON_DEMAND'] } } },
    MaxRecordSizeInKiB: { min: 1024, max: 10_240 },
  },
  parse: ({ StreamName: name, Tags = {}, StreamModeDetails, ShardCount, ...rest }, { account, region }) => {
    const mode = StreamModeDetails?.StreamMode ?? (ShardCount === undefined ? 'ON_DEMAND' : 'PROVISIONED');
    if (mode === 'PROVISIONED' && ShardCount === undefined) {
      throw invalidArgument('ShardCount must be specified for a stream in PROVISIONED mode.');
    }
    if (mode === 'ON_DEMAND' && ShardCount !== undefined) {
      throw invalidArgument('ShardCount must not be specified for a stream in ON_DEMAND mode.');
    }
    return {
      stream: { account, region, name },
      tags: { ...Tags },
      mode,
      count: ShardCount ?? ON_DEMAND_SHARDS,
      maxRecordKiB: rest.MaxRecordSizeInKiB ?? MAX_RECORD,
      warmMiBps: rest.WarmThroughputMiBps,
    };
  },
  access: (row) => [
    onStreamOf(
      row,
      'CreateStream',
      ({ stream }) => stream,
      requestTags(({ tags }) => tags),
    ),
    onStreamOf(
      row,
      'AddTagsToStream',
      ({ stream, tags }) => (Object.keys(tags).length > 0 ? stream : undefined),
      requestTags(({ tags }) => tags),
    ),
  ],
  handle: async ({ stream, tags, mode, count, maxRecordKiB, warmMiBps }, call, { context, streams }) => {
    if (streams.find(stream)) throw inUse(`Stream ${stream.name} under account ${stream.account} already exists.`);
    const created = context.now();
    await streams.put({
      ...stream,
      id: randomId.uuid(),
      created,
      mode,
      shards: evenRanges(count).map((range) => newShard(range, created)),
      retentionHours: 24,
      tags: withTags({}, tags, STREAM_TAGS, call),
      metrics: [],
      maxRecordKiB,
      warmMiBps,
    });
  },
});
