import { AwsError } from '../../../core/aws-error.js';
import type { InputReader } from '../../../core/input-reader.js';
import { randomId } from '../../../core/random-id.js';
import { checkEntries, eachEntry } from '../../sqs/batch.js';
import { sizeOf } from '../../sqs/message-input.js';
import { deliver } from '../delivery.js';
import { LONGEST_MESSAGE, type MessageInput, readMessage } from '../message.js';
import { arnAccess, neededText, readInput, type SnsState, snsOperation } from '../service-state.js';
import { invalidParameter } from '../sns-error.js';
import { parseTopicArn } from '../topic-name.js';

/** Resolves when every endpoint has the message, or it was given up: what is acknowledged survives a restart. */
async function publishTo(arn: string, input: MessageInput, { context, topics }: SnsState) {
  topics.get(parseTopicArn(arn));
  const message = { ...input, id: randomId.uuid(), time: context.now() };
  const receivers = topics.subscriptions(arn).filter(({ wants }) => wants(message));
  await Promise.all(receivers.map(({ record }) => deliver(context, message, record)));
  return { MessageId: message.id };
}

export const publish = snsOperation({
  name: 'Publish',
  parse: (raw) => {
    const input = readInput(raw);
    if (input.has('PhoneNumber')) throw invalidParameter('PhoneNumber: the local cloud sends no messages to phones');
    const arn = input.text('TargetArn') ?? neededText(input, 'TopicArn');
    parseTopicArn(arn);
    return { arn, message: readMessage(raw) };
  },
  access: (row) => [arnAccess(row, 'Publish')],
  handle: ({ arn, message }, _call, state) => publishTo(arn, message, state),
});

function entriesOf(input: InputReader) {
  const entries = (input.list('PublishBatchRequestEntries') ?? []).map((raw) => ({
    Id: neededText(readInput(raw), 'Id'),
    raw,
  }));
  return checkEntries(entries, 'PublishBatchRequestEntry');
}

export const publishBatch = snsOperation({
  name: 'PublishBatch',
  parse: (raw) => {
    const input = readInput(raw);
    const arn = neededText(input, 'TopicArn');
    parseTopicArn(arn);
    return { arn, entries: entriesOf(input) };
  },
  access: (row) => [arnAccess(row, 'Publish')],
  handle: ({ arn, entries }, _call, state) => {
    state.topics.get(parseTopicArn(arn));
    const size = entries.reduce(
      (sum, { raw }) => sum + sizeOf({ body: readInput(raw).text('Message') ?? '', attributes: {} }),
      0,
    );
    if (size > LONGEST_MESSAGE) {
      throw new AwsError(
        'BatchRequestTooLong',
        `The length of all the messages put together is more than the limit of ${LONGEST_MESSAGE} bytes.`,
      );
    }
    return eachEntry(entries, ({ raw }) => publishTo(arn, readMessage(raw), state));
  },
});
