import type { HeaderValues } from './reply.js';

/** Marks an HttpError, so that one created by another copy of this package is recognized too. */
export const HTTP_ERROR: unique symbol = Symbol.for('goblet.error') as never;

export interface HttpErrorOptions {
  readonly cause?: unknown;
  readonly headers?: HeaderValues;
  /** More members for the problem document (RFC 9457, section 3.2). */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/**
 * An error with an HTTP status, answered as problem+json (RFC 9457). Handlers throw it; `defineError` creates its
 * class.
 */
export interface HttpError<C extends string = string, N extends number = number> extends Error {
  readonly [HTTP_ERROR]: true;
  /** Stable, for programs. */
  readonly code: C;
  readonly status: N;
  /** The same for every error of this class. */
  readonly title: string;
  /** About this occurrence. */
  readonly detail: string | undefined;
  readonly headers: HeaderValues | undefined;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
}

export interface ErrorClass<C extends string = string, N extends number = number> {
  new (detail?: string, options?: HttpErrorOptions): HttpError<C, N>;
  readonly code: C;
  readonly status: N;
  readonly title: string;
}

/**
 * A class of errors with a stable code.
 * @param code for programs to compare, in capitals: `USER_EXISTS`
 * @param status 400 to 599
 * @param title one sentence, the same for every error of the class
 * @throws RangeError if the status is not an error status
 * @example export class UserExists extends defineError('USER_EXISTS', 409, 'The user exists') {}
 */
export function defineError<const C extends string, const N extends number>(
  code: C,
  status: N,
  title: string,
): ErrorClass<C, N> {
  if (process.env.GOBLET_OMIT_TOOLING !== '1' && !(Number.isInteger(status) && status >= 400 && status <= 599))
    throw new RangeError(`GOBLET_ERROR_STATUS: ${code} has status ${status}; an error's status is 400 to 599`);
  return class extends Error implements HttpError<C, N> {
    static readonly code = code;
    static readonly status = status;
    static readonly title = title;
    readonly [HTTP_ERROR] = true;
    readonly code = code;
    readonly status = status;
    readonly title = title;
    declare readonly detail: string | undefined;
    declare readonly headers: HeaderValues | undefined;
    declare readonly extensions: Readonly<Record<string, unknown>> | undefined;
    constructor(detail?: string, options?: HttpErrorOptions) {
      super(detail ?? title, options);
      this.name = new.target.name || code;
      this.detail = detail;
      this.headers = options?.headers;
      this.extensions = options?.extensions;
    }
  };
}

export function isHttpError(value: unknown): value is HttpError {
  return (value as { [HTTP_ERROR]?: unknown } | null | undefined)?.[HTTP_ERROR] === true;
}

/**
 * The errors of HTTP, each answered with its status.
 * @example throw new BadRequest('The order is empty');
 */
export const BadRequest = /* @__PURE__ */ defineError('BAD_REQUEST', 400, 'Bad request');
export const Unauthorized = /* @__PURE__ */ defineError('UNAUTHORIZED', 401, 'Unauthorized');
export const Forbidden = /* @__PURE__ */ defineError('FORBIDDEN', 403, 'Forbidden');
export const InsufficientScope = /* @__PURE__ */ defineError('INSUFFICIENT_SCOPE', 403, 'Insufficient scope');
export const NotFound = /* @__PURE__ */ defineError('NOT_FOUND', 404, 'Not found');
export const MethodNotAllowed = /* @__PURE__ */ defineError('METHOD_NOT_ALLOWED', 405, 'Method not allowed');
export const NotAcceptable = /* @__PURE__ */ defineError('NOT_ACCEPTABLE', 406, 'Not acceptable');
export const RequestTimeout = /* @__PURE__ */ defineError('REQUEST_TIMEOUT', 408, 'Request timeout');
export const Conflict = /* @__PURE__ */ defineError('CONFLICT', 409, 'Conflict');
export const Gone = /* @__PURE__ */ defineError('GONE', 410, 'Gone');
export const PreconditionFailed = /* @__PURE__ */ defineError('PRECONDITION_FAILED', 412, 'Precondition failed');
export const ContentTooLarge = /* @__PURE__ */ defineError('CONTENT_TOO_LARGE', 413, 'Content too large');
export const UnsupportedMediaType = /* @__PURE__ */ defineError(
  'UNSUPPORTED_MEDIA_TYPE',
  415,
  'Unsupported media type',
);
export const UnprocessableContent = /* @__PURE__ */ defineError('UNPROCESSABLE_CONTENT', 422, 'Unprocessable content');
export const TooManyRequests = /* @__PURE__ */ defineError('TOO_MANY_REQUESTS', 429, 'Too many requests');
export const InternalServerError = /* @__PURE__ */ defineError('INTERNAL_SERVER_ERROR', 500, 'Internal server error');
export const NotImplemented = /* @__PURE__ */ defineError('NOT_IMPLEMENTED', 501, 'Not implemented');
export const BadGateway = /* @__PURE__ */ defineError('BAD_GATEWAY', 502, 'Bad gateway');
export const ServiceUnavailable = /* @__PURE__ */ defineError('SERVICE_UNAVAILABLE', 503, 'Service unavailable');
export const GatewayTimeout = /* @__PURE__ */ defineError('GATEWAY_TIMEOUT', 504, 'Gateway timeout');
