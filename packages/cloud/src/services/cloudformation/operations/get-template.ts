import { validationError } from '../template/template-error.js';
import { namedAccess } from './access.js';
import { findChangeSet, findStack } from './find-stack.js';
import { Input } from './input.js';
import { cloudFormationOperation } from './state.js';

export const getTemplate = cloudFormationOperation({
  name: 'GetTemplate',
  parse: (raw) => {
    const input = new Input(raw);
    input.oneOf('TemplateStage', ['Original', 'Processed'] as const);
    return { name: input.text('StackName'), changeSetName: input.text('ChangeSetName') };
  },
  access: (row) => [namedAccess(row, 'GetTemplate')],
  handle: async ({ name, changeSetName }, call, state) => {
    // Without macros the processed template is the original.
    const StagesAvailable = ['Original', 'Processed'];
    if (changeSetName !== undefined) {
      const { definition } = await findChangeSet(changeSetName, name, call, state);
      return { TemplateBody: definition.template, StagesAvailable };
    }
    if (name === undefined) throw validationError('StackName or ChangeSetName must be specified.');
    const stack = await findStack(name, call, state);
    // Before its first deployment a stack has no template.
    return { TemplateBody: stack.status === 'REVIEW_IN_PROGRESS' ? '{}' : stack.definition.template, StagesAvailable };
  },
});
