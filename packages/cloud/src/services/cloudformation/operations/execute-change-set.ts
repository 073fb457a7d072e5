import { AwsError } from '../../../core/aws-error.js';
import { write } from '../stack/stack-store.js';
import { validationError } from '../template/template-error.js';
import { changeSetAccess } from './access.js';
import { findChangeSet, findStack, refuseUnlessUpdatable } from './find-stack.js';
import { newOperation, operationOptions } from './start-stack.js';
import { cloudFormationOperation, storeOf } from './state.js';

export const executeChangeSet = cloudFormationOperation({
  name: 'ExecuteChangeSet',
  parse: (input) => ({
    name: input.ChangeSetName,
    stackName: input.StackName,
    options: operationOptions(input),
    disableRollback: input.DisableRollback,
  }),
  access: (row) => [changeSetAccess(row, 'ExecuteChangeSet')],
  handle: async ({ name, stackName, options, disableRollback }, call, state) => {
    const { stackId, stackName: plainName } = await findChangeSet(name, stackName, call, state);
    await state.engine.exclusively({ ...call, name: plainName }, async () => {
      const changeSet = await findChangeSet(name, stackName, call, state);
      if (changeSet.executionStatus !== 'AVAILABLE') {
        throw new AwsError(
          'InvalidChangeSetStatus',
          changeSet.status === 'FAILED'
            ? `ChangeSet [${changeSet.id}] cannot be executed in its current status of [FAILED]`
            : `ChangeSet [${changeSet.id}] cannot be executed in its current execution status of [${changeSet.executionStatus}]`,
        );
      }
      const stack = await findStack(stackId, call, state);
      const { definition, onFailure } = changeSet;
      const operation = await newOperation(
        changeSet.type,
        definition.roleArn,
        {
          ...options,
          onFailure: disableRollback ? 'DO_NOTHING' : (onFailure ?? 'ROLLBACK'),
          changeSetId: changeSet.id,
        },
        call,
        state,
      );
      const store = storeOf(state, call);
      const others = (await store.changeSets(stackId)).filter(({ id }) => id !== changeSet.id);
      const executed = write.changeSet({ ...changeSet, executionStatus: 'EXECUTE_COMPLETE' });
      if (changeSet.type === 'CREATE') {
        if (stack.status !== 'REVIEW_IN_PROGRESS') {
          throw validationError(
            `Stack [${stack.name}] already exists and cannot be created again with the changeSet [${changeSet.name}].`,
          );
        }
        await state.engine.create(
          {
            ...stack,
            definition,
            changeSetId: changeSet.id,
            updated: state.cloud.now(),
            disableRollback: operation.onFailure === 'DO_NOTHING',
          },
          operation,
        );
      } else {
        refuseUnlessUpdatable(stack);
        await state.engine.update({ ...stack, changeSetId: changeSet.id }, definition, operation);
      }
      await store.batch([executed, ...others.map(write.changeSetGone)]);
    });
    await state.engine.settled(stackId);
  },
});
