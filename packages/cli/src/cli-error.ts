import type { Coded } from './errors/catalogue.js';
import type { CliErrorCode } from './errors/index.js';

/** An error that the user can fix, in one line: what was given, where, and what to do. */
export class CliError extends Error {
  readonly code: CliErrorCode;

  /** @param coded an entry of the catalogue with its arguments */
  constructor({ code, sentence }: Coded<CliErrorCode>) {
    super(sentence);
    this.name = 'CliError';
    this.code = code;
  }
}
