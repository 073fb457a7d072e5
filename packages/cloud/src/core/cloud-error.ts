/** Codes of the errors of the cloud itself. Errors of the AWS APIs are AwsErrors. */
export type CloudErrorCode =
  /** Something else listens on the port. */
  | 'GOBLET_CLOUD_PORT_TAKEN'
  /** Another process has the data folder open. */
  | 'GOBLET_CLOUD_FOLDER_IN_USE'
  /** The data folder can not be read or written. */
  | 'GOBLET_CLOUD_FOLDER_UNUSABLE'
  /** The build did not generate the resource specification. */
  | 'GOBLET_CLOUD_SPEC_MISSING';

/** An error of the cloud as a program, for its user: one line that says what to do. */
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
