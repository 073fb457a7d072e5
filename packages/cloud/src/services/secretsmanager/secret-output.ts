import { toTagList } from '../../kit/tags.js';
import { secretArn } from './secret-id.js';
import type { SecretRecord } from './secret-record.js';

export const dateOf = (time: number | undefined): Date | undefined => (time === undefined ? undefined : new Date(time));

/** AWS gives the day alone. */
const dayOf = (time: number | undefined): Date | undefined =>
  time === undefined ? undefined : new Date(Math.floor(time / 86_400_000) * 86_400_000);

export function identityOf(record: SecretRecord) {
  return { ARN: secretArn(record), Name: record.name };
}

export function stagesById({ versions }: SecretRecord): Record<string, string[]> {
  return Object.fromEntries(
    versions.filter(({ stages }) => stages.length > 0).map(({ id, stages }) => [id, [...stages]]),
  );
}

/** The members that DescribeSecret and ListSecrets share. */
export function descriptionOf(record: SecretRecord) {
  const { rotation, tags } = record;
  return {
    ...identityOf(record),
    Description: record.description,
    KmsKeyId: record.keyId,
    Type: record.type,
    RotationEnabled: rotation?.enabled,
    RotationLambdaARN: rotation?.functionArn,
    RotationRules: rotation?.rules,
    LastRotatedDate: dateOf(record.rotated),
    LastChangedDate: dateOf(record.changed),
    LastAccessedDate: dayOf(record.accessed),
    DeletedDate: dateOf(record.deletionAsked),
    NextRotationDate: dateOf(record.nextRotation),
    Tags: tags && toTagList(tags),
    CreatedDate: dateOf(record.created),
  };
}
