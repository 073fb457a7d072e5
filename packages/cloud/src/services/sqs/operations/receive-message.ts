import { toMessageOutput } from '../message-output.js';
import { integerBetween, readUrl } from '../queue-input.js';
import { parseQueueUrl } from '../queue-name.js';
import { numberOf } from '../queue-record.js';
import { sqsOperation, urlAccess } from '../service-state.js';

export const receiveMessage = sqsOperation({
  name: 'ReceiveMessage',
  parse: (raw) => {
    const { input, url } = readUrl(raw);
    return {
      url,
      most: integerBetween(input, 'MaxNumberOfMessages', 1, 10) ?? 1,
      visibilityTimeout: integerBetween(input, 'VisibilityTimeout', 0, 43_200),
      wait: integerBetween(input, 'WaitTimeSeconds', 0, 20),
      system: [...(input.texts('AttributeNames') ?? []), ...(input.texts('MessageSystemAttributeNames') ?? [])],
      attributes: input.texts('MessageAttributeNames') ?? [],
    };
  },
  access: urlAccess('ReceiveMessage'),
  handle: async (input, call, { context, queues }) => {
    const queue = queues.get(parseQueueUrl(input.url, call));
    const { record } = queue;
    const visibilityTimeout = (input.visibilityTimeout ?? numberOf(record, 'VisibilityTimeout')) * 1000;
    const until = context.now() + (input.wait ?? numberOf(record, 'ReceiveMessageWaitTimeSeconds')) * 1000;
    for (;;) {
      // A receiver that has gone away must not take what others wait for.
      if (call.signal?.aborted || queue.closed) return {};
      const before = queue.moment;
      const { messages, dead } = await queue.take(input.most, visibilityTimeout);
      await queues.redrive(queue, dead);
      if (messages.length > 0) return { Messages: messages.map((each) => toMessageOutput(record, each, input)) };
      if (context.now() >= until) return {};
      await queue.changed(before, until, call.signal);
    }
  },
});
