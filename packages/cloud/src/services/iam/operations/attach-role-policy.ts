import { operation } from '../../../core/operation.js';
import { noSuchPolicy, parseIamArn } from '../../../iam/identity-record.js';
import { boundaryKey, policyArnKey, roleAccess } from '../access.js';
import { attachmentInput } from '../input.js';
import { checkAttachments } from '../limits.js';
import type { IamState } from '../service-state.js';

export const attachRolePolicy = operation<IamState>()({
  name: 'AttachRolePolicy',
  parse: attachmentInput,
  access: (row) => [roleAccess(row, 'AttachRolePolicy', { ...boundaryKey, ...policyArnKey })],
  handle: async ({ RoleName, PolicyArn }, { account }, { identities }) => {
    const owner = parseIamArn(PolicyArn)?.account;
    const attachable = owner === account || owner === 'aws';
    if (!attachable || !(await identities.policy(PolicyArn))) throw noSuchPolicy(PolicyArn);
    await identities.changeRole(account, RoleName, (role) => {
      const attachedPolicies = [...new Set([...role.attachedPolicies, PolicyArn])];
      checkAttachments(attachedPolicies.length);
      return { ...role, attachedPolicies };
    });
    return undefined;
  },
});
