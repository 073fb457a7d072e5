import type { Access, Call } from '../../core/operation.js';
import type { RoleRecord, Tag } from '../../iam/identity-record.js';
import type { IamState } from './service-state.js';

/** A role that is not there has the ARN it would have at the top. */
function arnOf(role: RoleRecord | undefined, name: string, call: Call): string {
  return role?.arn ?? `arn:aws:iam::${call.account}:role/${name}`;
}

/** The condition key of the boundary that a role has or is to get. */
export function boundaryContext(boundary: string | undefined): NonNullable<Access['context']> {
  return boundary === undefined ? {} : { 'iam:PermissionsBoundary': boundary };
}

/** The condition keys of the tags that a request brings, or of the keys that it takes away. */
export function tagContext(tags: readonly Tag[], keys = tags.map(({ Key }) => Key)): NonNullable<Access['context']> {
  return {
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
    ...(keys.length > 0 && { 'aws:TagKeys': keys }),
  };
}

interface RoleRequest {
  readonly RoleName: string;
  readonly PolicyArn?: string;
  readonly PermissionsBoundary?: string;
  readonly Tags?: readonly Tag[];
  readonly TagKeys?: readonly string[];
}

/** Access to one role. Its boundary, and the managed policy at stake, can be asked for by conditions. */
export function roleAccess(action: string) {
  return async (
    { RoleName, PolicyArn, PermissionsBoundary, Tags = [], TagKeys = [] }: RoleRequest,
    call: Call,
    { identities }: IamState,
  ): Promise<readonly Access[]> => {
    const role = await identities.role(call.account, RoleName);
    const context = {
      ...boundaryContext(PermissionsBoundary ?? role?.permissionsBoundary),
      ...(PolicyArn !== undefined && { 'iam:PolicyARN': PolicyArn }),
      ...tagContext(Tags, [...Tags.map(({ Key }) => Key), ...TagKeys]),
      ...Object.fromEntries(role?.tags.map(({ Key, Value }) => [`iam:ResourceTag/${Key}`, Value]) ?? []),
    };
    return [{ action: `iam:${action}`, resource: arnOf(role, RoleName, call), context }];
  };
}

/** Access to one managed policy. */
export function policyAccess(action: string) {
  return ({ PolicyArn, Tags = [] }: { PolicyArn: string; Tags?: readonly Tag[] }): readonly Access[] => [
    { action: `iam:${action}`, resource: PolicyArn, context: tagContext(Tags) },
  ];
}

/** Access to a list: the path prefix stands in the ARN. */
export function listAccess(action: string, kind: 'role' | 'policy') {
  return ({ PathPrefix }: { PathPrefix: string }, { account }: Call): readonly Access[] => [
    { action: `iam:${action}`, resource: `arn:aws:iam::${account}:${kind}${PathPrefix}` },
  ];
}
