import type { Scope } from '../../../core/operation.js';
import { tagOperations } from '../../../kit/tag-operations.js';
import { type FunctionReference, parseReachableName } from '../functions/function-name.js';
import { invalidParameter } from '../lambda-error.js';
import { lambdaOperation, targetAccess } from '../service-state.js';
import { checkTags, TAG_RULES } from '../tags.js';

function taggedFunction(resource: string, scope: Scope): FunctionReference {
  const reference = parseReachableName(resource, undefined, scope);
  if (reference.qualifier === undefined) return reference;
  throw invalidParameter('Tags on function aliases and versions are not supported. Please specify a function ARN.');
}

export const functionTagging = tagOperations(lambdaOperation, {
  tag: 'TagResource',
  untag: 'UntagResource',
  list: 'ListTags',
  members: { resource: 'Resource', tags: 'Tags', keys: 'TagKeys' },
  form: 'map',
  rules: TAG_RULES,
  parse: taggedFunction,
  access: targetAccess,
  tagsOf: async (target, _call, { functions }) => (await functions.get(target)).tags,
  change: (target, change, _call, { functions }) =>
    functions.change(target, (record) => ({ ...record, tags: checkTags(change(record.tags)) })),
});
