import type { Shaped } from '../lambda/event-shape.js';

/** A message attribute as SNS ("Type", "Value") or SQS ("stringValue", "binaryValue") delivers it. */
const ATTRIBUTE = {
  'Type?': 'string',
  'Value?': 'string',
  'stringValue?': 'string',
  'binaryValue?': 'string',
} as const;

/** The attributes of a message as delivered, by name. */
export const MESSAGE_ATTRIBUTES = { '*': ATTRIBUTE } as const;

/** Message attributes by name: bytes for binary ones, text for all others, numbers included. */
export type MessageAttributes = Readonly<Record<string, string | Uint8Array>>;

export function messageAttributes(given: Shaped<typeof MESSAGE_ATTRIBUTES> | null | undefined): MessageAttributes {
  return Object.fromEntries(Object.entries(given ?? {}).map(([name, attribute]) => [name, attributeValue(attribute)]));
}

function attributeValue({ Type, Value, stringValue, binaryValue }: Shaped<typeof ATTRIBUTE>): string | Uint8Array {
  const binary = binaryValue ?? (Type === 'Binary' ? Value : undefined);
  return typeof binary === 'string' ? new Uint8Array(Buffer.from(binary, 'base64')) : (Value ?? stringValue ?? '');
}
