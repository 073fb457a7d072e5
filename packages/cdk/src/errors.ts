import type { GobletErrorCode } from './error-codes.js';

export type { GobletErrorCode } from './error-codes.js';

/**
 * An error of the construct, or of `@goblet/build` on its behalf, with the code of its origin.
 * @example expect(() => new Goblet(stack, 'WebApi', props)).toThrow(GobletError);
 */
export class GobletError extends Error {
  readonly code: string;

  constructor(code: GobletErrorCode | (string & {}), sentence: string, detail?: string) {
    super(`${code}: ${sentence}${detail === undefined ? '' : `\n${detail}`}`);
    this.name = 'GobletError';
    this.code = code;
  }
}
