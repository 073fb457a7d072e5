import type { HttpResponse } from '../../core/http.js';

/** A call of an AWS service by an integration of type AWS. */
export interface AwsRequest {
  /** `arn:aws:apigateway:<region>:<service>:action/<action>` or `…:path/<path>`, with its placeholders filled in. */
  readonly uri: string;
  readonly method: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Lower-case names. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** The ARN of the role that calls. @default - the service calls, and the resource's own policy decides */
  readonly credentials?: string;
  /** `arn:aws:execute-api:…`: the method that calls, for the resource's policy. */
  readonly sourceArn: string;
  readonly signal: AbortSignal;
}

/**
 * Calls an AWS service for an integration. The service's own refusal is an answer like another.
 * @throws AwsError where the service is not there, or the role cannot be assumed
 */
export type CallAws = (request: AwsRequest) => Promise<HttpResponse>;
