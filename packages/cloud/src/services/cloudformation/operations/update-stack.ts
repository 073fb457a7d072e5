import { defined } from '../../../core/defined.js';
import { planChanges } from '../engine/plan.js';
import { validationError } from '../template/template-error.js';
import { definitionKeys, namedAccess, passRoleAccess } from './access.js';
import { hasChanges } from './changes.js';
import { parseDefinition } from './definition-request.js';
import { findStack, refuseUnlessUpdatable } from './find-stack.js';
import { readDefinition } from './read-definition.js';
import { parsePolicySource, readStackPolicy } from './stack-policy-source.js';
import { newOperation, onFailureIn, operationOptions } from './start-stack.js';
import { cloudFormationOperation, storeOf } from './state.js';

export const updateStack = cloudFormationOperation({
  name: 'UpdateStack',
  parse: (input) => ({
    ...parseDefinition(input),
    name: input.StackName,
    policy: parsePolicySource(input),
    policyDuring: parsePolicySource(input, 'StackPolicyDuringUpdate'),
    options: { ...operationOptions(input), onFailure: onFailureIn(input) },
  }),
  access: (row) => [namedAccess(row, 'UpdateStack', definitionKeys), passRoleAccess(row)],
  handle: async ({ name, policy: policySource, policyDuring, options, ...request }, call, state) => {
    const { id, ...found } = await findStack(name, call, state);
    await state.engine.exclusively(found, async () => {
      const stack = await findStack(id, call, state);
      refuseUnlessUpdatable(stack);
      if (stack.status === 'REVIEW_IN_PROGRESS') {
        throw validationError(`Stack:${id} is in ${stack.status} state and can not be updated.`);
      }
      const { definition, template } = await readDefinition(request, stack, stack, call, state);
      const store = storeOf(state, call);
      const [resources, exports] = await Promise.all([store.resources(id), store.exports()]);
      const isFailed = definition.transformFailure !== undefined;
      const changes = isFailed
        ? []
        : planChanges({ template, definition, stack, previous: stack.definition, resources, exports });
      if (!isFailed && !hasChanges(changes, definition, template, stack))
        throw validationError('No updates are to be performed.');
      const policy = await readStackPolicy(policySource, call, state);
      const during = await readStackPolicy(policyDuring, call, state);
      await state.engine.update(
        { ...stack, ...defined({ policy }) },
        definition,
        await newOperation('UPDATE', definition.roleArn, { ...options, policy: during }, call, state),
      );
    });
    await state.engine.settled(id);
    return { StackId: id };
  },
});
