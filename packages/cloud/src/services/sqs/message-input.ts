import { createHash } from 'node:crypto';
import { AwsError } from '../../core/aws-error.js';
import { defined } from '../../core/defined.js';
import type { Call } from '../../core/operation.js';
import { principalArn, principalId } from '../../core/principal.js';
import { isFifo } from '../../core/queue-name.js';
import { randomId } from '../../core/random-id.js';
import {
  type AttributeRules,
  type MessageAttributes,
  messageSize,
  readMessageAttributes,
} from '../../kit/message-attributes.js';
import type { Input } from '../../model/client-types.js';
import type { Message } from './message.js';
import type { MessageQueue } from './message-queue.js';
import { numberOf } from './queue-record.js';
import { checkRange, invalidParameter, invalidValue, missingParameter } from './sqs-error.js';

/** XML 1.0's characters, which are all that a body may have. */
const BODY = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;
const CHARACTERS = '#x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF';
/** Seconds */
const LONGEST_DELAY = 900;
const FIFO_ID = /^[!-~]{1,128}$/;

const ATTRIBUTE_RULES: AttributeRules = {
  most: 10,
  refuse: invalidParameter,
  badCharacter: (name, code) =>
    `Invalid binary character '#x${code}' was found in the message attribute '${name}' value, the set of allowed characters is ${CHARACTERS}`,
  noValue: (name, _attribute, type) =>
    `Message (user) attribute '${name}' must contain a non-empty value of type '${type}'.`,
};

/** The message in the input of SendMessage or in an entry of SendMessageBatch. */
export interface MessageInput {
  readonly body: string;
  /** Seconds */
  readonly delay: number | undefined;
  readonly attributes: MessageAttributes;
  readonly traceHeader: string | undefined;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
}

/** @throws AwsError MissingRequiredParameterException, InvalidMessageContents, InvalidParameterValueException */
export function readMessage({
  MessageBody: body,
  ...input
}: Omit<Input<'sqs', 'SendMessage'>, 'QueueUrl'>): MessageInput {
  if (body === '') throw missingParameter('MessageBody');
  checkRange('DelaySeconds', input.DelaySeconds, 0, LONGEST_DELAY);
  if (!BODY.test(body)) {
    throw new AwsError(
      'InvalidMessageContents',
      `Invalid binary character was found in the message body, the set of allowed characters is ${CHARACTERS}`,
    );
  }
  const system = readMessageAttributes(input.MessageSystemAttributes, ATTRIBUTE_RULES);
  const unknown = Object.keys(system).find((name) => name !== 'AWSTraceHeader');
  if (unknown !== undefined) throw invalidParameter(`Message system attribute name '${unknown}' is invalid.`);
  return {
    body,
    delay: input.DelaySeconds,
    attributes: readMessageAttributes(input.MessageAttributes, ATTRIBUTE_RULES),
    traceHeader: system.AWSTraceHeader?.StringValue,
    groupId: readId('MessageGroupId', input.MessageGroupId),
    deduplicationId: readId('MessageDeduplicationId', input.MessageDeduplicationId),
  };
}

function readId(name: string, id: string | undefined): string | undefined {
  if (id !== undefined && !FIFO_ID.test(id)) {
    throw invalidValue(
      id,
      name,
      `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
    );
  }
  return id;
}

/**
 * The message that an input makes in a queue, and its delay in milliseconds. Throws where the queue does not take it.
 *
 * @param tooLong what is said of a message that is too long, before the reason
 */
export function messageFor(
  { record }: MessageQueue,
  input: MessageInput,
  call: Call,
  { now, tooLong }: { readonly now: number; readonly tooLong: string },
): { readonly message: Message; readonly delay: number } {
  const limit = numberOf(record, 'MaximumMessageSize');
  if (messageSize(input.body, input.attributes) > limit) {
    throw invalidParameter(`${tooLong} Reason: Message must be shorter than ${limit} bytes.`);
  }
  const { body, attributes, groupId } = input;
  const traceHeader = input.traceHeader ?? call.request?.traceId;
  const deduplicationId = isFifo(record) ? fifoDeduplication(input, record.attributes) : undefined;
  if (!isFifo(record) && input.deduplicationId !== undefined) {
    throw invalidValue(
      input.deduplicationId,
      'MessageDeduplicationId',
      'The request includes a parameter that is not valid for this queue type',
    );
  }
  if (isFifo(record) && input.delay !== undefined && input.delay > 0) {
    throw invalidValue(
      input.delay,
      'DelaySeconds',
      'The request include parameter that is not valid for this queue type.',
    );
  }
  const message: Message = {
    id: randomId.uuid(),
    body,
    attributes,
    senderId: senderOf(call),
    sent: now,
    receivedBefore: 0,
    ...defined({ traceHeader, groupId, deduplicationId }),
  };
  // A FIFO queue delays all of its messages alike.
  const seconds = (isFifo(record) ? undefined : input.delay) ?? numberOf(record, 'DelaySeconds');
  return { message, delay: seconds * 1000 };
}

/** @throws AwsError for a message without what a FIFO queue knows it by */
export function fifoDeduplication(
  { groupId, deduplicationId, body }: Pick<MessageInput, 'groupId' | 'deduplicationId' | 'body'>,
  attributes: Readonly<Record<string, string>>,
): string {
  if (groupId === undefined) throw missingParameter('MessageGroupId');
  if (deduplicationId !== undefined) return deduplicationId;
  if (attributes.ContentBasedDeduplication === 'true') return createHash('sha256').update(body).digest('hex');
  throw invalidParameter(
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}

function senderOf({ principal }: Call): string {
  return principalId(principal) ?? principalArn(principal);
}
