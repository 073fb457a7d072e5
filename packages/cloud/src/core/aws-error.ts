/** An error an AWS API answers with: AWS's own code and wording, whatever the wire protocol. */
export class AwsError extends Error {
  /**
   * @param code AWS's error code, such as `ResourceNotFoundException`
   * @param message AWS's wording
   * @param status the HTTP status it is sent with
   * @param fields further members of the error's body, such as `CancellationReasons`
   */
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    readonly fields: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = code;
  }
}
