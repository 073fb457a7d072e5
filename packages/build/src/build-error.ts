import type { Coded } from './errors/catalogue.js';
import type { BuildErrorCode } from './errors/index.js';

export type { BuildErrorCode } from './errors/index.js';

/** A message of the catalogue, and the error as the child process sends it. */
export type BuildFailure = Coded<BuildErrorCode>;

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

  /** @param failure an entry of the catalogue with its arguments */
  constructor({ code, sentence, detail }: BuildFailure) {
    super(`${code}: ${sentence}`);
    this.name = 'BuildError';
    this.code = code;
    this.detail = detail;
  }
}

export function toFailure({ code, message, detail }: BuildError): BuildFailure {
  return { code, sentence: message.slice(code.length + 2), detail };
}

export function fromFailure(failure: BuildFailure): BuildError {
  return new BuildError(failure);
}
