import type { AwsError } from '../../core/aws-error.js';
import type { MessageAttribute, MessageAttributes } from './message.js';
import { invalidParameter } from './sqs-error.js';

const TYPE = /^(String|Number|Binary)(?:\.[\w.-]+)?$/;
const MOST = 10;

/** A message attribute as senders give it. */
interface GivenAttribute {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

/** The attributes that a sender gives a message, to SQS or SNS. @param refuse makes the error of what is wrong */
export function readMessageAttributes(
  given: Readonly<Record<string, GivenAttribute>> = {},
  { most = MOST, refuse = invalidParameter }: { most?: number; refuse?: (message: string) => AwsError } = {},
): MessageAttributes {
  const names = Object.keys(given);
  if (names.length > most)
    throw refuse(`Number of message attributes [${names.length}] exceeds the allowed maximum [${most}].`);
  return Object.fromEntries(names.map((name) => [name, readAttribute(name, given[name] ?? {}, refuse)]));
}

function readAttribute(
  name: string,
  { DataType = '', StringValue, BinaryValue }: GivenAttribute,
  refuse: (message: string) => AwsError,
): MessageAttribute {
  if (!/^[\w.-]{1,256}$/.test(name) || /^(aws|amazon)\./i.test(name)) {
    throw refuse(`The message attribute name '${name}' is invalid.`);
  }
  const type = TYPE.exec(DataType)?.[1];
  if (type === undefined) {
    throw refuse(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const value = type === 'Binary' ? BinaryValue && Buffer.from(BinaryValue).toString('base64') : StringValue;
  if (!value) {
    throw refuse(
      `The message attribute '${name}' must contain a non-empty value of type ${type === 'Binary' ? 'Binary' : 'String'}.`,
    );
  }
  if (type === 'Number' && !Number.isFinite(Number(value))) {
    throw refuse(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  return type === 'Binary' ? { DataType, BinaryValue: value } : { DataType, StringValue: value };
}
