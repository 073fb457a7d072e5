import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { policyAccess } from '../access.js';
import { page, policyInput } from '../input.js';
import { pageOfList } from '../output.js';
import { neededPolicy } from '../policy-use.js';
import type { IamState } from '../service-state.js';

export const listPolicyTags = operation<IamState>()({
  name: 'ListPolicyTags',
  parse: (raw) => ({ ...policyInput(raw), ...page(membersOf(raw)) }),
  access: (row) => [policyAccess(row, 'ListPolicyTags')],
  handle: async ({ PolicyArn, ...input }, _call, { identities }) => {
    const { tags } = await neededPolicy(identities, PolicyArn);
    const { items, ...more } = await pageOfList(tags, input, ({ Key }) => Key);
    return { Tags: items, ...more };
  },
});
