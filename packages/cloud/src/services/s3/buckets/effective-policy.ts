import type { Principal } from '../../../core/principal.js';
import { grants, takesAcls } from '../acl/access-control-list.js';
import type { AccessControlList, Grant } from '../acl/grant.js';
import { bucketArn, objectArn } from './bucket-arn.js';
import type { BucketRecord } from './bucket-record.js';

/** The permissions that a bucket's list grants ("Mapping of ACL permissions and access policy permissions", S3). */
const BY_BUCKET: Readonly<Record<string, Grant['Permission']>> = {
  ListBucket: 'READ',
  ListBucketVersions: 'READ',
  ListBucketMultipartUploads: 'READ',
  PutObject: 'WRITE',
  DeleteObject: 'WRITE',
  DeleteObjectVersion: 'WRITE',
  GetBucketAcl: 'READ_ACP',
  PutBucketAcl: 'WRITE_ACP',
};

/** The same of an object's list. */
const BY_OBJECT: Readonly<Record<string, Grant['Permission']>> = {
  GetObject: 'READ',
  GetObjectVersion: 'READ',
  GetObjectAcl: 'READ_ACP',
  GetObjectVersionAcl: 'READ_ACP',
  PutObjectAcl: 'WRITE_ACP',
  PutObjectVersionAcl: 'WRITE_ACP',
};

/** True if the action depends on the list of the object it is on. */
export function dependsOnObjectAcl(action: string): boolean {
  return action in BY_OBJECT;
}

function isGranted(
  acl: AccessControlList | undefined,
  permission: Grant['Permission'] | undefined,
  bucket: BucketRecord,
  principal: Principal,
): boolean {
  if (!acl || !permission) return false;
  // A grant to the owner's account lets nobody in whom its own policies do not.
  const isStranger = principal.kind !== 'anonymous' && principal.account !== bucket.account;
  return grants(acl, permission, isStranger ? principal.account : undefined);
}

/**
 * The resource policy that decides one action: the bucket's own, and what the lists of the bucket and the object grant
 * the caller. A bucket with public access blocked ignores lists.
 *
 * @param objectAcl of the object that the action is on, where it counts; who may list the bucket learns that an object
 * is missing
 */
export function effectivePolicy(
  bucket: BucketRecord,
  action: string,
  key: string | undefined,
  objectAcl: AccessControlList | 'missing' | undefined,
  principal: Principal,
): string | undefined {
  const { policy, settings } = bucket;
  if (!takesAcls(bucket) || settings.publicAccessBlock?.IgnorePublicAcls) return policy;
  const granted =
    isGranted(settings.acl, BY_BUCKET[action], bucket, principal) ||
    (objectAcl === 'missing'
      ? BY_OBJECT[action] === 'READ' && isGranted(settings.acl, 'READ', bucket, principal)
      : isGranted(objectAcl, BY_OBJECT[action], bucket, principal));
  if (!granted) return policy;
  const Resource = key === undefined ? bucketArn(bucket.name) : objectArn(bucket.name, key);
  const statement = { Sid: 'AccessControlList', Effect: 'Allow', Principal: '*', Action: `s3:${action}`, Resource };
  const { Version = '2012-10-17', Statement = [] } = policy === undefined ? {} : JSON.parse(policy);
  return JSON.stringify({ Version, Statement: [...[Statement].flat(), statement] });
}
