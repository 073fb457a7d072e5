import { tagOperations } from '../../../kit/tag-operations.js';
import { policyOf } from '../policies/function-policy.js';
import { lambdaOperation } from '../service-state.js';
import { arnOf, changeTags, parseTaggedResource, tagsOf } from '../tagged-resource.js';
import { checkTags, TAG_RULES } from '../tags.js';

export const functionTagging = tagOperations(lambdaOperation, {
  tag: 'TagResource',
  untag: 'UntagResource',
  list: 'ListTags',
  members: { resource: 'Resource', tags: 'Tags', keys: 'TagKeys' },
  form: 'map',
  rules: TAG_RULES,
  parse: parseTaggedResource,
  access: (row, action, keys) =>
    row({
      action: `lambda:${action}`,
      // Of mappings and code signing configurations too, which differ by their ARNs alone.
      type: 'function',
      on: ({ target }, _call, { functions }) => ({
        resource: arnOf(target),
        ...(target.kind === 'function' && { resourcePolicy: () => policyOf(functions, target.reference) }),
      }),
      keys: {
        'aws:ResourceTag/*': ({ input, call, state }) => tagsOf(input.target, call, state).catch(() => undefined),
        ...keys,
      },
    }),
  tagsOf,
  change: (target, change, call, state) => changeTags(target, (tags) => checkTags(change(tags)), call, state),
});
