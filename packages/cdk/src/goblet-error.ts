import type { BuildErrorCode } from '@goblet/build' with { 'resolution-mode': 'import' };
import type { Coded } from './errors/catalogue.js';
import type { GobletErrorCode } from './errors/index.js';

export type { GobletErrorCode } from './errors/index.js';

/**
 * An error of the construct, or of `@goblet/build` on its behalf, with the code of its origin.
 * @example expect(() => new Goblet(stack, 'WebApi', props)).toThrow(GobletError);
 */
export class GobletError extends Error {
  readonly code: string;

  /** @param coded an entry of the catalogue with its arguments, or a failure of `@goblet/build` */
  constructor({ code, sentence, detail }: Coded<GobletErrorCode | BuildErrorCode>) {
    super(`${code}: ${sentence}${detail === undefined ? '' : `\n${detail}`}`);
    this.name = 'GobletError';
    this.code = code;
  }
}

/** The error of a failure that `goblet-build` reported. */
export const buildFailure = (failure: Coded<BuildErrorCode>): GobletError => new GobletError(failure);
