import type { CorsDefinition } from '../definition.js';
import { corsDefinition } from './cors.js';
import type { Exchange } from './exchange.js';
import type { Headers } from './outcome.js';
import { type Reply, reply } from './reply.js';

/** Allows a declared origin, never an origin just because it asks (Fetch standard, "CORS protocol"). */
function allowOrigin(headers: Headers, cors: CorsDefinition, asked: string | undefined): boolean {
  const { origins } = cors;
  const several = origins.length > 1 && !origins.includes('*');
  if (several) headers.vary = headers.vary ? `${headers.vary}, Origin` : 'Origin';
  const allowed = origins.includes('*') ? '*' : several ? origins.find((origin) => origin === asked) : origins[0];
  if (allowed === undefined) return false;
  headers['access-control-allow-origin'] ??= allowed;
  if (cors.credentials) headers['access-control-allow-credentials'] ??= 'true';
  return true;
}

/**
 * A 405 belongs to no route, but a script that may call the path may read it. A 404 of the function belongs to the app.
 */
function corsOf({ route, methods, container }: Exchange): CorsDefinition | undefined {
  if (route) return route.cors;
  if (!methods) return corsDefinition(container.runtime.cors);
  return [...methods.values()].find((one) => one.cors)?.cors;
}

/** Adds the CORS headers of an actual response; the handler's own headers are kept. */
export function corsHeaders(headers: Headers, exchange: Exchange): void {
  const { event, dialect, route, request } = exchange;
  // A preflight has all of its headers already.
  if (!route && request.method === 'OPTIONS') return;
  const cors = corsOf(exchange);
  if (!cors || !allowOrigin(headers, cors, dialect.header(event, 'origin'))) return;
  if (cors.exposeHeaders.length) headers['access-control-expose-headers'] ??= cors.exposeHeaders.join(', ');
}

/** The answer to OPTIONS on a path that declares none, if the requested method has CORS. */
export function preflight({ event, dialect, methods }: Exchange, allow: string): Reply | undefined {
  const asked = dialect.header(event, 'access-control-request-method') ?? '';
  const of = (method: string) => methods?.get(method) ?? (method === 'HEAD' ? methods?.get('GET') : undefined);
  const cors = of(asked)?.cors;
  if (!cors) return undefined;
  const headers: Headers = { allow };
  if (allowOrigin(headers, cors, dialect.header(event, 'origin'))) {
    const served = allow.split(', ').filter((method) => method === 'OPTIONS' || of(method)?.cors);
    headers['access-control-allow-methods'] = served.join(',');
    headers['access-control-allow-headers'] = cors.headers.join(',');
    if (cors.maxAge !== undefined) headers['access-control-max-age'] = String(cors.maxAge);
  }
  return reply(204, undefined, { headers });
}
