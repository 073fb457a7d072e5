import { AwsError } from '../../../core/aws-error.js';
import type { Call } from '../../../core/operation.js';
import type { S3State } from '../service-state.js';
import { bucketAccess, type S3Keys, type S3Row } from './bucket-access.js';
import type { BucketSettings, SettingName } from './bucket-settings.js';
import { type BucketInput, openBucket } from './open-bucket.js';

/** The errors for settings that a bucket does not have. */
const ABSENT = {
  cors: ['NoSuchCORSConfiguration', 'The CORS configuration does not exist'],
  lifecycle: ['NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'],
  objectLock: ['ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist for this bucket'],
  ownershipControls: ['OwnershipControlsNotFoundError', 'The bucket ownership controls were not found'],
  publicAccessBlock: ['NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found'],
  replication: ['ReplicationConfigurationNotFoundError', 'The replication configuration was not found'],
  tagging: ['NoSuchTagSet', 'The TagSet does not exist'],
  website: ['NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration'],
} as const satisfies Partial<Record<SettingName, readonly [code: string, message: string]>>;

/** A setting of the bucket that an input names; undefined where the bucket does not have it. */
export async function findSetting<Name extends SettingName>(
  name: Name,
  input: BucketInput,
  call: Call,
  state: S3State,
): Promise<BucketSettings[Name]> {
  return (await openBucket(input, call, state)).settings[name];
}

/** @throws AwsError with AWS's code for a bucket that does not have the setting */
export async function getSetting<Name extends keyof typeof ABSENT>(
  name: Name,
  input: BucketInput,
  call: Call,
  state: S3State,
): Promise<NonNullable<BucketSettings[Name]>> {
  const value = await findSetting(name, input, call, state);
  if (value !== undefined && value !== null) return value;
  const [code, message] = ABSENT[name];
  throw new AwsError(code, message, 404, { BucketName: input.Bucket });
}

/** @param value undefined takes the setting away */
export async function putSetting<Name extends SettingName>(
  name: Name,
  value: BucketSettings[Name],
  input: BucketInput,
  call: Call,
  state: S3State,
): Promise<void> {
  await openBucket(input, call, state);
  await state.buckets.change(input.Bucket, call, (bucket) => ({
    ...bucket,
    settings: { ...bucket.settings, [name]: value },
  }));
}

/** Access and handler of an operation that takes a setting away. */
export function removesSetting(name: SettingName, action: string, keys: S3Keys<unknown> = {}) {
  return {
    access: <Parsed extends BucketInput>(row: S3Row<Parsed>) => [bucketAccess(row, action, keys)],
    handle: (input: BucketInput, call: Call, state: S3State) => putSetting(name, undefined, input, call, state),
  };
}
