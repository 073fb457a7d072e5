import type { BuildErrorCode } from './error-codes.js';

export type { BuildErrorCode } from './error-codes.js';

/**
 * An error in the app or its options. The message is the code and one sentence that says what to do.
 * @example
 * try {
 *   await takeInventory();
 * } catch (error) {
 *   if (error instanceof BuildError) console.error(error.message, error.detail);
 * }
 */
export class BuildError extends Error {
  readonly code: BuildErrorCode;
  /** Several lines for people: the app's own stack trace, or the compiler's messages. */
  readonly detail: string | undefined;

  constructor(code: BuildErrorCode, sentence: string, detail?: string) {
    super(`${code}: ${sentence}`);
    this.name = 'BuildError';
    this.code = code;
    this.detail = detail;
  }
}

/** The error as the child process sends it. */
export interface BuildFailure {
  readonly code: BuildErrorCode;
  readonly sentence: string;
  readonly detail?: string;
}

export function toFailure(error: BuildError): BuildFailure {
  const sentence = error.message.slice(error.code.length + 2);
  return { code: error.code, sentence, ...(error.detail === undefined ? {} : { detail: error.detail }) };
}

export function fromFailure(failure: BuildFailure): BuildError {
  return new BuildError(failure.code, failure.sentence, failure.detail);
}
