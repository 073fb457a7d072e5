/** Structures whose members DynamoDB's messages print by name, with the structures inside them. */
const STRUCTURES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  KeySchemaElement: {},
  WriteRequest: { PutRequest: 'PutRequest', DeleteRequest: 'DeleteRequest' },
  PutRequest: { Item: 'AttributeValue' },
  DeleteRequest: { Key: 'AttributeValue' },
};

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/**
 * A value as DynamoDB's messages print it: `[KeySchemaElement(attributeName=id, keyType=HASH)]`
 * @param structure of the structures inside lists and maps
 */
export function printed(value: unknown, structure: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => printedStructure(item, structure)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([key, each]) => {
    const text = Array.isArray(each) ? printed(each, structure) : printedStructure(each, structure);
    return `${key}=${text}`;
  });
  return `{${entries.join(', ')}}`;
}

function printedStructure(value: unknown, structure: string): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const inner = STRUCTURES[structure] ?? {};
  const members = Object.entries(value).map(([name, member]) => {
    const of = inner[name];
    const text =
      of === undefined ? plain(member) : of === 'AttributeValue' ? printed(member, of) : printedStructure(member, of);
    return `${lowerFirst(name)}=${text}`;
  });
  return `${structure}(${members.join(', ')})`;
}

const plain = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
