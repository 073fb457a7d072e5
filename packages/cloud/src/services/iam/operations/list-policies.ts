import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { AWS_MANAGED_POLICIES } from '../../../iam/aws-managed-policies.js';
import { listAccess } from '../access.js';
import { page, path } from '../input.js';
import { listedPolicy, pageOfList } from '../output.js';
import { policyUses } from '../policy-use.js';
import type { IamState } from '../service-state.js';

export const listPolicies = operation<IamState>()({
  name: 'ListPolicies',
  parse: (raw) => {
    const input = membersOf(raw);
    return {
      ...page(input),
      PathPrefix: path(input, 'PathPrefix'),
      Scope: input.text('Scope') ?? 'All',
      OnlyAttached: input.flag('OnlyAttached') ?? false,
    };
  },
  access: (row) => [listAccess(row, 'ListPolicies', 'policy')],
  handle: async ({ PathPrefix, Scope, OnlyAttached, ...input }, { account }, { identities }) => {
    const uses = await policyUses(identities, account);
    const policies = Scope === 'Local' ? [] : [...AWS_MANAGED_POLICIES.values()];
    if (Scope !== 'AWS') for await (const policy of identities.policies(account)) policies.push(policy);
    const wanted = policies.filter(
      ({ path, arn }) => path.startsWith(PathPrefix) && (!OnlyAttached || uses(arn).attachments > 0),
    );
    const { items, ...more } = await pageOfList(wanted, input, ({ arn }) => arn);
    return { Policies: items.map((policy) => listedPolicy(policy, uses(policy.arn))), ...more };
  },
});
