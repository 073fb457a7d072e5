import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { policyAccess } from '../access.js';
import { policyInput, text } from '../input.js';
import { neededVersion } from '../policy-use.js';
import type { IamState } from '../service-state.js';

export const setDefaultPolicyVersion = operation<IamState>()({
  name: 'SetDefaultPolicyVersion',
  parse: (raw) => ({ ...policyInput(raw), VersionId: text(membersOf(raw), 'VersionId') }),
  access: (row) => [policyAccess(row, 'SetDefaultPolicyVersion')],
  handle: async ({ PolicyArn, VersionId }, _call, { identities, now }) => {
    await identities.changePolicy(PolicyArn, (policy) => ({
      ...policy,
      defaultVersion: neededVersion(policy, VersionId).id,
      updated: now(),
    }));
    return undefined;
  },
});
