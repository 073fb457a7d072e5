import type { CliErrorCode } from './error-codes.js';

/**
 * An error in one line: what was given, where, and what to do. Exit code 1 means that the user can fix it, 2 that it is
 * a bug in goblet.
 */
export class CliError extends Error {
  constructor(
    readonly code: CliErrorCode,
    message: string,
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
    this.name = 'CliError';
  }
}
