import { anything } from '../../../core/access.js';
import { invalidArgument } from '../kinesis-error.js';
import { kinesisOperation, onStream } from '../service-state.js';
import { requireStream, STREAM_LIMITS, streamArn } from '../streams/stream-name.js';
import { withStream } from './stream-input.js';

const METRICS = [
  'IncomingBytes',
  'IncomingRecords',
  'OutgoingBytes',
  'OutgoingRecords',
  'WriteProvisionedThroughputExceeded',
  'ReadProvisionedThroughputExceeded',
  'IteratorAgeMilliseconds',
] as const;

type Metric = (typeof METRICS)[number];

const METRIC_LIMITS = { ShardLevelMetrics: { min: 1, max: 7, values: [...METRICS, 'ALL'] } };

const each = (asked: readonly string[]): readonly Metric[] =>
  METRICS.filter((metric) => asked.includes('ALL') || asked.includes(metric));

export const enableEnhancedMonitoring = kinesisOperation({
  name: 'EnableEnhancedMonitoring',
  limits: { ...STREAM_LIMITS, ...METRIC_LIMITS },
  parse: (input, scope) => withStream(input, scope),
  access: (row) => [row({ action: 'kinesis:EnableEnhancedMonitoring', on: anything })],
  handle: async ({ stream, ShardLevelMetrics }, _call, { streams }) => {
    const before = streams.get(stream);
    const metrics = each([...before.metrics, ...ShardLevelMetrics]);
    await streams.put({ ...before, metrics });
    return {
      StreamName: before.name,
      StreamARN: streamArn(before),
      CurrentShardLevelMetrics: each(before.metrics),
      DesiredShardLevelMetrics: metrics,
    };
  },
});

export const disableEnhancedMonitoring = kinesisOperation({
  name: 'DisableEnhancedMonitoring',
  limits: { ...STREAM_LIMITS, ...METRIC_LIMITS },
  parse: (input, scope) => withStream(input, scope),
  access: (row) => [row({ action: 'kinesis:DisableEnhancedMonitoring', on: anything })],
  handle: async ({ stream, ShardLevelMetrics }, _call, { streams }) => {
    const before = streams.get(stream);
    const without: readonly string[] = each(ShardLevelMetrics);
    const metrics = each(before.metrics.filter((metric) => !without.includes(metric)));
    await streams.put({ ...before, metrics });
    return {
      StreamName: before.name,
      StreamARN: streamArn(before),
      CurrentShardLevelMetrics: each(before.metrics),
      DesiredShardLevelMetrics: metrics,
    };
  },
});

const ENCRYPTION = { EncryptionType: { values: ['NONE', 'KMS'] }, KeyId: { min: 1, max: 2048 } };

export const startStreamEncryption = kinesisOperation({
  name: 'StartStreamEncryption',
  limits: { ...STREAM_LIMITS, ...ENCRYPTION },
  parse: (input, scope) => withStream(input, scope),
  access: (row) => [onStream(row, 'StartStreamEncryption')],
  handle: ({ stream, EncryptionType, KeyId }, _call, { streams }) => {
    if (EncryptionType !== 'KMS')
      throw invalidArgument('EncryptionType must be KMS to start the encryption of a stream.');
    return streams.change(stream, (before) => ({ ...before, keyId: KeyId }));
  },
});

export const stopStreamEncryption = kinesisOperation({
  name: 'StopStreamEncryption',
  limits: { ...STREAM_LIMITS, ...ENCRYPTION },
  parse: (input, scope) => withStream(input, scope),
  access: (row) => [onStream(row, 'StopStreamEncryption')],
  handle: ({ stream }, _call, { streams }) => streams.change(stream, ({ keyId: _, ...before }) => before),
});

export const updateStreamMode = kinesisOperation({
  name: 'UpdateStreamMode',
  limits: {
    StreamARN: STREAM_LIMITS.StreamARN,
    StreamModeDetails: { members: { StreamMode: { values: ['PROVISIONED', 'ON_DEMAND'] } } },
  },
  parse: ({ StreamARN, StreamModeDetails, WarmThroughputMiBps }) => ({
    stream: requireStream(StreamARN),
    mode: StreamModeDetails.StreamMode,
    warmMiBps: WarmThroughputMiBps,
  }),
  access: (row) => [row({ action: 'kinesis:UpdateStreamMode', on: anything })],
  handle: ({ stream, mode, warmMiBps }, _call, { streams }) =>
    streams.change(stream, (before) => ({ ...before, mode, warmMiBps: warmMiBps ?? before.warmMiBps })),
});

export const updateMaxRecordSize = kinesisOperation({
  name: 'UpdateMaxRecordSize',
  limits: { StreamARN: STREAM_LIMITS.StreamARN, MaxRecordSizeInKiB: { min: 1024, max: 10_240 } },
  parse: (input, scope) => withStream(input, scope),
  access: (row) => [onStream(row, 'UpdateMaxRecordSize')],
  handle: ({ stream, MaxRecordSizeInKiB }, _call, { streams }) =>
    streams.change(stream, (before) => ({ ...before, maxRecordKiB: MaxRecordSizeInKiB })),
});

export const updateStreamWarmThroughput = kinesisOperation({
  name: 'UpdateStreamWarmThroughput',
  limits: { ...STREAM_LIMITS, WarmThroughputMiBps: { min: 0 } },
  parse: (input, scope) => withStream(input, scope),
  access: (row) => [onStream(row, 'UpdateStreamWarmThroughput')],
  handle: async ({ stream, WarmThroughputMiBps: warmMiBps }, _call, { streams }) => {
    const before = streams.get(stream);
    if (before.mode !== 'ON_DEMAND') {
      throw invalidArgument('Warm throughput can be set for streams in ON_DEMAND mode only.');
    }
    await streams.put({ ...before, warmMiBps });
    return {
      StreamName: before.name,
      StreamARN: streamArn(before),
      WarmThroughput: { TargetMiBps: warmMiBps, CurrentMiBps: before.warmMiBps ?? warmMiBps },
    };
  },
});
