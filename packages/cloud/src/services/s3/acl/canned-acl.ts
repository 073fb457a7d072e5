import { canonicalUserId } from '../owner.js';
import { s3Error } from '../s3-error.js';
import type { Grant } from './grant.js';

/** Groups that grants name by their address. */
export const GROUPS = {
  allUsers: 'http://acs.amazonaws.com/groups/global/AllUsers',
  authenticatedUsers: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers',
  logDelivery: 'http://acs.amazonaws.com/groups/s3/LogDelivery',
} as const;

const group = (name: keyof typeof GROUPS, Permission: Grant['Permission']): Grant => ({
  Grantee: { Type: 'Group', URI: GROUPS[name] },
  Permission,
});

/** The grants of each canned list beside the owner's full control ("Canned ACL", S3 User Guide). */
const CANNED: Readonly<Record<string, readonly Grant[]>> = {
  private: [],
  'public-read': [group('allUsers', 'READ')],
  'public-read-write': [group('allUsers', 'READ'), group('allUsers', 'WRITE')],
  'authenticated-read': [group('authenticatedUsers', 'READ')],
  'log-delivery-write': [group('logDelivery', 'WRITE'), group('logDelivery', 'READ_ACP')],
  'aws-exec-read': [],
  'bucket-owner-read': [],
  'bucket-owner-full-control': [],
};

/** Canned lists that let everybody in. */
export function isPublicAcl(acl: string | undefined): boolean {
  return acl === 'public-read' || acl === 'public-read-write' || acl === 'authenticated-read';
}

/** @throws AwsError InvalidArgument */
export function checkCannedAcl(acl: string | undefined): void {
  if (acl === undefined || Object.hasOwn(CANNED, acl)) return;
  throw s3Error.invalidArgument('', 'x-amz-acl', acl);
}

/** The grants of a canned list. */
export function cannedGrants(acl: string, owner: string): readonly Grant[] {
  return [
    { Grantee: { Type: 'CanonicalUser', ID: canonicalUserId(owner) }, Permission: 'FULL_CONTROL' },
    ...(CANNED[acl] ?? []),
  ];
}
