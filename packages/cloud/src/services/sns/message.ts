import { InputReader } from '../../core/input-reader.js';
import type { MessageAttributes } from '../sqs/message.js';
import { readMessageAttributes } from '../sqs/message-attributes.js';
import { sizeOf } from '../sqs/message-input.js';
import { invalidParameter, invalidParameterValue } from './sns-error.js';
import type { Protocol } from './topic-record.js';

/** Bytes */
export const LONGEST_MESSAGE = 262_144;
/** ASCII, not beginning with a control character or a space, without line breaks ("Publish" of the SNS API reference). */
const SUBJECT = /^[!-~][ -~]{0,99}$/;

/** What Publish and an entry of PublishBatch have in common. */
export interface MessageInput {
  readonly message: string;
  readonly subject: string | undefined;
  readonly attributes: MessageAttributes;
  /** Messages for some protocols alone. */
  readonly perProtocol: Readonly<Record<string, string>>;
}

/** A message as it was published. */
export interface PublishedMessage extends MessageInput {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly time: number;
}

/** @throws AwsError InvalidParameter, ParameterValueInvalid */
export function readMessage(raw: unknown): MessageInput {
  const input = new InputReader(raw, 'InvalidParameter');
  const text = input.text('Message');
  const subject = input.text('Subject');
  const structure = input.text('MessageStructure');
  if (!text) throw invalidParameter('Empty message');
  if (subject !== undefined && !SUBJECT.test(subject)) throw invalidParameter('Subject');
  for (const name of ['MessageGroupId', 'MessageDeduplicationId']) {
    if (input.has(name))
      throw invalidParameter(
        `${name} Reason: The request includes ${name} parameter that is not valid for this topic type`,
      );
  }
  const attributes = readMessageAttributes(attributesOf(input), {
    most: Number.POSITIVE_INFINITY,
    refuse: invalidParameterValue,
  });
  if (sizeOf({ body: text, attributes }) > LONGEST_MESSAGE) throw invalidParameter('Message too long');
  if (structure === undefined) return { message: text, subject, attributes, perProtocol: {} };
  if (structure !== 'json') throw invalidParameter('MessageStructure');
  const { default: message, ...perProtocol } = readStructure(text);
  if (message === undefined) throw invalidParameter('Message Structure - No default entry in JSON message body');
  return { message, subject, attributes, perProtocol };
}

function attributesOf(input: InputReader) {
  const given = input.structure('MessageAttributes');
  return Object.fromEntries(
    (given?.names() ?? []).map((name) => {
      const each = given?.structure(name);
      const attribute = {
        DataType: each?.text('DataType'),
        StringValue: each?.text('StringValue'),
        BinaryValue: each?.bytes('BinaryValue'),
      };
      return [name, attribute];
    }),
  );
}

function readStructure(text: string): Readonly<Record<string, string>> {
  try {
    return new InputReader({ message: JSON.parse(text) }).textMap('message') ?? {};
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
}

/** The message as subscribers of a protocol get it. */
export function messageFor({ message, perProtocol }: MessageInput, protocol: Protocol): string {
  return perProtocol[protocol] ?? message;
}
