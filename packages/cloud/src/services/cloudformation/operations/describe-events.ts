import { validationError } from '../template/template-error.js';
import { stackAccess } from './access.js';
import { findChangeSet, findStack } from './find-stack.js';
import { page } from './page.js';
import { shownEvent } from './show-event.js';
import { cloudFormationOperation, storeOf } from './state.js';

/** The newer way to ask for events: of a stack, or of a change set, of which this cloud keeps none. */
export const describeEvents = cloudFormationOperation({
  name: 'DescribeEvents',
  parse: (input) => ({
    stackName: input.StackName,
    changeSetName: input.ChangeSetName,
    operationId: input.OperationId,
    failedOnly: input.Filters?.FailedEvents ?? false,
    token: input.NextToken,
  }),
  access: (row) => [stackAccess(row, 'DescribeEvents', ({ stackName }) => stackName)],
  handle: async ({ stackName, changeSetName, operationId, failedOnly, token }, call, state) => {
    if (operationId !== undefined)
      throw validationError('DescribeEvents by OperationId is not supported by this cloud');
    if (changeSetName !== undefined) {
      await findChangeSet(changeSetName, stackName, call, state);
      return { OperationEvents: [] };
    }
    if (stackName === undefined) throw validationError('StackName or ChangeSetName must be specified.');
    const stack = await findStack(stackName, call, state);
    const events = await storeOf(state, call).events(stack.id);
    const asked = failedOnly ? events.filter(({ status }) => status.endsWith('_FAILED')) : events;
    const { items, nextToken } = page(asked, token, ['DescribeEvents', stackName]);
    return {
      OperationEvents: items.map((event) => ({ ...shownEvent(event), EventType: 'STACK_EVENT' })),
      NextToken: nextToken,
    };
  },
});
