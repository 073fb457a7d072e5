import type { AwsError } from '../../core/aws-error.js';
import { InputReader } from '../../core/input-reader.js';
import type { MessageAttribute, MessageAttributes } from './message.js';
import { invalidParameter } from './sqs-error.js';

const TYPE = /^(String|Number|Binary)(?:\.[\w.-]+)?$/;
const MOST = 10;

/** The attributes that a sender gives a message, to SQS or SNS. @param refuse makes the error of what is wrong */
export function readMessageAttributes(
  input: InputReader,
  member: string,
  { most = MOST, refuse = invalidParameter }: { most?: number; refuse?: (message: string) => AwsError } = {},
): MessageAttributes {
  const map = input.structure(member);
  const names = map?.names() ?? [];
  if (names.length > most)
    throw refuse(`Number of message attributes [${names.length}] exceeds the allowed maximum [${most}].`);
  return Object.fromEntries(
    names.map((name) => [name, readAttribute(name, map?.structure(name) ?? new InputReader({}), refuse)]),
  );
}

function readAttribute(name: string, input: InputReader, refuse: (message: string) => AwsError): MessageAttribute {
  if (!/^[\w.-]{1,256}$/.test(name) || /^(aws|amazon)\./i.test(name)) {
    throw refuse(`The message attribute name '${name}' is invalid.`);
  }
  const DataType = input.text('DataType') ?? '';
  const type = TYPE.exec(DataType)?.[1];
  if (type === undefined) {
    throw refuse(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const bytes = input.bytes('BinaryValue');
  const value = type === 'Binary' ? bytes && Buffer.from(bytes).toString('base64') : input.text('StringValue');
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
