import type { BuildErrorCode } from './error-codes.js';

export type { BuildErrorCode } from './error-codes.js';

/** An error of the app or its options: the message says, in one line after the code, what to do. */
export class BuildError extends Error {
  readonly code: BuildErrorCode;
  /** Several lines for people: the app's own stack, or the compiler's messages. */
  readonly detail: string | undefined;

  constructor(code: BuildErrorCode, sentence: string, detail?: string) {
    super(`${code}: ${sentence}`);
    this.name = 'BuildError';
    this.code = code;
    this.detail = detail;
  }
}

/** The error as it crosses from the child process. */
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
