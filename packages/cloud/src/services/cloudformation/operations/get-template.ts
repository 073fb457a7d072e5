import type { StackDefinition } from '../stack/stack.js';
import { validationError } from '../template/template-error.js';
import { namedAccess } from './access.js';
import { findChangeSet, findStack } from './find-stack.js';
import { cloudFormationOperation } from './state.js';

export const getTemplate = cloudFormationOperation({
  name: 'GetTemplate',
  limits: { TemplateStage: { values: ['Original', 'Processed'] } },
  parse: (input) => ({
    name: input.StackName,
    changeSetName: input.ChangeSetName,
    stage: input.TemplateStage ?? 'Original',
  }),
  access: (row) => [namedAccess(row, 'GetTemplate')],
  handle: async ({ name, changeSetName, stage }, call, state) => {
    // Without macros the processed template is the original.
    const bodyOf = ({ template, processed }: StackDefinition) =>
      stage === 'Processed' ? (processed ?? template) : template;
    const StagesAvailable = ['Original', 'Processed'] as const;
    if (changeSetName !== undefined) {
      const { definition } = await findChangeSet(changeSetName, name, call, state);
      return { TemplateBody: bodyOf(definition), StagesAvailable };
    }
    if (name === undefined) throw validationError('StackName is required if ChangeSetName is not specified.');
    const stack = await findStack(name, call, state);
    // Before its first deployment a stack has no template.
    return { TemplateBody: stack.status === 'REVIEW_IN_PROGRESS' ? '{}' : bodyOf(stack.definition), StagesAvailable };
  },
});
