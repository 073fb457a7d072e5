import type { CliErrorCode } from './error-codes.js';

/** An error whose one line says what was given, where, and what to do. Exit code 1 is the user's to mend, 2 is ours. */
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
