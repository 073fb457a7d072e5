import { AwsError } from '../../../core/aws-error.js';
import { operation } from '../../../core/operation.js';
import { policyAccess } from '../access.js';
import { policyInput } from '../input.js';
import { policyUses } from '../policy-use.js';
import type { IamState } from '../service-state.js';

export const deletePolicy = operation<IamState>()({
  name: 'DeletePolicy',
  parse: policyInput,
  access: (row) => [policyAccess(row, 'DeletePolicy')],
  handle: async ({ PolicyArn }, { account }, { identities }) => {
    await identities.removePolicy(PolicyArn, async ({ versions }) => {
      const { attachments, boundaries } = (await policyUses(identities, account))(PolicyArn);
      if (attachments + boundaries > 0) {
        throw new AwsError('DeleteConflict', 'Cannot delete a policy attached to entities.', 409);
      }
      if (versions.length > 1) {
        throw new AwsError(
          'DeleteConflict',
          "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
          409,
        );
      }
    });
    return undefined;
  },
});
