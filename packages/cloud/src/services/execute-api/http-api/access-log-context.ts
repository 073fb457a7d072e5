import { isObject } from '../../../core/json.js';
import { type Exchange, type Place, requestContext } from '../exchange.js';
import { rawPath } from './event.js';

/** `$context` of an HTTP API's access log (developer guide, "Customize HTTP API access logs"). */
export function accessLogContext(exchange: Exchange, place: Place): Record<string, unknown> {
  const { lambda, jwt } = exchange.authorizer ?? {};
  return {
    ...requestContext(exchange, place),
    requestId: exchange.extendedRequestId,
    routeKey: exchange.routeKey,
    path: rawPath(exchange, place),
    authorizer: { ...(isObject(lambda) && lambda), ...(isObject(jwt) && { claims: jwt.claims }) },
  };
}
