import { AwsError } from '../../../core/aws-error.js';
import { operation } from '../../../core/operation.js';
import { noSuchRole } from '../../../iam/identity-record.js';
import { roleAccess } from '../access.js';
import { inlinePolicyInput } from '../input.js';
import { encodedDocument } from '../output.js';
import type { IamState } from '../service-state.js';

/** The answer where a role has no inline policy of the name. */
export function noSuchInlinePolicy(name: string): AwsError {
  return new AwsError('NoSuchEntity', `The role policy with name ${name} cannot be found.`, 404);
}

export const getRolePolicy = operation<IamState>()({
  name: 'GetRolePolicy',
  parse: inlinePolicyInput,
  access: (row) => [roleAccess(row, 'GetRolePolicy')],
  handle: async ({ RoleName, PolicyName }, { account }, { identities }) => {
    const role = await identities.role(account, RoleName);
    if (!role) throw noSuchRole(RoleName);
    const document = Object.hasOwn(role.inlinePolicies, PolicyName) ? role.inlinePolicies[PolicyName] : undefined;
    if (document === undefined) throw noSuchInlinePolicy(PolicyName);
    return { RoleName, PolicyName, PolicyDocument: encodedDocument(document) };
  },
});
