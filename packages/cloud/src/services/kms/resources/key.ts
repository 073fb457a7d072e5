import { failedWith } from '../../../core/aws-failure.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { stackTags, type TagList } from '../../../core/stack-tags.js';
import { keyArn } from '../key-id.js';
import { KEY_SPECS } from '../key-specs.js';

interface KeyProperties extends Properties {
  readonly KeyPolicy?: unknown;
  readonly Description?: string;
  readonly Enabled?: boolean;
  readonly EnableKeyRotation?: boolean;
  readonly RotationPeriodInDays?: number;
  readonly KeySpec?: string;
  readonly KeyUsage?: string;
  readonly MultiRegion?: boolean;
  readonly PendingWindowInDays?: number;
  readonly BypassPolicyLockoutSafetyCheck?: boolean;
  readonly Tags?: TagList;
}

const policyText = (policy: unknown): string | undefined =>
  policy === undefined || typeof policy === 'string' ? policy : JSON.stringify(policy);
const tagMembers = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));

function stateOf(id: string, { account, region }: ResourceContext): ResourceState {
  return { attributes: { Arn: keyArn({ account, region, id }), KeyId: id } };
}

async function switchOn(id: string, properties: KeyProperties, { call }: ResourceContext): Promise<void> {
  const { Enabled = true, EnableKeyRotation = false, RotationPeriodInDays } = properties;
  // Rotation is set while the key is enabled, which it has to be.
  if (EnableKeyRotation) await call('kms', 'EnableKeyRotation', { KeyId: id, RotationPeriodInDays });
  if (!Enabled) await call('kms', 'DisableKey', { KeyId: id });
}

/** AWS::KMS::Key. Its physical id is the key's. */
export const keyResource: ResourceType<KeyProperties> = {
  type: 'AWS::KMS::Key',
  refuses: [
    {
      path: 'Origin',
      when: (origin) => origin !== 'AWS_KMS',
      values: 'EXTERNAL, AWS_CLOUDHSM, EXTERNAL_KEY_STORE',
      why: 'the material of keys is made here; leave Origin out',
    },
    {
      path: 'KeySpec',
      when: (spec) => typeof spec === 'string' && !Object.hasOwn(KEY_SPECS, spec),
      values: 'SM2 and specs that are newer than this cloud',
      why: 'keys of this spec are not supported here',
    },
  ],
  newId: ({ MultiRegion }) =>
    String(MultiRegion) === 'true' ? `mrk-${randomId.uuid().replaceAll('-', '')}` : randomId.uuid(),
  create: async (id, properties, context) => {
    const { Description, KeySpec, KeyUsage, MultiRegion, BypassPolicyLockoutSafetyCheck } = properties;
    try {
      await context.call('kms', 'DescribeKey', { KeyId: id });
      // A create that was cut off is taken up: nobody else knows the id.
    } catch (error) {
      if (!failedWith(error, 'NotFoundException')) throw error;
      const input = {
        ...{ Description, KeySpec, KeyUsage, MultiRegion, BypassPolicyLockoutSafetyCheck },
        Policy: policyText(properties.KeyPolicy),
        Tags: tagMembers(stackTags(properties.Tags, context)),
      };
      await context.call('kms', 'CreateKey', input, id);
    }
    await switchOn(id, properties, context);
    return stateOf(id, context);
  },
  update: async (id, properties, previous, context) => {
    const { call } = context;
    const { KeyPolicy, Description = '', BypassPolicyLockoutSafetyCheck } = properties;
    const policy = policyText(KeyPolicy);
    if (policy !== undefined && policy !== policyText(previous.KeyPolicy)) {
      await call('kms', 'PutKeyPolicy', { KeyId: id, Policy: policy, BypassPolicyLockoutSafetyCheck });
    }
    if (previous.Enabled === false) await call('kms', 'EnableKey', { KeyId: id });
    if (previous.EnableKeyRotation && !properties.EnableKeyRotation) {
      await call('kms', 'DisableKeyRotation', { KeyId: id });
    }
    await call('kms', 'UpdateKeyDescription', { KeyId: id, Description });
    await retag(id, properties, context);
    await switchOn(id, properties, context);
    return stateOf(id, context);
  },
  delete: async (id, { PendingWindowInDays = 30 }, { call }) => {
    try {
      await call('kms', 'ScheduleKeyDeletion', { KeyId: id, PendingWindowInDays });
    } catch (error) {
      const isGone = failedWith(error, 'NotFoundException') || failedWith(error, 'KMSInvalidStateException');
      if (!isGone) throw error;
    }
  },
};

async function retag(id: string, properties: KeyProperties, context: ResourceContext): Promise<void> {
  const wanted = stackTags(properties.Tags, context);
  const { Tags = [] } = await context.call('kms', 'ListResourceTags', { KeyId: id });
  const gone = Tags.flatMap(({ TagKey = '' }) => (TagKey in wanted ? [] : [TagKey]));
  if (gone.length > 0) await context.call('kms', 'UntagResource', { KeyId: id, TagKeys: gone });
  await context.call('kms', 'TagResource', { KeyId: id, Tags: tagMembers(wanted) }, id);
}
