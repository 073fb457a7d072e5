import type { InputReader } from '../../core/input-reader.js';

const PAGE = 100;

/** The key behind which a list goes on. */
export function startOf(input: InputReader): string {
  return Buffer.from(input.text('NextToken') ?? '', 'base64url').toString();
}

/** A hundred of a list that is in the order of its keys, and the token of the next page. */
export function pageOf<T>(all: readonly T[], after: string, keyOf: (each: T) => string) {
  const rest = all.filter((each) => keyOf(each) > after);
  const page = rest.slice(0, PAGE);
  const last = page.at(-1);
  return {
    page,
    more: last !== undefined && rest.length > PAGE ? { NextToken: Buffer.from(keyOf(last)).toString('base64url') } : {},
  };
}
