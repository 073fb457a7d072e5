import { requestTags } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { defined } from '../../../core/defined.js';
import type { Call } from '../../../core/operation.js';
import type { Input } from '../../../model/client-types.js';
import { cannedGrants } from '../acl/canned-acl.js';
import { grantKeys } from '../acl/grant-keys.js';
import { requestKeys } from '../buckets/bucket-access.js';
import { bucketArn } from '../buckets/bucket-arn.js';
import { checkBucketName } from '../buckets/bucket-name.js';
import type { BucketRecord } from '../buckets/bucket-record.js';

import { checkSignedRegion, isRegion } from '../buckets/region.js';
import { ownerOf } from '../owner.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../service-state.js';
import { checkTags, RESERVED_BUCKET_TAG, tagRecord } from '../tags.js';

type CreateBucketInput = Input<'s3', 'CreateBucket'>;

const tagsOf = ({ CreateBucketConfiguration }: CreateBucketInput) => tagRecord(CreateBucketConfiguration?.Tags ?? []);

/**
 * The region that a bucket is made in. us-east-1 makes buckets for every region, the others for themselves.
 *
 * @throws AwsError InvalidLocationConstraint, IllegalLocationConstraintException
 */
function regionOf(constraint: string | undefined, { region }: Call): string {
  checkSignedRegion(region, 'us-east-1');
  const asked = constraint === 'EU' ? 'eu-west-1' : constraint;
  if (region === 'us-east-1') {
    if (asked === undefined) return region;
    if (asked !== 'us-east-1' && isRegion(asked)) return asked;
    throw new AwsError('InvalidLocationConstraint', 'The specified location-constraint is not valid', 400, {
      LocationConstraint: constraint,
    });
  }
  if (asked === region) return region;
  throw new AwsError(
    'IllegalLocationConstraintException',
    `The ${constraint ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );
}

/** @throws AwsError BucketAlreadyExists, BucketAlreadyOwnedByYou */
function checkFree(existing: BucketRecord | undefined, account: string): void {
  if (!existing) return;
  const fields = { BucketName: existing.name };
  if (existing.account === account) {
    const message = 'Your previous request to create the named bucket succeeded and you already own it.';
    throw new AwsError('BucketAlreadyOwnedByYou', message, 409, fields);
  }
  throw new AwsError(
    'BucketAlreadyExists',
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
    409,
    fields,
  );
}

const OWNERSHIPS = ['BucketOwnerPreferred', 'ObjectWriter', 'BucketOwnerEnforced'];

/** @throws AwsError InvalidArgument */
function checkOwnership(ownership: string | undefined): void {
  if (ownership === undefined || OWNERSHIPS.includes(ownership)) return;
  const message = `Invalid x-amz-object-ownership header: ${ownership}`;
  throw s3Error.invalidArgument(message, 'x-amz-object-ownership');
}

/** The settings of a new bucket. */
function newSettings(
  { ObjectOwnership, ObjectLockEnabledForBucket, ACL, ...input }: CreateBucketInput,
  account: string,
) {
  const Tags = input.CreateBucketConfiguration?.Tags ?? [];
  return {
    publicAccessBlock: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    ownershipControls: { Rules: [{ ObjectOwnership: ObjectOwnership ?? ('BucketOwnerEnforced' as const) }] },
    ...(Tags.length > 0 && { tagging: { TagSet: Tags } }),
    ...(ObjectLockEnabledForBucket && { objectLock: { ObjectLockEnabled: 'Enabled' as const } }),
    ...(ACL !== undefined && { acl: { Owner: ownerOf(account), Grants: cannedGrants(ACL, account) } }),
  };
}

export const createBucket = s3Operation({
  name: 'CreateBucket',
  parse: (input) => {
    checkBucketName(input.Bucket);
    checkOwnership(input.ObjectOwnership);
    return input;
  },
  // Nobody owns it yet: whose policies count is who asks.
  access: (row) => [
    row({
      action: 's3:CreateBucket',
      type: 'bucket',
      on: ({ Bucket }) => ({ resource: bucketArn(Bucket), place: { Bucket } }),
      keys: {
        ...requestKeys,
        ...grantKeys,
        ...requestTags(tagsOf),
        's3:locationconstraint': ({ input }) => input.CreateBucketConfiguration?.LocationConstraint,
        's3:x-amz-object-ownership': ({ input }) => input.ObjectOwnership,
      },
    }),
    row({
      action: 's3:TagResource',
      type: 'bucket',
      on: (input) => (Object.keys(tagsOf(input)).length > 0 ? { resource: bucketArn(input.Bucket) } : undefined),
      keys: { ...requestKeys, ...requestTags(tagsOf) },
    }),
  ],
  handle: (input, call, { buckets, now }) =>
    buckets.serial(input.Bucket, async () => {
      const { Bucket, CreateBucketConfiguration } = input;
      const constraint = CreateBucketConfiguration?.LocationConstraint || undefined;
      const region = regionOf(constraint, call);
      checkTags(CreateBucketConfiguration?.Tags ?? [], RESERVED_BUCKET_TAG, call);
      checkFree(await buckets.find(Bucket), call.account);
      await buckets.put({
        name: Bucket,
        account: call.account,
        region,
        ...defined({ location: constraint }),
        created: now(),
        ...(input.ObjectLockEnabledForBucket && { versioning: 'Enabled' }),
        settings: newSettings(input, call.account),
      });
      return {
        Location: region === 'us-east-1' ? `/${Bucket}` : `http://${Bucket}.s3.amazonaws.com/`,
        BucketArn: bucketArn(Bucket),
      };
    }),
});
