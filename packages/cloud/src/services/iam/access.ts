import type { Access, Call } from '../../core/operation.js';
import type { RoleRecord } from '../../iam/identity-record.js';
import type { IamState } from './service-state.js';

/** A role that is not there has the ARN it would have at the top. */
function arnOf(role: RoleRecord | undefined, name: string, call: Call): string {
  return role?.arn ?? `arn:aws:iam::${call.account}:role/${name}`;
}

function boundaryContext(boundary: string | undefined): Readonly<Record<string, string>> {
  return boundary === undefined ? {} : { 'iam:PermissionsBoundary': boundary };
}

/** Access to one role. Its boundary, and the managed policy at stake, can be asked for by conditions. */
export function roleAccess(action: string) {
  return async (
    {
      RoleName,
      PolicyArn,
      PermissionsBoundary,
    }: { RoleName: string; PolicyArn?: string; PermissionsBoundary?: string },
    call: Call,
    { identities }: IamState,
  ): Promise<readonly Access[]> => {
    const role = await identities.role(call.account, RoleName);
    const context = {
      ...boundaryContext(PermissionsBoundary ?? role?.permissionsBoundary),
      ...(PolicyArn !== undefined && { 'iam:PolicyARN': PolicyArn }),
      ...Object.fromEntries(role?.tags.map(({ Key, Value }) => [`iam:ResourceTag/${Key}`, Value]) ?? []),
    };
    return [{ action: `iam:${action}`, resource: arnOf(role, RoleName, call), context }];
  };
}

/** Access to one managed policy. */
export function policyAccess(action: string) {
  return ({ PolicyArn }: { PolicyArn: string }): readonly Access[] => [
    { action: `iam:${action}`, resource: PolicyArn },
  ];
}

/** Access to a list: the path prefix stands in the ARN. */
export function listAccess(action: string, kind: 'role' | 'policy') {
  return ({ PathPrefix }: { PathPrefix: string }, { account }: Call): readonly Access[] => [
    { action: `iam:${action}`, resource: `arn:aws:iam::${account}:${kind}${PathPrefix}` },
  ];
}
