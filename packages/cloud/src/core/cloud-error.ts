/** Codes of the errors of the cloud itself. Errors of the AWS APIs are AwsErrors. */
export type CloudErrorCode =
  /** Something else listens on the port. */
  | 'GOBLET_CLOUD_PORT_TAKEN'
  /** Another process has the data folder open. */
  | 'GOBLET_CLOUD_FOLDER_IN_USE'
  /** The data folder can not be read or written: full, read-only, not permitted, a file in the way. */
  | 'GOBLET_CLOUD_FOLDER_UNUSABLE'
  /** The folder has things in it, and Goblet did not make it. */
  | 'GOBLET_CLOUD_FOLDER_FOREIGN'
  /** A newer Goblet wrote the data folder. */
  | 'GOBLET_CLOUD_FOLDER_NEWER'
  /** Files of the store are missing, or their bytes are not those that were written. */
  | 'GOBLET_CLOUD_STORE_DAMAGED'
  /** The build did not generate the resource specification. */
  | 'GOBLET_CLOUD_SPEC_MISSING';

/**
 * An error of the cloud as a program, for its user: one line that says what to do.
 * @example const isTaken = error instanceof CloudError && error.code === 'GOBLET_CLOUD_PORT_TAKEN';
 */
export class CloudError extends Error {
  constructor(
    readonly code: CloudErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${message}`, options);
    this.name = 'CloudError';
  }
}
