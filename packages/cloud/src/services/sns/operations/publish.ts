import { AwsError } from '../../../core/aws-error.js';
import { defined } from '../../../core/defined.js';
import type { Call } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import { checkEntries, eachEntry } from '../../../kit/batch.js';
import { messageSize } from '../../../kit/message-attributes.js';
import {
  checkMessage,
  deduplicationOf,
  LONGEST_MESSAGE,
  type MessageInput,
  type PublishedMessage,
  readMessage,
} from '../message.js';
import { onTopic, type SnsState, snsOperation } from '../service-state.js';
import { useTopicKey } from '../topic-key.js';
import { topicMetrics } from '../topic-metrics.js';
import { parseTopicArn, topicArn } from '../topic-name.js';
import type { TopicRecord } from '../topic-record.js';
import { publishTarget, readTarget, targetTags } from './publish-target.js';

/** Resolves when every endpoint has the message, or it was given up: what is acknowledged survives a restart. */
async function publishTo(
  topic: TopicRecord,
  input: MessageInput,
  call: Call,
  { context, topics, published, deliveries }: SnsState,
) {
  checkMessage(input);
  const arn = topicArn(topic);
  await useTopicKey(context, call, topic);
  const deduplicationId = deduplicationOf(topic, input);
  if (deduplicationId === undefined) return { MessageId: await send(input) };
  const { groupId } = input;
  const perGroup = topic.attributes.FifoThroughputScope === 'MessageGroup';
  const key = perGroup ? `${groupId}\n${deduplicationId}` : deduplicationId;
  const { id, sequence } = await published.inOrder(arn, key, (next) => send({ ...input, deduplicationId }, next));
  return { MessageId: id, SequenceNumber: sequence };

  async function send(of: MessageInput, sequence?: string): Promise<string> {
    const message: PublishedMessage = {
      ...of,
      id: randomId.uuid(),
      time: context.now(),
      ...defined({ sequence, traceHeader: call.request?.traceId }),
    };
    const metrics = topicMetrics(context, arn);
    metrics?.add('NumberOfMessagesPublished', 'Count');
    metrics?.add('PublishSize', 'Bytes', messageSize(of.message, of.attributes));
    const receivers = topics.subscriptions(arn).filter(({ record, wants }) => !record.pending && wants(message));
    await Promise.all(receivers.map(({ record }) => deliveries.deliver(message, record)));
    return message.id;
  }
}

export const publish = snsOperation({
  name: 'Publish',
  parse: (input, scope) => {
    const target = readTarget(input, scope);
    const message = readMessage(input);
    checkMessage(message);
    return { target, message };
  },
  access: (row) => [
    row({
      action: 'sns:Publish',
      type: 'topic',
      on: ({ target }, _call, state) => publishTarget(target, state),
      keys: { 'aws:ResourceTag/*': ({ input: { target }, state }) => targetTags(target, state) },
    }),
  ],
  handle: ({ target, message }, call, state) => {
    switch (target.kind) {
      case 'topic':
        return publishTo(state.topics.get(target.topic), message, call, state);
      case 'endpoint':
        return state.platforms.publish(target.endpoint, message);
      case 'phone':
        return state.phones.send(target.number, message);
    }
  },
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
  handle: ({ topic: name, entries }, call, state) => {
    const topic = state.topics.get(name);
    const size = entries.reduce(
      (sum, { message: { message, attributes } }) => sum + messageSize(message, attributes),
      0,
    );
    if (size > LONGEST_MESSAGE) {
      throw new AwsError('BatchRequestTooLong', 'The length of all the messages put together is more than the limit.');
    }
    for (const { message } of entries) deduplicationOf(topic, message);
    return eachEntry(entries, ({ message }) => publishTo(topic, message, call, state));
  },
});
