/** A message attribute as SNS ("Type", "Value") or SQS ("stringValue", "binaryValue") delivers it. */
interface Attribute {
  readonly Type?: string;
  readonly Value?: string;
  readonly stringValue?: string;
  readonly binaryValue?: string;
}

/** Message attributes by name: bytes for binary ones, text for all others, numbers included. */
export type MessageAttributes = Readonly<Record<string, string | Uint8Array>>;

export function messageAttributes(given: Readonly<Record<string, Attribute>> | null | undefined): MessageAttributes {
  return Object.fromEntries(Object.entries(given ?? {}).map(([name, attribute]) => [name, attributeValue(attribute)]));
}

function attributeValue({ Type, Value, stringValue, binaryValue }: Attribute): string | Uint8Array {
  const binary = binaryValue ?? (Type === 'Binary' ? Value : undefined);
  return binary === undefined ? (Value ?? stringValue ?? '') : new Uint8Array(Buffer.from(binary, 'base64'));
}
