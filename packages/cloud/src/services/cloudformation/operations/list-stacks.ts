import { stackDescription } from '../stack/stack.js';
import { page } from './page.js';
import { stackArn } from './stack-arn.js';
import { cloudFormationOperation, storeOf } from './state.js';

export const listStacks = cloudFormationOperation({
  name: 'ListStacks',
  parse: (input) => ({ statuses: input.StackStatusFilter ?? [], token: input.NextToken }),
  access: (row) => [
    row({ action: 'cloudformation:ListStacks', on: (_input, call) => ({ resource: stackArn(undefined, call) }) }),
  ],
  handle: async ({ statuses, token }, call, state) => {
    const stacks = (await storeOf(state, call).stacks())
      .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
      .sort((a, b) => b.created - a.created);
    const { items, nextToken } = page(stacks, token, ['ListStacks', ...statuses]);
    return {
      StackSummaries: items.map((stack) => ({
        StackId: stack.id,
        StackName: stack.name,
        TemplateDescription: stackDescription(stack),
        CreationTime: new Date(stack.created),
        LastUpdatedTime: stack.updated === undefined ? undefined : new Date(stack.updated),
        DeletionTime: stack.deleted === undefined ? undefined : new Date(stack.deleted),
        StackStatus: stack.status,
        StackStatusReason: stack.statusReason,
        DriftInformation: { StackDriftStatus: 'NOT_CHECKED' as const },
      })),
      NextToken: nextToken,
    };
  },
});
