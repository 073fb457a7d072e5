import type { HttpRequest } from '../../../core/http.js';

/** A request as a stage sees it: the path is the one below the stage. Knows what was sent, which is what was signed. */
export class StageRequest implements HttpRequest {
  readonly method: string;
  readonly query: string;
  readonly headers: HttpRequest['headers'];
  readonly body: Uint8Array;
  readonly bodyTooLarge: boolean;
  readonly sourceIp: string;

  constructor(
    readonly original: HttpRequest,
    readonly path: string,
  ) {
    this.method = original.method;
    this.query = original.query;
    this.headers = original.headers;
    this.body = original.body;
    this.bodyTooLarge = original.bodyTooLarge ?? false;
    this.sourceIp = original.sourceIp;
  }

  /** Made on demand by the original. */
  get signal(): AbortSignal {
    return this.original.signal;
  }
}
