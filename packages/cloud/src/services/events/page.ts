import type { InputReader } from '../../core/input-reader.js';

const MOST = 100;

export interface PageInput {
  readonly limit: number;
  /** The key of the last one of the page before. */
  readonly after: string | undefined;
}

export function readPage(input: InputReader): PageInput {
  const token = input.text('NextToken');
  return {
    limit: input.integer('Limit', { min: 1, max: MOST }) ?? MOST,
    after: token === undefined ? undefined : Buffer.from(token, 'base64url').toString(),
  };
}

/** One page of what is in the order of its keys. */
export function pageOf<T>(all: readonly T[], keyOf: (one: T) => string, { limit, after }: PageInput) {
  const rest = after === undefined ? all : all.filter((one) => keyOf(one) > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    page,
    token:
      last !== undefined && rest.length > limit ? { NextToken: Buffer.from(keyOf(last)).toString('base64url') } : {},
  };
}
