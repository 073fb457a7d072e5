import type { Coded } from './errors/catalogue.js';
import type { CreateErrorCode } from './errors/index.js';

export type { CreateErrorCode } from './errors/index.js';

/** The reason why a project cannot be created, and what to do about it. */
export class CreateError extends Error {
  readonly code: CreateErrorCode;

  /** @param coded an entry of the catalogue with its arguments */
  constructor({ code, sentence }: Coded<CreateErrorCode>) {
    super(sentence);
    this.name = 'CreateError';
    this.code = code;
  }
}
