import type { StackDefinition } from '../stack/stack.js';
import { validationError } from '../template/template-error.js';
import { namedAccess } from './access.js';
import { findChangeSet, findStack } from './find-stack.js';
import { Input } from './input.js';
import { cloudFormationOperation } from './state.js';

export const getTemplate = cloudFormationOperation({
  name: 'GetTemplate',
  parse: (raw) => {
    const input = new Input(raw);
    return {
      name: input.text('StackName'),
      changeSetName: input.text('ChangeSetName'),
      stage: input.oneOf('TemplateStage', ['Original', 'Processed'] as const) ?? 'Original',
    };
  },
  access: (row) => [namedAccess(row, 'GetTemplate')],
  handle: async ({ name, changeSetName, stage }, call, state) => {
    // Without macros the processed template is the original.
    const bodyOf = ({ template, processed }: StackDefinition) =>
      stage === 'Processed' ? (processed ?? template) : template;
    const StagesAvailable = ['Original', 'Processed'];
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
