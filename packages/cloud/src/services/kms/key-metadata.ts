import { keyArn } from './key-id.js';
import type { KeyRecord } from './key-record.js';
import { algorithmsOf, type KeyMetadata } from './key-specs.js';
import { materialId, specOf, stateOf } from './key-state.js';

/** The older member has the specs that there were when it was current. */
export function olderSpec({ spec }: KeyRecord): KeyMetadata['CustomerMasterKeySpec'] {
  const isNewer = spec.startsWith('ML_') || spec === 'ECC_NIST_EDWARDS25519';
  // All others are members of both enumerations.
  return isNewer ? undefined : (spec as KeyMetadata['CustomerMasterKeySpec']);
}

/** A key as DescribeKey shows it. */
export function keyMetadata(record: KeyRecord): KeyMetadata {
  const { account, id, region, usage, multiRegion, deletion } = record;
  const arn = keyArn(record);
  return {
    AWSAccountId: account,
    KeyId: id,
    Arn: arn,
    CreationDate: new Date(record.created),
    Enabled: stateOf(record) === 'Enabled',
    Description: record.description,
    KeyUsage: usage,
    KeyState: stateOf(record),
    Origin: 'AWS_KMS',
    KeyManager: record.manager,
    CustomerMasterKeySpec: olderSpec(record),
    KeySpec: record.spec,
    ...algorithmsOf(specOf(record), usage),
    MultiRegion: multiRegion,
    ...(multiRegion && {
      MultiRegionConfiguration: {
        MultiRegionKeyType: 'PRIMARY',
        PrimaryKey: { Arn: arn, Region: region },
        ReplicaKeys: [],
      },
    }),
    CurrentKeyMaterialId: materialId(record),
    ...(deletion !== undefined && { DeletionDate: new Date(deletion) }),
  };
}
