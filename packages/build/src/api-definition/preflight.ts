import type { InventoryCors, InventoryRoute } from '../inventory.js';
import type { Operation } from './definition.js';

/**
 * The gateway's own answer to a path's CORS preflight, if every route of the path allows the same single origin.
 * `undefined` if the answer depends on the request or cannot be written in a mapping; the function then answers.
 * CONVERT_TO_TEXT keeps API Gateway from passing the mock a binary body when all media types are binary.
 */
export function preflight(routes: readonly InventoryRoute[], parameters: readonly unknown[]): Operation | undefined {
  const origin = staticOrigin(routes);
  if (origin === undefined) return undefined;
  const headers = preflightHeaders(routes, origin);
  if (!Object.values(headers).every(isStaticValue)) return undefined;
  return {
    ...(parameters.length === 0 ? {} : { parameters }),
    responses: {
      204: {
        description: 'CORS preflight',
        headers: Object.fromEntries(Object.keys(headers).map((name) => [name, { schema: { type: 'string' } }])),
      },
    },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode": 204}' },
      passthroughBehavior: 'when_no_match',
      contentHandling: 'CONVERT_TO_TEXT',
      responses: {
        default: {
          statusCode: '204',
          responseParameters: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
          ),
        },
      },
    },
  };
}

/**
 * The one origin that all CORS routes allow, which may be `*`. `undefined` if they differ, if a route allows several,
 * or if a mapping cannot express it.
 */
export function staticOrigin(routes: readonly InventoryRoute[]): string | undefined {
  const origins = new Set(routes.flatMap(({ cors }) => cors?.origins ?? []));
  const [origin] = origins;
  return origins.size === 1 && origin !== undefined && isStaticValue(origin) ? origin : undefined;
}

/** A static value is enclosed in `'` in a mapping, and API Gateway has no escape for a `'` inside. */
function isStaticValue(text: string): boolean {
  return !text.includes("'");
}

function preflightHeaders(routes: readonly InventoryRoute[], origin: string): Readonly<Record<string, string>> {
  const guarded = routes.filter((route): route is InventoryRoute & { cors: InventoryCors } => route.cors !== undefined);
  const methods = new Set(guarded.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])));
  const headers = new Set(guarded.flatMap(({ cors }) => cors.headers));
  const ages = guarded.flatMap(({ cors }) => (cors.maxAge === undefined ? [] : [cors.maxAge]));
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': [...methods, 'OPTIONS'].join(','),
    ...(headers.size === 0 ? {} : { 'Access-Control-Allow-Headers': [...headers].join(',') }),
    ...(ages.length === 0 ? {} : { 'Access-Control-Max-Age': String(Math.min(...ages)) }),
    ...(guarded.some(({ cors }) => cors.credentials) ? { 'Access-Control-Allow-Credentials': 'true' } : {}),
  };
}
