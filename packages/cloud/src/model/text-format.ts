import { AwsError } from '../core/aws-error.js';
import { scalarOf } from './loose-format.js';
import type { ReadFormat } from './value-reader.js';

function wrongKind(path: string): AwsError {
  return new AwsError('SerializationException', `The value of ${path} cannot be read`);
}

/** Members in a path, a query or a header: text, or a list of texts if one is repeated. */
export const textFormat: ReadFormat = {
  nameOf: (member) => member,
  structure: (_value, path) => {
    throw wrongKind(path);
  },
  list: (value) => (Array.isArray(value) ? value : [value]),
  entries: (_value, path) => {
    throw wrongKind(path);
  },
  scalar: (kind, value, path) => {
    const text = Array.isArray(value) ? value[0] : value;
    const seconds = kind === 'epoch-seconds' ? Number(text) : text;
    const scalar = scalarOf(kind, seconds);
    if (scalar === undefined) throw wrongKind(path);
    return scalar;
  },
};
