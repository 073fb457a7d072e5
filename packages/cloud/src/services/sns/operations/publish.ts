import { AwsError } from '../../../core/aws-error.js';
import { randomId } from '../../../core/random-id.js';
import { checkEntries, eachEntry } from '../../../kit/batch.js';
import { messageSize } from '../../../kit/message-attributes.js';
import { deliver } from '../delivery.js';
import { checkMessage, deduplicationOf, LONGEST_MESSAGE, type MessageInput, readMessage } from '../message.js';
import { onTopic, type SnsState, snsOperation } from '../service-state.js';
import { invalidParameter } from '../sns-error.js';
import { parseTopicArn, topicArn } from '../topic-name.js';
import type { TopicRecord } from '../topic-record.js';

/** Resolves when every endpoint has the message, or it was given up: what is acknowledged survives a restart. */
async function publishTo(topic: TopicRecord, input: MessageInput, { context, topics, published }: SnsState) {
  checkMessage(input);
  const arn = topicArn(topic);
  const deduplicationId = deduplicationOf(topic, input);
  if (deduplicationId === undefined) return { MessageId: await send(input) };
  const { groupId } = input;
  const perGroup = topic.attributes.FifoThroughputScope === 'MessageGroup';
  const key = perGroup ? `${groupId}\n${deduplicationId}` : deduplicationId;
  const { id, sequence } = await published.inOrder(arn, key, (next) => send({ ...input, deduplicationId }, next));
  return { MessageId: id, SequenceNumber: sequence };

  async function send(of: MessageInput, sequence?: string): Promise<string> {
    const message = { ...of, id: randomId.uuid(), time: context.now(), ...(sequence !== undefined && { sequence }) };
    const receivers = topics.subscriptions(arn).filter(({ wants }) => wants(message));
    await Promise.all(receivers.map(({ record }) => deliver(context, message, record)));
    return message.id;
  }
}

export const publish = snsOperation({
  name: 'Publish',
  parse: ({ TopicArn, TargetArn, PhoneNumber, ...input }, scope) => {
    if (PhoneNumber !== undefined) {
      throw invalidParameter('PhoneNumber: the local cloud sends no messages to phones');
    }
    if (TargetArn?.includes(':endpoint/')) {
      throw invalidParameter('TargetArn Reason: No endpoint found for the target arn specified');
    }
    const arn = TargetArn ?? TopicArn;
    if (arn === undefined) throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter');
    const topic = parseTopicArn(arn, scope);
    const message = readMessage(input);
    checkMessage(message);
    return { topic, message };
  },
  access: (row) => [onTopic(row, 'Publish')],
  handle: ({ topic, message }, _call, state) => publishTo(state.topics.get(topic), message, state),
});

export const publishBatch = snsOperation({
  name: 'PublishBatch',
  parse: ({ TopicArn, PublishBatchRequestEntries }, scope) => {
    const topic = parseTopicArn(TopicArn, scope);
    const entries = checkEntries(PublishBatchRequestEntries, {
      empty: "The batch request doesn't contain any entries.",
      tooMany: () => 'The batch request contains more entries than permissible.',
      badId: (id) =>
        id.length > 80
          ? `The Id of a batch entry in the batch request is too long: ${id}`
          : `The Id of a batch entry in the batch request contains an impermissible character: ${id}`,
      repeated: () => 'Two or more batch entries in the request have the same Id.',
    });
    return { topic, entries: entries.map(({ Id, ...entry }) => ({ Id, message: readMessage(entry) })) };
  },
  access: (row) => [onTopic(row, 'Publish')],
  handle: ({ topic: name, entries }, _call, state) => {
    const topic = state.topics.get(name);
    const size = entries.reduce(
      (sum, { message: { message, attributes } }) => sum + messageSize(message, attributes),
      0,
    );
    if (size > LONGEST_MESSAGE) {
      throw new AwsError('BatchRequestTooLong', 'The length of all the messages put together is more than the limit.');
    }
    for (const { message } of entries) deduplicationOf(topic, message);
    return eachEntry(entries, ({ message }) => publishTo(topic, message, state));
  },
});
