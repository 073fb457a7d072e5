/** A function's answer to a gateway. */
export interface LambdaResult {
  statusCode: number;
  /** ALB only. */
  statusDescription?: string;
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, readonly string[]>;
  /** HTTP API and Function URL only. */
  cookies?: readonly string[];
  body: string;
  isBase64Encoded?: boolean;
}

/** A result whose body has yet to be read, for a function that streams. */
export interface StreamedResult extends LambdaResult {
  stream?: AsyncIterable<string | Uint8Array>;
}
