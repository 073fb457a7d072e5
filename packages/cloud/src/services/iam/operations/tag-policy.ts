import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { policyAccess, tagsOfRequest } from '../access.js';
import { policyInput, tags } from '../input.js';
import { mergedTags } from '../output.js';
import { refuseReservedTags } from '../reserved-tags.js';
import type { IamState } from '../service-state.js';

export const tagPolicy = operation<IamState>()({
  name: 'TagPolicy',
  parse: (raw) => ({ ...policyInput(raw), Tags: tags(membersOf(raw)) }),
  access: (row) => [policyAccess(row, 'TagPolicy', tagsOfRequest)],
  handle: async ({ PolicyArn, Tags }, call, { identities }) => {
    refuseReservedTags(Tags, call);
    await identities.changePolicy(PolicyArn, (policy) => ({ ...policy, tags: mergedTags(policy.tags, Tags) }));
    return undefined;
  },
});
