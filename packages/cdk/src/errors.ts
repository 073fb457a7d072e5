import type { GobletErrorCode } from './error-codes.js';

export type { GobletErrorCode } from './error-codes.js';

/** What the construct refuses, or what `@goblet/build` refused for it, under the code of whoever did. */
export class GobletError extends Error {
  readonly code: string;

  constructor(code: GobletErrorCode | (string & {}), sentence: string, detail?: string) {
    super(`${code}: ${sentence}${detail === undefined ? '' : `\n${detail}`}`);
    this.name = 'GobletError';
    this.code = code;
  }
}
