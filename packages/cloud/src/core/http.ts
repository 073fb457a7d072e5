type Headers = readonly (readonly [name: string, value: string])[];

/** A request without its body: all that is known when its body is still to come. */
export interface RequestHead {
  readonly method: string;
  /** As sent, still percent-encoded, without the query. */
  readonly path: string;
  /** As sent, without the `?`; empty if there is none. */
  readonly query: string;
  /** Lower-case names, in the order sent; a repeated header appears repeatedly. */
  readonly headers: Headers;
  readonly sourceIp: string;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

/** A request as every front of the cloud sees it: read once by the gateway, never parsed twice. */
export interface HttpRequest extends RequestHead {
  readonly body: Uint8Array;
  /** True where the body has more bytes than its reader takes: it was not read, and `body` is empty. */
  readonly bodyTooLarge?: boolean;
}

/** The body of a request as it arrives. It can be read once, and is checked by the time it ends. */
export interface BodyStream extends AsyncIterable<Uint8Array> {
  /** Bytes without framing, as the head says; undefined where it does not. */
  readonly length?: number | undefined;
  /** Names of headers that come behind the body, in lower case. */
  readonly announced?: readonly string[];
  /** Headers that came behind the body; complete once it has ended. */
  readonly trailers: Headers;
}

export interface HttpResponse {
  readonly status: number;
  /** A repeated header appears repeatedly. */
  readonly headers: Headers;
  readonly body: Uint8Array | string | AsyncIterable<Uint8Array>;
}

/** The last value of a header. `name` is lower-case. */
export function header(message: { readonly headers: Headers }, name: string): string | undefined {
  for (let i = message.headers.length - 1; i >= 0; i--) {
    const entry = message.headers[i];
    if (entry?.[0] === name) return entry[1];
  }
  return undefined;
}
