import { AwsError } from '../../../core/aws-error.js';
import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { policyAccess } from '../access.js';
import { policyInput, text } from '../input.js';
import { neededVersion } from '../policy-use.js';
import type { IamState } from '../service-state.js';

export const deletePolicyVersion = operation<IamState>()({
  name: 'DeletePolicyVersion',
  parse: (raw) => ({ ...policyInput(raw), VersionId: text(membersOf(raw), 'VersionId') }),
  access: (row) => [policyAccess(row, 'DeletePolicyVersion')],
  handle: async ({ PolicyArn, VersionId }, _call, { identities, now }) => {
    await identities.changePolicy(PolicyArn, (policy) => {
      const removed = neededVersion(policy, VersionId);
      if (removed.id === policy.defaultVersion) {
        throw new AwsError('DeleteConflict', 'Cannot delete the default version of a policy.', 409);
      }
      return { ...policy, versions: policy.versions.filter((version) => version !== removed), updated: now() };
    });
    return undefined;
  },
});
