import { checkErrorStatus } from '#parts/tooling';
import { type ErrorClass, HTTP_ERROR, type HttpError, type HttpErrorOptions } from './error-types.js';
import type { HeaderValues } from './reply.js';

export { type ErrorClass, HTTP_ERROR, type HttpError, type HttpErrorOptions } from './error-types.js';

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
  checkErrorStatus(code, status);
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

/**
 * True for an error of a class from `defineError`, including one of another copy of this package.
 * @example app.onError((error) => (isHttpError(error) ? undefined : reply(500, 'We are sorry')));
 */
export function isHttpError(value: unknown): value is HttpError {
  return (value as { [HTTP_ERROR]?: unknown } | null | undefined)?.[HTTP_ERROR] === true;
}

/**
 * The request is not valid: 400.
 * @example throw new BadRequest('The order is empty');
 */
export const BadRequest = /* @__PURE__ */ defineError('BAD_REQUEST', 400, 'Bad request');
/**
 * The caller is not known: 401.
 * @example throw new Unauthorized('The token is not valid', { headers: { 'www-authenticate': 'Bearer' } });
 */
export const Unauthorized = /* @__PURE__ */ defineError('UNAUTHORIZED', 401, 'Unauthorized');
/**
 * The caller may not do this: 403.
 * @example throw new Forbidden('Only its owner may delete an order');
 */
export const Forbidden = /* @__PURE__ */ defineError('FORBIDDEN', 403, 'Forbidden');
/**
 * The token does not have a scope that is required: 403.
 * @example throw new InsufficientScope('The token needs the scope orders/write');
 */
export const InsufficientScope = /* @__PURE__ */ defineError('INSUFFICIENT_SCOPE', 403, 'Insufficient scope');
/**
 * Nothing exists under this name or path: 404.
 * @example throw new NotFound(`There is no order ${params.id}`);
 */
export const NotFound = /* @__PURE__ */ defineError('NOT_FOUND', 404, 'Not found');
/**
 * The path does not have this method: 405. The header `allow` lists its methods.
 * @example throw new MethodNotAllowed('Archived orders cannot be changed', { headers: { allow: 'GET, HEAD' } });
 */
export const MethodNotAllowed = /* @__PURE__ */ defineError('METHOD_NOT_ALLOWED', 405, 'Method not allowed');
/**
 * The response is not available in a format that the client accepts: 406.
 * @example throw new NotAcceptable('Reports are available as text/csv');
 */
export const NotAcceptable = /* @__PURE__ */ defineError('NOT_ACCEPTABLE', 406, 'Not acceptable');
/**
 * The client did not send the request in time: 408.
 * @example throw new RequestTimeout('The upload was not completed');
 */
export const RequestTimeout = /* @__PURE__ */ defineError('REQUEST_TIMEOUT', 408, 'Request timeout');
/**
 * The request contradicts the present state: 409.
 * @example throw new Conflict('The order has been shipped');
 */
export const Conflict = /* @__PURE__ */ defineError('CONFLICT', 409, 'Conflict');
/**
 * The resource existed and does not exist any more: 410.
 * @example throw new Gone('The offer has ended');
 */
export const Gone = /* @__PURE__ */ defineError('GONE', 410, 'Gone');
/**
 * A condition of the request, such as If-Match, is not met: 412.
 * @example throw new PreconditionFailed('The order has changed since you read it');
 */
export const PreconditionFailed = /* @__PURE__ */ defineError('PRECONDITION_FAILED', 412, 'Precondition failed');
/**
 * The body is larger than the app accepts: 413.
 * @example throw new ContentTooLarge('An image has at most 2 MB');
 */
export const ContentTooLarge = /* @__PURE__ */ defineError('CONTENT_TOO_LARGE', 413, 'Content too large');
/**
 * The app does not read bodies of this type: 415.
 * @example throw new UnsupportedMediaType('Send image/png', { headers: { accept: 'image/png' } });
 */
export const UnsupportedMediaType = /* @__PURE__ */ defineError(
  'UNSUPPORTED_MEDIA_TYPE',
  415,
  'Unsupported media type',
);
/**
 * The body is well-formed, but its contents are not valid: 422.
 * @example throw new UnprocessableContent('The end is before the start');
 */
export const UnprocessableContent = /* @__PURE__ */ defineError('UNPROCESSABLE_CONTENT', 422, 'Unprocessable content');
/**
 * The caller sends too many requests: 429.
 * @example throw new TooManyRequests('Wait a minute', { headers: { 'retry-after': 60 } });
 */
export const TooManyRequests = /* @__PURE__ */ defineError('TOO_MANY_REQUESTS', 429, 'Too many requests');
/**
 * The app failed: 500.
 * @example throw new InternalServerError('The report could not be made');
 */
export const InternalServerError = /* @__PURE__ */ defineError('INTERNAL_SERVER_ERROR', 500, 'Internal server error');
/**
 * The app does not support this yet: 501.
 * @example throw new NotImplemented('Refunds are not supported yet');
 */
export const NotImplemented = /* @__PURE__ */ defineError('NOT_IMPLEMENTED', 501, 'Not implemented');
/**
 * A service behind the app answered with nonsense: 502.
 * @example throw new BadGateway('The payment provider sent no receipt');
 */
export const BadGateway = /* @__PURE__ */ defineError('BAD_GATEWAY', 502, 'Bad gateway');
/**
 * The app cannot serve requests at present: 503.
 * @example throw new ServiceUnavailable('Orders are closed for the night', { headers: { 'retry-after': 3600 } });
 */
export const ServiceUnavailable = /* @__PURE__ */ defineError('SERVICE_UNAVAILABLE', 503, 'Service unavailable');
/**
 * A service behind the app did not answer in time: 504.
 * @example throw new GatewayTimeout('The payment provider did not answer');
 */
export const GatewayTimeout = /* @__PURE__ */ defineError('GATEWAY_TIMEOUT', 504, 'Gateway timeout');
