import { AwsError } from '../core/aws-error.js';
import { scalarOf } from './loose-format.js';
import type { ReadFormat } from './value-reader.js';

/** Query parameters by the parts of their names: `Tags.member.1.Key=a` is `{ Tags: { member: { 1: { Key: 'a' } } } }`. */
export interface QueryTree {
  readonly [part: string]: QueryTree | string;
}

/** Parts of a parameter's name: far more than any input has. */
const DEEPEST = 100;

type Growing = { [part: string]: Growing | string };

function branch(): Growing {
  return Object.create(null);
}

export function queryTree(parameters: Iterable<readonly [name: string, value: string]>): QueryTree {
  const root = branch();
  for (const [name, value] of parameters) {
    const parts = name.split('.');
    if (parts.length > DEEPEST) throw malformed(`the parameter ${name.slice(0, 100)} has more than ${DEEPEST} parts`);
    let tree = root;
    for (const part of parts.slice(0, -1)) {
      const next = tree[part];
      const child = typeof next === 'object' ? next : branch();
      tree[part] = child;
      tree = child;
    }
    const last = parts.at(-1) ?? '';
    if (typeof tree[last] !== 'object') tree[last] = value;
  }
  return root;
}

function isTree(value: unknown): value is QueryTree {
  return typeof value === 'object' && value !== null;
}

function malformed(message: string): AwsError {
  return new AwsError('MalformedInput', message);
}

const INDEX = /^[1-9]\d*$/;

function isIndexed(value: unknown): value is QueryTree {
  return isTree(value) && Object.keys(value).length > 0 && Object.keys(value).every((part) => INDEX.test(part));
}

/** The numbered children in the order of their numbers. */
function itemsOf(value: unknown, item: string): readonly unknown[] {
  // An empty list is sent as `Name=` or `Name.member=`.
  if (value === '') return [];
  // Clients may leave out the element of an item, or name it as the model did once.
  const tree = isIndexed(value) ? value : isTree(value) ? (value[item] ?? Object.values(value)[0]) : undefined;
  if (tree === '') return [];
  if (!isIndexed(tree)) throw malformed('Start of list found where not expected');
  return Object.keys(tree)
    .sort((a, b) => Number(a) - Number(b))
    .map((index) => tree[index]);
}

/** AWS's query protocol: form parameters whose names are paths. */
export const queryFormat: ReadFormat = {
  nameOf: (member, { xmlName }) => xmlName ?? member,
  structure: (value) => {
    if (isTree(value)) return value;
    if (value === '') return {};
    throw malformed('Start of structure or map found where not expected');
  },
  list: (value, _path, item) => itemsOf(value, item),
  entries: (value, _path, names) =>
    itemsOf(value, 'entry').map((entry) => {
      const key = isTree(entry) ? entry[names.key] : undefined;
      if (!isTree(entry) || typeof key !== 'string')
        throw malformed('Start of structure or map found where not expected');
      return [key, entry[names.value] ?? ''];
    }),
  scalar: (kind, value, path) => {
    const scalar = isTree(value) ? undefined : scalarOf(kind, value);
    if (scalar === undefined) throw malformed(`Invalid value for ${path}: ${JSON.stringify(value)}`);
    return scalar;
  },
};
