import { toLocalUrls } from '../../../core/local-url.js';
import type { Scope } from '../../../core/operation.js';
import { neededText, readInput } from '../queue-input.js';
import { queueUrl } from '../queue-name.js';
import { queueAccess, sqsOperation } from '../service-state.js';

const named = ({ name, owner }: { readonly name: string; readonly owner: string | undefined }, scope: Scope) => ({
  account: owner ?? scope.account,
  region: scope.region,
  name,
});

export const getQueueUrl = sqsOperation({
  name: 'GetQueueUrl',
  parse: (raw) => {
    const input = readInput(raw);
    return { name: neededText(input, 'QueueName'), owner: input.text('QueueOwnerAWSAccountId') };
  },
  access: (input, call, state) => queueAccess('GetQueueUrl', named(input, call), state),
  handle: (input, call, { context, queues }) => ({
    QueueUrl: toLocalUrls(queueUrl(queues.get(named(input, call)).record), context),
  }),
});
