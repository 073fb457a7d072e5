/** A request as every front of the cloud sees it: read once by the gateway, never parsed twice. */
export interface HttpRequest {
  readonly method: string;
  /** As sent, still percent-encoded, without the query. */
  readonly path: string;
  /** As sent, without the `?`; empty if there is none. */
  readonly query: string;
  /** Lower-case names, in the order sent; a repeated header appears repeatedly. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  readonly sourceIp: string;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  /** A repeated header appears repeatedly. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | string | AsyncIterable<Uint8Array>;
}

/** The last value of a header. `name` is lower-case. */
export function header(message: Pick<HttpRequest, 'headers'>, name: string): string | undefined {
  for (let i = message.headers.length - 1; i >= 0; i--) {
    const entry = message.headers[i];
    if (entry?.[0] === name) return entry[1];
  }
  return undefined;
}
