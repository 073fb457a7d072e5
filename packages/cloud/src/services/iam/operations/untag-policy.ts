import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { policyAccess } from '../access.js';
import { policyInput, tagKeys } from '../input.js';
import type { IamState } from '../service-state.js';

export const untagPolicy = operation<IamState>()({
  name: 'UntagPolicy',
  parse: (raw) => ({ ...policyInput(raw), TagKeys: tagKeys(membersOf(raw)) }),
  access: (row) => [policyAccess(row, 'UntagPolicy', { 'aws:TagKeys': ({ input }) => input.TagKeys })],
  handle: async ({ PolicyArn, TagKeys }, _call, { identities }) => {
    const removed = new Set(TagKeys);
    await identities.changePolicy(PolicyArn, (policy) => ({
      ...policy,
      tags: policy.tags.filter(({ Key }) => !removed.has(Key)),
    }));
    return undefined;
  },
});
