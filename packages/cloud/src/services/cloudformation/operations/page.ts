import { validationError } from '../template/template-error.js';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

/** A part of a list from where `token` says on; the token is the place in the list. */
export function page<T>(all: readonly T[], token: string | undefined, size: number): Page<T> {
  const start = token === undefined ? 0 : Number(Buffer.from(token, 'base64url').toString());
  if (!Number.isInteger(start) || start < 0) throw validationError('Invalid NextToken');
  const end = start + size;
  const items = all.slice(start, end);
  return end < all.length ? { items, nextToken: Buffer.from(String(end)).toString('base64url') } : { items };
}
