/** What a function answers to a gateway. */
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
