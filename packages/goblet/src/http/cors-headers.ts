import type { CorsDefinition } from '../definition.js';
import { type Reply, reply } from '../reply.js';
import type { CompiledRoute } from './compile.js';
import type { Dialect, GatewayEvent } from './dialect.js';
import type { Headers } from './outcome.js';

/** The origin to allow: one that is declared, never one that is merely asked for. */
function allowedOrigin(cors: CorsDefinition, origin: string | undefined): string | undefined {
  const [first] = cors.origins;
  if (cors.origins.includes('*')) return '*';
  if (cors.origins.length === 1) return first;
  return origin !== undefined && cors.origins.includes(origin) ? origin : undefined;
}

const varies = (cors: CorsDefinition): boolean => cors.origins.length > 1 && !cors.origins.includes('*');

/** Adds the CORS headers of an actual response (Fetch standard, "HTTP responses"); what the handler set is kept. */
export function corsHeaders(headers: Headers, cors: CorsDefinition, origin: string | undefined): void {
  const allowed = allowedOrigin(cors, origin);
  if (varies(cors)) headers.vary = headers.vary ? `${headers.vary}, Origin` : 'Origin';
  if (allowed === undefined) return;
  headers['access-control-allow-origin'] ??= allowed;
  if (cors.credentials) headers['access-control-allow-credentials'] ??= 'true';
  if (cors.exposeHeaders.length) headers['access-control-expose-headers'] ??= cors.exposeHeaders.join(', ');
}

/** The answer to OPTIONS on a path that declares none: a preflight's where the asked method has CORS, else Allow. */
export function preflight(
  event: GatewayEvent,
  dialect: Dialect,
  methods: ReadonlyMap<string, CompiledRoute>,
  allow: readonly string[],
): Reply {
  const asked = dialect.header(event, 'access-control-request-method');
  const route = methods.get(asked === 'HEAD' && !methods.has('HEAD') ? 'GET' : (asked ?? ''));
  const headers: Headers = { allow: allow.join(', ') };
  const cors = route?.cors;
  if (cors) {
    corsHeaders(headers, { ...cors, exposeHeaders: [] }, dialect.header(event, 'origin'));
    if (headers['access-control-allow-origin'] !== undefined) {
      const served = allow.filter((method) => method === 'OPTIONS' || methods.get(method)?.cors);
      headers['access-control-allow-methods'] = served.join(',');
      headers['access-control-allow-headers'] = cors.headers.join(',');
      if (cors.maxAge !== undefined) headers['access-control-max-age'] = String(cors.maxAge);
    }
  }
  return reply(204, undefined, { headers });
}
