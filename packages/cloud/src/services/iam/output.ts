import type { PermissionsBoundaryAttachmentType } from '@aws-sdk/client-iam';
import type {
  GroupRecord,
  InstanceProfileRecord,
  PolicyRecord,
  PolicyVersionRecord,
  RoleRecord,
  Tag,
  UserRecord,
} from '../../iam/identity-record.js';
import { shownTrustPolicy } from './shown-trust-policy.js';

/** Policy documents leave IAM percent-encoded (RFC 3986), as its API reference says. */
export function encodedDocument(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

// IAM sends another word than the one value that its model has.
const BOUNDARY_TYPE = String('Policy') as PermissionsBoundaryAttachmentType;

/** The boundary and tags of a role or user; lists leave them out. */
function ownMembers({ permissionsBoundary, tags }: RoleRecord | UserRecord) {
  return {
    PermissionsBoundary:
      permissionsBoundary === undefined
        ? undefined
        : { PermissionsBoundaryType: BOUNDARY_TYPE, PermissionsBoundaryArn: permissionsBoundary },
    Tags: writtenTags(tags),
  };
}

/** Entities without tags have no such member. */
export function writtenTags(tags: readonly Tag[]): Tag[] | undefined {
  return tags.length > 0 ? [...tags] : undefined;
}

/** A role as GetRole shows it. */
export function roleOutput(role: RoleRecord) {
  return { ...listedRole(role), ...ownMembers(role), RoleLastUsed: {} };
}

/** A role as CreateRole shows it: its trust policy as it was sent, nothing of its use, and no session duration. */
export function createdRole(role: RoleRecord) {
  const { MaxSessionDuration: _later, ...listed } = listedRole(role);
  return { ...listed, AssumeRolePolicyDocument: encodedDocument(role.trustPolicy), ...ownMembers(role) };
}

export function listedRole({ path, name, id, arn, created, trustPolicy, description, maxSessionDuration }: RoleRecord) {
  return {
    Path: path,
    RoleName: name,
    RoleId: id,
    Arn: arn,
    CreateDate: new Date(created),
    AssumeRolePolicyDocument: encodedDocument(shownTrustPolicy(trustPolicy)),
    Description: description,
    MaxSessionDuration: maxSessionDuration,
  };
}

export function userOutput(user: UserRecord) {
  return { ...listedUser(user), ...ownMembers(user) };
}

export function listedUser({ path, name, id, arn, created }: UserRecord) {
  return { Path: path, UserName: name, UserId: id, Arn: arn, CreateDate: new Date(created) };
}

export function groupOutput({ path, name, id, arn, created }: GroupRecord) {
  return { Path: path, GroupName: name, GroupId: id, Arn: arn, CreateDate: new Date(created) };
}

/** @param roles the profile's roles, as far as they are there */
export function instanceProfileOutput(profile: InstanceProfileRecord, roles: readonly RoleRecord[]) {
  const { path, name, id, arn, created, tags } = profile;
  return {
    Path: path,
    InstanceProfileName: name,
    InstanceProfileId: id,
    Arn: arn,
    CreateDate: new Date(created),
    Roles: roles.map(listedRole),
    Tags: writtenTags(tags),
  };
}

/** How many identities a policy is attached to, and how many it is the boundary of. */
export interface PolicyUse {
  readonly attachments: number;
  readonly boundaries: number;
}

export function listedPolicy(policy: PolicyRecord, { attachments, boundaries }: PolicyUse) {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: attachments,
    PermissionsBoundaryUsageCount: boundaries,
    IsAttachable: true,
    CreateDate: new Date(policy.created),
    UpdateDate: new Date(policy.updated),
  };
}

export function policyOutput(policy: PolicyRecord, use: PolicyUse) {
  return { ...listedPolicy(policy, use), Description: policy.description, Tags: writtenTags(policy.tags) };
}

export function versionOutput(policy: PolicyRecord, { id, created }: PolicyVersionRecord) {
  return { VersionId: id, IsDefaultVersion: id === policy.defaultVersion, CreateDate: new Date(created) };
}
