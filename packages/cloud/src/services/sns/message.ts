import { createHash } from 'node:crypto';
import { parseJson } from '../../core/json.js';
import {
  type AttributeRules,
  type MessageAttributes,
  messageSize,
  readMessageAttributes,
} from '../../kit/message-attributes.js';
import type { Input } from '../../model/client-types.js';
import { invalidParameter, invalidParameterValue } from './sns-error.js';
import type { Protocol } from './subscription-record.js';
import { isFifoTopic } from './topic-name.js';
import type { TopicRecord } from './topic-record.js';

/** Bytes */
export const LONGEST_MESSAGE = 262_144;
/** ASCII, not beginning with a control character or a space, without line breaks ("Publish" of the SNS API reference). */
const SUBJECT = /^[!-~][ -~]{0,99}$/;

const ATTRIBUTE_RULES: AttributeRules = {
  refuse: invalidParameterValue,
  label: /^.+$/s,
  noValue: (name, { DataType = '', StringValue, BinaryValue }, type) => {
    const other = type === 'Binary' ? StringValue : BinaryValue;
    return other === undefined || other.length === 0
      ? `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`
      : `The message attribute '${name}' with type '${DataType}' must use field '${type}'.`;
  },
};

/** The members that Publish and an entry of PublishBatch have in common. */
export interface MessageInput {
  readonly message: string;
  readonly subject: string | undefined;
  readonly attributes: MessageAttributes;
  /** Messages for some protocols alone. */
  readonly perProtocol: Readonly<Record<string, string>>;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
}

/** A message as it was published. */
export interface PublishedMessage extends MessageInput {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly time: number;
  /** Of a message of a FIFO topic. */
  readonly sequence?: string;
  /** X-Ray's, where the publisher's request had one. */
  readonly traceHeader?: string;
}

type MessageMembers = Omit<Input<'sns', 'Publish'>, 'TopicArn' | 'TargetArn' | 'PhoneNumber'>;

/** @throws AwsError InvalidParameter, ParameterValueInvalid */
export function readMessage({ Message, MessageStructure, ...input }: MessageMembers): MessageInput {
  const attributes = readMessageAttributes(input.MessageAttributes, ATTRIBUTE_RULES);
  const given = {
    subject: input.Subject,
    attributes,
    groupId: input.MessageGroupId,
    deduplicationId: input.MessageDeduplicationId,
  };
  if (MessageStructure === undefined) return { ...given, message: Message, perProtocol: {} };
  if (MessageStructure !== 'json') throw invalidParameter('MessageStructure');
  const { default: message, ...perProtocol } = readStructure(Message);
  if (message === undefined) throw invalidParameter('Message Structure - No default entry in JSON message body');
  return { ...given, message, perProtocol };
}

/** Refuses single entries of a batch. @throws AwsError InvalidParameter */
export function checkMessage({ message, subject, attributes }: MessageInput): void {
  if (message === '') throw invalidParameter('Empty message');
  if (subject !== undefined && !SUBJECT.test(subject)) throw invalidParameter('Subject');
  if (messageSize(message, attributes) > LONGEST_MESSAGE) throw invalidParameter('Message too long');
}

/** The texts among the members; others count as absent. */
function readStructure(text: string): Readonly<Record<string, string>> {
  try {
    const structure: unknown = parseJson(text);
    return Object.fromEntries(
      Object.entries(Object(structure)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
}

/** The message as subscribers of a protocol get it. */
export function messageFor({ message, perProtocol }: MessageInput, protocol: Protocol): string {
  return perProtocol[protocol] ?? message;
}

/**
 * By what a FIFO topic tells messages apart; undefined for other topics.
 *
 * @throws AwsError InvalidParameter where the message is not one of this type of topic
 */
export function deduplicationOf(topic: TopicRecord, input: MessageInput): string | undefined {
  const { groupId, deduplicationId, message } = input;
  if (!isFifoTopic(topic)) {
    if (deduplicationId === undefined) return undefined;
    throw invalidParameter(
      'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    );
  }
  if (groupId === undefined) throw invalidParameter('The MessageGroupId parameter is required for FIFO topics');
  if (deduplicationId !== undefined) return deduplicationId;
  if (topic.attributes.ContentBasedDeduplication === 'true') return createHash('sha256').update(message).digest('hex');
  throw invalidParameter(
    'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}
