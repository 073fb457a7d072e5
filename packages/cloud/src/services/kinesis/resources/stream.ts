import { failedWith, unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { isOwn, stackTags, type TagList } from '../../../core/stack-tags.js';
import { fromTagList } from '../../../kit/tags.js';
import { streamArn } from '../streams/stream-name.js';

interface StreamProperties extends Properties {
  readonly Name?: string;
  readonly ShardCount?: number | string;
  readonly RetentionPeriodHours?: number | string;
  readonly StreamModeDetails?: { readonly StreamMode: string };
  readonly StreamEncryption?: { readonly EncryptionType: string; readonly KeyId: string };
  readonly DesiredShardLevelMetrics?: readonly string[];
  readonly MaxRecordSizeInKiB?: number | string;
  readonly WarmThroughputMiBps?: number | string;
  readonly Tags?: TagList;
}

const DAY = 24;
const SMALLEST_RECORD = 1024;

const modeOf = ({ StreamModeDetails }: StreamProperties): string => StreamModeDetails?.StreamMode ?? 'PROVISIONED';

function stateOf(name: string, { account, region }: ResourceContext, { WarmThroughputMiBps }: StreamProperties) {
  const warm = WarmThroughputMiBps === undefined ? undefined : Number(WarmThroughputMiBps);
  return {
    attributes: {
      Arn: streamArn({ account, region, name }),
      ...(warm !== undefined && { WarmThroughputObject: { TargetMiBps: warm, CurrentMiBps: warm } }),
    },
  } satisfies ResourceState;
}

/** Brings what CreateStream does not set to what the template says. */
async function settle(name: string, wanted: StreamProperties, context: ResourceContext): Promise<void> {
  const { call } = context;
  const of = { StreamName: name };
  const { StreamDescriptionSummary: found } = await call('kinesis', 'DescribeStreamSummary', of);
  const hours = Number(wanted.RetentionPeriodHours ?? DAY);
  const before = found?.RetentionPeriodHours ?? DAY;
  if (hours > before) {
    await call('kinesis', 'IncreaseStreamRetentionPeriod', { ...of, RetentionPeriodHours: hours });
  } else if (hours < before) {
    await call('kinesis', 'DecreaseStreamRetentionPeriod', { ...of, RetentionPeriodHours: hours });
  }
  const { EncryptionType, KeyId } = wanted.StreamEncryption ?? {};
  if (KeyId !== undefined && KeyId !== found?.KeyId) {
    await call('kinesis', 'StartStreamEncryption', { ...of, EncryptionType, KeyId });
  } else if (KeyId === undefined && found?.KeyId !== undefined) {
    await call('kinesis', 'StopStreamEncryption', { ...of, EncryptionType: 'KMS', KeyId: found.KeyId });
  }
  await settleMetrics(name, wanted.DesiredShardLevelMetrics ?? [], found?.EnhancedMonitoring?.[0], context);
}

async function settleMetrics(
  StreamName: string,
  wanted: readonly string[],
  found: { readonly ShardLevelMetrics?: readonly string[] | undefined } | undefined,
  { call }: ResourceContext,
): Promise<void> {
  const before = found?.ShardLevelMetrics ?? [];
  const gone = before.filter((metric) => !wanted.includes('ALL') && !wanted.includes(metric));
  if (gone.length > 0) await call('kinesis', 'DisableEnhancedMonitoring', { StreamName, ShardLevelMetrics: gone });
  if (wanted.length > 0) await call('kinesis', 'EnableEnhancedMonitoring', { StreamName, ShardLevelMetrics: wanted });
}

async function retag(StreamName: string, wanted: StreamProperties, context: ResourceContext): Promise<void> {
  const tags = stackTags(wanted.Tags, context);
  const { Tags } = await context.call('kinesis', 'ListTagsForStream', { StreamName });
  const gone = Object.keys(fromTagList(Tags)).filter((key) => !(key in tags));
  if (gone.length > 0) await context.call('kinesis', 'RemoveTagsFromStream', { StreamName, TagKeys: gone });
  await context.call('kinesis', 'AddTagsToStream', { StreamName, Tags: tags }, StreamName);
}

/** AWS::Kinesis::Stream. Its physical id is its name. */
export const streamResource: ResourceType<StreamProperties> = {
  type: 'AWS::Kinesis::Stream',
  nameProperty: 'Name',
  maxNameLength: 128,
  create: async (name, properties, context) => {
    const tags = stackTags(properties.Tags, context);
    const mode = modeOf(properties);
    const input = {
      StreamName: name,
      ...(mode === 'PROVISIONED' && { ShardCount: properties.ShardCount ?? 1 }),
      StreamModeDetails: { StreamMode: mode },
      MaxRecordSizeInKiB: properties.MaxRecordSizeInKiB,
      WarmThroughputMiBps: properties.WarmThroughputMiBps,
      Tags: tags,
    };
    try {
      await context.call('kinesis', 'CreateStream', input, name);
    } catch (error) {
      if (!failedWith(error, 'ResourceInUseException')) throw error;
      // A create that was cut off is taken up; anybody else's stream is not.
      const { Tags } = await context.call('kinesis', 'ListTagsForStream', { StreamName: name });
      if (!isOwn(fromTagList(Tags), tags)) throw error;
    }
    await settle(name, properties, context);
    return stateOf(name, context, properties);
  },
  update: async (name, properties, previous, context) => {
    const { call } = context;
    const StreamARN = streamArn({ account: context.account, region: context.region, name });
    const mode = modeOf(properties);
    if (mode !== modeOf(previous)) {
      await call('kinesis', 'UpdateStreamMode', { StreamARN, StreamModeDetails: { StreamMode: mode } });
    }
    const count = Number(properties.ShardCount ?? 1);
    if (mode === 'PROVISIONED' && count !== Number(previous.ShardCount ?? 1)) {
      const input = { StreamName: name, TargetShardCount: count, ScalingType: 'UNIFORM_SCALING' };
      await call('kinesis', 'UpdateShardCount', input);
    }
    const { MaxRecordSizeInKiB: size = SMALLEST_RECORD, WarmThroughputMiBps } = properties;
    if (Number(size) !== Number(previous.MaxRecordSizeInKiB ?? SMALLEST_RECORD)) {
      await call('kinesis', 'UpdateMaxRecordSize', { StreamARN, MaxRecordSizeInKiB: size });
    }
    if (WarmThroughputMiBps !== undefined && WarmThroughputMiBps !== previous.WarmThroughputMiBps) {
      await call('kinesis', 'UpdateStreamWarmThroughput', { StreamARN, WarmThroughputMiBps });
    }
    await settle(name, properties, context);
    await retag(name, properties, context);
    return stateOf(name, context, properties);
  },
  delete: (StreamName, _properties, { call }) => unlessGone(call('kinesis', 'DeleteStream', { StreamName })),
};
