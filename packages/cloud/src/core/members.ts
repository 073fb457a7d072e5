import { AwsError } from './aws-error.js';

/** Reads the members of an input that came off the wire, whichever protocol spelt it. Absent members are undefined. */
export interface Members {
  readonly has: (name: string) => boolean;
  readonly text: (name: string) => string | undefined;
  readonly neededText: (name: string) => string;
  /** A number, or the text of one (query protocol, headers). */
  readonly integer: (name: string) => number | undefined;
  /** A boolean, or `true` and `false` as text. */
  readonly flag: (name: string) => boolean | undefined;
  readonly list: (name: string) => readonly unknown[];
  readonly texts: (name: string) => readonly string[];
  readonly structure: (name: string) => Members | undefined;
  readonly structures: (name: string) => readonly Members[];
  readonly bytes: (name: string) => Uint8Array | undefined;
  /** The member as it came. */
  readonly raw: (name: string) => unknown;
}

function wrongType(name: string, expected: string): AwsError {
  return new AwsError('ValidationException', `Value at '${name}' is not ${expected}`);
}

/** @throws AwsError ValidationException from every reader, where a member is of another type */
export function membersOf(raw: unknown): Members {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw wrongType('input', 'a structure');
  const values = new Map(Object.entries(raw).filter(([, value]) => value !== undefined && value !== null));
  const members: Members = {
    has: (name) => values.has(name),
    raw: (name) => values.get(name),
    text: (name) => {
      const value = values.get(name);
      if (value === undefined || typeof value === 'string') return value;
      throw wrongType(name, 'text');
    },
    neededText: (name) => {
      const text = members.text(name);
      if (text !== undefined && text !== '') return text;
      throw new AwsError(
        'ValidationException',
        `1 validation error detected: Value null at '${name.charAt(0).toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must not be null`,
      );
    },
    integer: (name) => {
      const value = values.get(name);
      if (value === undefined) return undefined;
      const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
      if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
      throw wrongType(name, 'a whole number');
    },
    flag: (name) => {
      const value = values.get(name);
      if (value === undefined || typeof value === 'boolean') return value;
      if (value === 'true' || value === 'false') return value === 'true';
      throw wrongType(name, 'a boolean');
    },
    list: (name) => {
      const value = values.get(name);
      if (value === undefined || value === '') return [];
      if (Array.isArray(value)) return value;
      throw wrongType(name, 'a list');
    },
    texts: (name) =>
      members.list(name).map((value) => {
        if (typeof value === 'string') return value;
        throw wrongType(name, 'a list of text');
      }),
    structure: (name) => (values.has(name) ? membersOf(values.get(name)) : undefined),
    structures: (name) => members.list(name).map(membersOf),
    bytes: (name) => {
      const value = values.get(name);
      if (value === undefined || value instanceof Uint8Array) return value;
      if (typeof value === 'string') return Buffer.from(value);
      throw wrongType(name, 'bytes');
    },
  };
  return members;
}
