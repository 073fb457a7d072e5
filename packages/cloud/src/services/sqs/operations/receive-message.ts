import { toMessageOutput } from '../message-output.js';
import { useQueueKey } from '../queue-key.js';
import { queueMetrics } from '../queue-metrics.js';
import { parseQueueUrl } from '../queue-name.js';
import { numberOf } from '../queue-record.js';
import { onQueue, sqsOperation } from '../service-state.js';

export const receiveMessage = sqsOperation({
  name: 'ReceiveMessage',
  limits: {
    MaxNumberOfMessages: { min: 1, max: 10 },
    VisibilityTimeout: { min: 0, max: 43_200 },
    WaitTimeSeconds: { min: 0, max: 20 },
  },
  parse: ({ QueueUrl, AttributeNames = [], MessageSystemAttributeNames = [], ...input }, scope) => ({
    queue: parseQueueUrl(QueueUrl, scope),
    most: input.MaxNumberOfMessages ?? 1,
    visibilityTimeout: input.VisibilityTimeout,
    wait: input.WaitTimeSeconds,
    system: [...AttributeNames, ...MessageSystemAttributeNames],
    attributes: input.MessageAttributeNames ?? [],
  }),
  access: (row) => [onQueue(row, 'ReceiveMessage')],
  handle: async (input, call, { context, queues }) => {
    const queue = queues.get(input.queue);
    const { record } = queue;
    await useQueueKey(context, call, record, 'Decrypt');
    const visibilityTimeout = (input.visibilityTimeout ?? numberOf(record, 'VisibilityTimeout')) * 1000;
    const until = context.now() + (input.wait ?? numberOf(record, 'ReceiveMessageWaitTimeSeconds')) * 1000;
    for (;;) {
      // A receiver that has gone away must not take what others wait for.
      if (call.signal?.aborted || queue.closed) return {};
      const before = queue.moment;
      const { messages, dead } = await queue.take(input.most, visibilityTimeout);
      await queues.redrive(queue, dead);
      if (messages.length > 0) {
        for (const _ of messages) queueMetrics(context, record)?.add('NumberOfMessagesReceived', 'Count');
        return { Messages: messages.map((each) => toMessageOutput(record, each, input)) };
      }
      if (context.now() >= until) {
        queueMetrics(context, record)?.add('NumberOfEmptyReceives', 'Count');
        return {};
      }
      await queue.changed(before, until, call.signal);
    }
  },
});
