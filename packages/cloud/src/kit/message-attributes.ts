import type { AwsError } from '../core/aws-error.js';

/** An attribute that the sender gave a message, as it is stored; bytes as base64. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A message attribute as senders give it. */
export interface AttributeInput {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

/** How a service refuses message attributes. */
export interface AttributeRules {
  /** @default - any number */
  readonly most?: number;
  readonly refuse: (message: string) => AwsError;
  /** The labels that may follow a type after a dot. @default - letters, digits, `_`, `-` and `.` */
  readonly label?: RegExp;
  /** The words for a character that no text may have. @default - a text may have every character */
  readonly badCharacter?: (name: string, code: string) => string;
  /** The words for an attribute whose value is missing or of another type. */
  readonly noValue: (name: string, attribute: AttributeInput, type: 'String' | 'Binary') => string;
}

const TYPE = /^(String|Number|Binary)(?:\.(.*))?$/s;
const LABEL = /^[\w.-]+$/;
/** XML 1.0 has no such characters. */
const NOT_IN_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const hexOf = (character: string): string => (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
const LONGEST_NAME = 256;

/** The attributes that a sender gives a message, to SQS or SNS. @throws the error of the rules */
export function readMessageAttributes(
  attributes: Readonly<Record<string, AttributeInput>> = {},
  rules: AttributeRules,
): MessageAttributes {
  const { most = Number.POSITIVE_INFINITY, refuse } = rules;
  const entries = Object.entries(attributes);
  if (entries.length > most) {
    throw refuse(`Number of message attributes [${entries.length}] exceeds the allowed maximum [${most}].`);
  }
  return Object.fromEntries(entries.map(([name, each]) => [name, readAttribute(name, each, rules)]));
}

/** The error for a name, in AWS's words. */
function nameFault(name: string): string | undefined {
  if (name.length > LONGEST_NAME) return `Length of message attribute name must be less than ${LONGEST_NAME} bytes.`;
  const [odd] = /[^\p{L}\p{N}_.-]/u.exec(name) ?? [];
  if (odd !== undefined) {
    return `Invalid non-alphanumeric character '#x${hexOf(odd)}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`;
  }
  if (name.startsWith('.')) return "Invalid message attribute name starting with character '.' was found.";
  if (name.endsWith('.')) return "Invalid message attribute name ending with character '.' was found.";
  if (name.includes('..')) return "Message attribute name can not have successive '.' character.";
  return name === '' || /^(aws|amazon)\./i.test(name) ? `The message attribute name '${name}' is invalid.` : undefined;
}

function readAttribute(name: string, attribute: AttributeInput, rules: AttributeRules): MessageAttribute {
  const { refuse, noValue, label: allowed = LABEL } = rules;
  const fault = nameFault(name);
  if (fault !== undefined) throw refuse(fault);
  const { DataType = '', StringValue, BinaryValue } = attribute;
  const [, type, label] = TYPE.exec(DataType) ?? [];
  if (type === undefined || (label !== undefined && !allowed.test(label))) {
    throw refuse(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const value = type === 'Binary' ? BinaryValue && Buffer.from(BinaryValue).toString('base64') : StringValue;
  if (!value) throw refuse(noValue(name, attribute, type === 'Binary' ? 'Binary' : 'String'));
  const [odd] = (rules.badCharacter && NOT_IN_XML.exec(value)) ?? [];
  if (odd !== undefined) throw refuse(rules.badCharacter?.(name, hexOf(odd)) ?? '');
  if (type === 'Number' && !Number.isFinite(Number(value))) {
    throw refuse(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  return type === 'Binary' ? { DataType, BinaryValue: value } : { DataType, StringValue: value };
}

/** The attributes in the form of the SDK's types. */
export function toAttributeOutput(
  attributes: MessageAttributes,
): Readonly<Record<string, AttributeInput & { readonly DataType: string }>> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        DataType,
        StringValue,
        BinaryValue: BinaryValue === undefined ? undefined : Buffer.from(BinaryValue, 'base64'),
      },
    ]),
  );
}

/** The bytes of a message that count: its body, and each attribute's name, type and value. */
export function messageSize(body: string, attributes: MessageAttributes = {}): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue = '', BinaryValue = '' }]) =>
      sum +
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      Buffer.byteLength(StringValue) +
      Buffer.byteLength(BinaryValue, 'base64'),
    Buffer.byteLength(body),
  );
}
