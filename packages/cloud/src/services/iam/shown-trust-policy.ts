type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A trust policy as IAM shows it once the role is made: a list of one action or one principal is that one.
 * @param text the JSON that the role was given; without such lists the answer is the same text
 */
export function shownTrustPolicy(text: string): string {
  const document: unknown = JSON.parse(text);
  if (!isObject(document)) return text;
  const { Statement } = document;
  const shown = { ...document, Statement: Array.isArray(Statement) ? Statement.map(shownStatement) : Statement };
  const after = JSON.stringify(shown);
  return after === JSON.stringify(document) ? text : after;
}

function shownStatement(statement: unknown): unknown {
  if (!isObject(statement)) return statement;
  return Object.fromEntries(
    Object.entries(statement).map(([member, value]) => [member, shownMember(member, value)] as const),
  );
}

function shownMember(member: string, value: unknown): unknown {
  if (member === 'Action' || member === 'NotAction') return onlyOne(value);
  const isPrincipal = member === 'Principal' || member === 'NotPrincipal';
  if (!isPrincipal || !isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([kind, names]) => [kind, onlyOne(names)] as const));
}

function onlyOne(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}
