export type CreateErrorCode = 'GOBLET_CREATE_USAGE' | 'GOBLET_CREATE_NAME' | 'GOBLET_CREATE_FOLDER';

/** The reason why a project cannot be created, and what to do about it. */
export class CreateError extends Error {
  constructor(
    readonly code: CreateErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'CreateError';
  }
}
