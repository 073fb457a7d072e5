import { anything, requestTags } from '../../../core/access.js';
import { randomId } from '../../../core/random-id.js';
import { newMaterial } from '../cryptography/material.js';
import { parseKeyId } from '../key-id.js';
import { keyMetadata } from '../key-metadata.js';
import { checkPolicy, defaultPolicy } from '../key-policy.js';
import type { KeyRecord } from '../key-record.js';
import { KEY_SPECS, type KeySpecName, type KeyUsage, keySpec, usagesOf } from '../key-specs.js';
import { invalid, unsupported } from '../kms-error.js';
import { callerKeys, kmsOperation, onKey, requestAlias } from '../service-state.js';
import { keyTags, type TagMember } from './tagging.js';

const USAGES: readonly KeyUsage[] = ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'];

interface KeyInput {
  readonly KeySpec?: string | undefined;
  readonly CustomerMasterKeySpec?: string | undefined;
  readonly KeyUsage?: string | undefined;
}

/** @throws AwsError ValidationException where spec and usage do not go together */
function readKind({ KeySpec, CustomerMasterKeySpec, KeyUsage }: KeyInput): { spec: KeySpecName; usage: KeyUsage } {
  const asked = KeySpec ?? CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
  const found = keySpec(asked);
  if (found === undefined) throw unsupported(`The local cloud does not support keys of the spec ${asked}`);
  const { name: spec, spec: known } = found;
  if (KeyUsage === undefined && known.kind !== 'symmetric') {
    throw invalid('You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.');
  }
  const usage = USAGES.find((each) => each === (KeyUsage ?? 'ENCRYPT_DECRYPT')) ?? 'ENCRYPT_DECRYPT';
  if (!usagesOf(known).includes(usage)) throw invalid(`KeyUsage ${usage} is not compatible with KeySpec ${spec}`);
  return { spec, usage };
}

export const createKey = kmsOperation({
  name: 'CreateKey',
  limits: {
    KeySpec: { values: Object.keys(KEY_SPECS) },
    CustomerMasterKeySpec: { values: Object.keys(KEY_SPECS) },
    KeyUsage: { values: USAGES },
    Description: { max: 8192 },
    Policy: { min: 1, max: 131_072 },
    Tags: { each: { members: { TagKey: { min: 1, max: 128 }, TagValue: { max: 256 } } } },
  },
  parse: (input) => {
    const { Origin = 'AWS_KMS', Policy: policy, BypassPolicyLockoutSafetyCheck: bypasses = false } = input;
    if (Origin !== 'AWS_KMS' || input.CustomKeyStoreId !== undefined) {
      throw unsupported(
        `The local cloud makes the material of its keys itself; it does not support the origin ${Origin}`,
      );
    }
    if (policy !== undefined) checkPolicy(policy, bypasses);
    const { Description: description = '', MultiRegion: multiRegion = false, Tags = [] } = input;
    return { ...readKind(input), policy, bypasses, description, multiRegion, tags: Tags as readonly TagMember[] };
  },
  access: (row) => [
    row({
      action: 'kms:CreateKey',
      on: anything,
      keys: {
        ...callerKeys,
        ...requestTags(({ tags }) => Object.fromEntries(tags.map(({ TagKey, TagValue }) => [TagKey, TagValue]))),
        'kms:BypassPolicyLockoutSafetyCheck': ({ input }) => String(input.bypasses),
        'kms:KeyOrigin': () => 'AWS_KMS',
        'kms:KeySpec': ({ input }) => input.spec,
        'kms:KeyUsage': ({ input }) => input.usage,
        'kms:MultiRegion': ({ input }) => String(input.multiRegion),
        'kms:MultiRegionKeyType': ({ input }) => (input.multiRegion ? 'PRIMARY' : undefined),
      },
    }),
  ],
  handle: async ({ policy, bypasses: _, tags, ...settings }, call, { keys, context }) => {
    const { account, region } = call;
    const now = context.now();
    const newId = settings.multiRegion ? `mrk-${randomId.uuid().replaceAll('-', '')}` : randomId.uuid();
    const record: KeyRecord = {
      ...settings,
      account,
      region,
      id: call.resourceId ?? newId,
      manager: 'CUSTOMER',
      enabled: true,
      policy: policy ?? defaultPolicy(call),
      tags: keyTags({}, tags, call),
      materials: [await newMaterial(settings.spec, now)],
      grants: [],
      created: now,
    };
    await keys.put(record);
    context.reviewPolicy({ name: `the policy of the key ${record.id}`, text: record.policy, kind: 'resource' });
    return { KeyMetadata: keyMetadata(record) };
  },
});

export const describeKey = kmsOperation({
  name: 'DescribeKey',
  limits: { KeyId: { min: 1, max: 2048 } },
  parse: ({ KeyId }, scope) => ({ key: parseKeyId(KeyId, scope) }),
  access: (row) => [onKey(row, 'DescribeKey', requestAlias)],
  handle: async ({ key }, _call, { keys }) => ({ KeyMetadata: keyMetadata(await keys.get(key)) }),
});
