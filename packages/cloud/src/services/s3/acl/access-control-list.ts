import { AwsError } from '../../../core/aws-error.js';
import type { BucketRecord } from '../buckets/bucket-record.js';
import { canonicalUserId, ownerOf } from '../owner.js';
import { s3Error } from '../s3-error.js';
import { cannedGrants, checkCannedAcl, GROUPS, isPublicAcl } from './canned-acl.js';
import type { AccessControlList, Grant } from './grant.js';

/** Members of inputs that grant access. */
export interface GrantInput {
  readonly ACL?: string | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWrite?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
}

/** The member, header and permission of each grant that a header may give. */
const HEADERS = [
  ['GrantFullControl', 'x-amz-grant-full-control', 'FULL_CONTROL'],
  ['GrantRead', 'x-amz-grant-read', 'READ'],
  ['GrantReadACP', 'x-amz-grant-read-acp', 'READ_ACP'],
  ['GrantWrite', 'x-amz-grant-write', 'WRITE'],
  ['GrantWriteACP', 'x-amz-grant-write-acp', 'WRITE_ACP'],
] as const;

const PERMISSIONS: readonly (string | undefined)[] = HEADERS.map(([, , permission]) => permission);

const isCanonicalId = (id: string | undefined): boolean => /^[0-9a-f]{64}$/.test(id ?? '');
const isGroup = (uri: string | undefined): boolean => Object.values<string | undefined>(GROUPS).includes(uri);

/** `id="…", uri="…"`, as grants are written in a header. */
function granteesIn(text: string, header: string): readonly NonNullable<Grant['Grantee']>[] {
  return text.split(',').map((each) => {
    const [, kind = '', value = ''] = /^\s*(id|uri|emailAddress)\s*=\s*"?([^"]*)"?\s*$/i.exec(each) ?? [];
    switch (kind.toLowerCase()) {
      case 'id':
        if (!isCanonicalId(value)) throw s3Error.invalidArgument('Invalid id', 'id', value);
        return { Type: 'CanonicalUser', ID: value };
      case 'uri':
        if (!isGroup(value)) throw s3Error.invalidArgument('Invalid group uri', 'uri', value);
        return { Type: 'Group', URI: value };
      case 'emailaddress':
        throw s3Error.unsupported('grants to an e-mail address');
      default:
        throw s3Error.invalidArgument('Argument format not recognized', header, text);
    }
  });
}

/**
 * The grants in the headers of a request; undefined if there are none.
 *
 * @param owner the account that owns what is granted
 * @throws AwsError InvalidArgument, InvalidRequest
 */
export function grantedAcl(input: GrantInput, owner: string): AccessControlList | undefined {
  checkCannedAcl(input.ACL);
  const grants = HEADERS.flatMap(([member, header, Permission]): Grant[] => {
    const text = input[member];
    return text === undefined ? [] : granteesIn(text, header).map((Grantee) => ({ Grantee, Permission }));
  });
  if (input.ACL !== undefined) {
    if (grants.length > 0) throw s3Error.invalidRequest('Specifying both Canned ACLs and Header Grants is not allowed');
    return { Owner: ownerOf(owner), Grants: cannedGrants(input.ACL, owner) };
  }
  return grants.length > 0 ? { Owner: ownerOf(owner), Grants: grants } : undefined;
}

function malformedAcl(): AwsError {
  return new AwsError(
    'MalformedACLError',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}

function checkGrant({ Grantee, Permission }: Grant): void {
  if (!Grantee || !PERMISSIONS.includes(Permission)) throw malformedAcl();
  switch (Grantee.Type) {
    case 'CanonicalUser':
      if (!isCanonicalId(Grantee.ID)) throw s3Error.invalidArgument('Invalid id', 'CanonicalUser/ID', Grantee.ID);
      return;
    case 'Group':
      if (!isGroup(Grantee.URI)) throw s3Error.invalidArgument('Invalid group uri', 'Group/URI', Grantee.URI);
      return;
    case 'AmazonCustomerByEmail':
      throw s3Error.unsupported('grants to an e-mail address');
    default:
      throw malformedAcl();
  }
}

/** @throws AwsError MalformedACLError, InvalidArgument */
function checkPolicy({ Owner, Grants }: AccessControlList): void {
  if (!Owner || !Grants) throw malformedAcl();
  if (!isCanonicalId(Owner.ID)) throw s3Error.invalidArgument('Invalid id', 'CanonicalUser/ID', Owner.ID);
  for (const grant of Grants) checkGrant(grant);
}

/**
 * The list that PutBucketAcl or PutObjectAcl gives, in one of three forms.
 *
 * @throws AwsError MissingSecurityHeader, UnexpectedContent, MalformedACLError, InvalidArgument, InvalidRequest
 */
export function readAcl(
  input: GrantInput & { readonly AccessControlPolicy?: AccessControlList | undefined },
  owner: string,
): AccessControlList {
  const granted = grantedAcl(input, owner);
  const { AccessControlPolicy: policy } = input;
  if (granted) {
    if (policy) throw new AwsError('UnexpectedContent', 'This request does not support content');
    return granted;
  }
  if (policy) {
    checkPolicy(policy);
    return policy;
  }
  throw new AwsError('MissingSecurityHeader', 'Your request was missing a required header', 400, {
    MissingHeaderName: 'x-amz-acl',
  });
}

/** The list of what nobody granted anything of. */
export function ownersAcl(owner: string): AccessControlList {
  return { Owner: ownerOf(owner), Grants: cannedGrants('private', owner) };
}

function isPublic({ Grants = [] }: AccessControlList): boolean {
  return Grants.some(({ Grantee }) => Grantee?.URI === GROUPS.allUsers || Grantee?.URI === GROUPS.authenticatedUsers);
}

/** Without ownership controls, whoever writes an object owns it, and lists count. */
export function takesAcls({ settings }: BucketRecord): boolean {
  const ownership = settings.ownershipControls?.Rules?.[0]?.ObjectOwnership ?? 'ObjectWriter';
  return ownership !== 'BucketOwnerEnforced';
}

/**
 * True if a bucket lets its own list or that of an object be set.
 *
 * @param canned the list as the request named it, where it named one
 * @throws AwsError AccessControlListNotSupported; AccessDenied where the bucket blocks public lists
 */
export function checkAclAllowed(bucket: BucketRecord, acl: AccessControlList, canned: string | undefined): void {
  if (!takesAcls(bucket)) {
    if (canned === 'bucket-owner-full-control') return;
    throw new AwsError('AccessControlListNotSupported', 'The bucket does not allow ACLs');
  }
  const blocked = bucket.settings.publicAccessBlock?.BlockPublicAcls === true;
  if (blocked && (isPublicAcl(canned) || isPublic(acl))) throw s3Error.accessDenied();
}

/** True if the list lets an account, or everybody, do something. */
export function grants(acl: AccessControlList, permission: Grant['Permission'], account: string | undefined): boolean {
  return (acl.Grants ?? []).some(({ Grantee, Permission }) => {
    if (Permission !== permission && Permission !== 'FULL_CONTROL') return false;
    if (Grantee?.URI === GROUPS.allUsers) return true;
    if (account === undefined) return false;
    return Grantee?.URI === GROUPS.authenticatedUsers || Grantee?.ID === canonicalUserId(account);
  });
}
