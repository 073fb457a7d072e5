import { parseJson } from '../../core/json.js';
/** The result of an integration or of an authorizer's function. */
export type Invocation =
  /** The function's result: a JSON value, or its JSON text as bytes. */
  | { readonly payload: unknown; readonly requestId?: string }
  /** The raw response of a streaming function: JSON of status and headers, eight zero bytes, the body. */
  | { readonly stream: AsyncIterable<Uint8Array>; readonly requestId?: string }
  /** The function failed; `errorMessage` is what it threw, where it is known. */
  | { readonly functionError: string; readonly errorMessage?: string; readonly requestId?: string };

/** Runs the function behind an invocation URI. Whatever runs functions provides one. */
export interface Invoker {
  /**
   * @param uri the integration's URI, with stage variables in place
   * @param event the payload format's event, a plain JSON value
   * @param signal aborted when nobody waits for the result any more
   * @param sourceArn `arn:aws:execute-api:…`: the method that calls, for the function's resource policy
   * @param credentials the ARN of the role that calls (default: the function's own policy decides)
   * @throws where the function could not be invoked at all (missing permission, no such function, throttled)
   */
  invoke(
    uri: string,
    event: unknown,
    signal: AbortSignal,
    sourceArn: string,
    credentials?: string,
  ): Promise<Invocation>;
}

/** The JSON value of a payload. Throws where the bytes are not JSON. */
export function payloadValue(payload: unknown): unknown {
  return payload instanceof Uint8Array ? parseJson(Buffer.from(payload).toString('utf8') || 'null') : payload;
}
