import type { PolicyRecord, PolicyVersionRecord, RoleRecord, Tag } from '../../iam/identity-record.js';
import type { PageInput } from './input.js';

/** Policy documents leave IAM percent-encoded (RFC 3986), as its API reference says. */
export function encodedDocument(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** A role as CreateRole and GetRole show it; ListRoles leaves out tags and boundary. */
export function roleOutput(role: RoleRecord) {
  return {
    ...listedRole(role),
    ...(role.permissionsBoundary !== undefined && {
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: role.permissionsBoundary },
    }),
    ...(role.tags.length > 0 && { Tags: role.tags }),
    RoleLastUsed: {},
  };
}

export function listedRole({ path, name, id, arn, created, trustPolicy, description, maxSessionDuration }: RoleRecord) {
  return {
    Path: path,
    RoleName: name,
    RoleId: id,
    Arn: arn,
    CreateDate: new Date(created),
    AssumeRolePolicyDocument: encodedDocument(trustPolicy),
    ...(description !== undefined && { Description: description }),
    MaxSessionDuration: maxSessionDuration,
  };
}

/** How many roles a policy is attached to, and how many it is the boundary of. */
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
  return {
    ...listedPolicy(policy, use),
    ...(policy.description !== undefined && { Description: policy.description }),
    ...(policy.tags.length > 0 && { Tags: policy.tags }),
  };
}

export function versionOutput(policy: PolicyRecord, { id, created }: PolicyVersionRecord) {
  return { VersionId: id, IsDefaultVersion: id === policy.defaultVersion, CreateDate: new Date(created) };
}

/**
 * One page of a list, with the members that say whether there is more.
 * @param position what the list can be resumed after
 */
export async function pageOf<Value>(
  values: AsyncIterable<Value> | Iterable<Value>,
  { maxItems }: Pick<PageInput, 'maxItems'>,
  position: (value: Value) => string,
): Promise<{ readonly items: readonly Value[]; readonly IsTruncated: boolean; readonly Marker?: string }> {
  const items: Value[] = [];
  for await (const value of values) {
    const last = items.at(-1);
    if (items.length === maxItems && last !== undefined) {
      return { items, IsTruncated: true, Marker: Buffer.from(position(last)).toString('base64url') };
    }
    items.push(value);
  }
  return { items, IsTruncated: false };
}

/** A page of a short list in memory, ordered by its positions. */
export function pageOfList<Value>(values: readonly Value[], page: PageInput, position: (value: Value) => string) {
  const { after } = page;
  const rest = after === undefined ? values : values.filter((value) => position(value) > after);
  return pageOf(
    rest.toSorted((a, b) => (position(a) < position(b) ? -1 : 1)),
    page,
    position,
  );
}

export function mergedTags(tags: readonly Tag[], added: readonly Tag[]): readonly Tag[] {
  return [...new Map([...tags, ...added].map((tag) => [tag.Key, tag])).values()];
}
