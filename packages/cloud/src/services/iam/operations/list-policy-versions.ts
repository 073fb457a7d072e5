import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { policyAccess } from '../access.js';
import { page, policyInput } from '../input.js';
import { pageOfList, versionOutput } from '../output.js';
import { neededPolicy } from '../policy-use.js';
import type { IamState } from '../service-state.js';

export const listPolicyVersions = operation<IamState>()({
  name: 'ListPolicyVersions',
  parse: (raw) => ({ ...policyInput(raw), ...page(membersOf(raw)) }),
  access: (row) => [policyAccess(row, 'ListPolicyVersions')],
  handle: async ({ PolicyArn, ...input }, _call, { identities }) => {
    const policy = await neededPolicy(identities, PolicyArn);
    const newestFirst = new Map(
      policy.versions.toReversed().map((version, i) => [version, String(i).padStart(4, '0')]),
    );
    const { items, ...more } = await pageOfList(policy.versions, input, (version) => newestFirst.get(version) ?? '');
    return { Versions: items.map((version) => versionOutput(policy, version)), ...more };
  },
});
