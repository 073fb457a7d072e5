import type { Coded } from '../errors/catalogue.js';
import type { CloudErrorCode } from '../errors/index.js';

export type { CloudErrorCode } from '../errors/index.js';

/**
 * An error of the cloud as a program, for its user: one line that says what to do.
 * @example const isTaken = error instanceof CloudError && error.code === 'GOBLET_CLOUD_PORT_TAKEN';
 */
export class CloudError extends Error {
  readonly code: CloudErrorCode;

  /** @param coded an entry of the catalogue with its arguments */
  constructor({ code, sentence }: Coded<CloudErrorCode>, options?: ErrorOptions) {
    super(`${code}: ${sentence}`, options);
    this.name = 'CloudError';
    this.code = code;
  }
}
