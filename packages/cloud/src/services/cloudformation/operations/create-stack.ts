import { AwsError } from '../../../core/aws-error.js';
import { defined } from '../../../core/defined.js';
import { definitionKeys, namedAccess, passRoleAccess } from './access.js';
import { parseDefinition } from './definition-request.js';
import { findNamed } from './find-stack.js';
import { readDefinition } from './read-definition.js';
import { newStackId } from './stack-id.js';
import { parsePolicySource, readStackPolicy } from './stack-policy-source.js';
import { checkStackName, newOperation, newStack, onFailureIn, operationOptions } from './start-stack.js';
import { cloudFormationOperation } from './state.js';

export const createStack = cloudFormationOperation({
  name: 'CreateStack',
  limits: { OnFailure: { values: ['DO_NOTHING', 'ROLLBACK', 'DELETE'] } },
  parse: (input) => ({
    ...parseDefinition(input),
    name: input.StackName,
    policy: parsePolicySource(input),
    options: { ...operationOptions(input), onFailure: onFailureIn(input) },
    terminationProtection: input.EnableTerminationProtection ?? false,
  }),
  access: (row) => [namedAccess(row, 'CreateStack', definitionKeys), passRoleAccess(row)],
  handle: async ({ name, policy: policySource, options, terminationProtection, ...request }, call, state) => {
    checkStackName(name);
    const id = await state.engine.exclusively({ ...call, name }, async () => {
      const existing = await findNamed(name, call, state);
      if (existing && existing.status !== 'REVIEW_IN_PROGRESS') {
        throw new AwsError('AlreadyExistsException', `Stack [${name}] already exists`);
      }
      // A stack that only a change set has proposed keeps its id.
      const id = existing?.id ?? call.resourceId ?? newStackId('stack', name, call);
      const parentId = state.engine.parentOf(id);
      const { definition } = await readDefinition(request, { ...call, id, name }, undefined, call, state);
      const policy = await readStackPolicy(policySource, call, state);
      const operation = await newOperation('CREATE', definition.roleArn, options, call, state);
      const stack = {
        ...newStack(id, name, definition, state.cloud.now(), call),
        terminationProtection,
        disableRollback: options.onFailure === 'DO_NOTHING',
        ...defined({ policy, parentId }),
      };
      await state.engine.create(stack, operation);
      return id;
    });
    await state.engine.settled(id);
    return { StackId: id };
  },
});
