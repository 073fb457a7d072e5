import { parseJson } from '../../core/json.js';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list of one text is the text. */
function single(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? value[0] : value;
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, single(each)]));
}

/** The elements of a statement in AWS's order. */
const ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

function statementOf(statement: unknown): unknown {
  if (!isObject(statement)) return statement;
  return Object.fromEntries(
    ELEMENTS.filter((element) => element in statement).map((element) => [element, single(statement[element])]),
  );
}

/**
 * A policy as CloudWatch Logs describes it: with its version, and lists of one text as the text.
 * @param document JSON that is a policy
 */
export function normalizedPolicy(document: string): string {
  const policy: unknown = parseJson(document);
  if (!isObject(policy)) return document;
  const { Version = '2008-10-17', Id, Statement } = policy;
  return JSON.stringify({ Version, Id, Statement: [Statement].flat().map(statementOf) });
}
