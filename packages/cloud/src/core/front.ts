import type { HttpRequest, HttpResponse } from './http.js';

/**
 * An address of the cloud that is not an AWS API: a deployed API, a function URL. Fronts are asked before the request
 * is taken for an AWS call, so they check who calls themselves; browsers may call them (no Origin rule).
 */
export interface Front {
  /** Whether a host that is not the cloud's is this front's own: lower-case, without a port. @default none is */
  readonly ownsHost?: (name: string) => boolean;
  /** Whether the request is for this front, by its Host or path alone. */
  readonly matches: (request: HttpRequest) => boolean;
  readonly handle: (request: HttpRequest) => Promise<HttpResponse>;
}
