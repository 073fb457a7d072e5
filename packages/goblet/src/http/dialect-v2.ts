import { type Dialect, type GatewayEvent, LARGEST_RESULT, lookUp, type Values } from './dialect.js';
import type { LambdaResult } from './lambda-result.js';

function path(event: GatewayEvent): string {
  const raw = event.rawPath ?? '/';
  const stage = event.requestContext?.stage;
  if (!stage || stage === '$default') return raw;
  const prefix = `/${stage}`;
  return raw === prefix ? '/' : raw.startsWith(`${prefix}/`) ? raw.slice(prefix.length) : raw;
}

/**
 * HTTP APIs, payload format 2.0: "Working with AWS Lambda proxy integrations for HTTP APIs". Path and path variables
 * arrive decoded; repeated headers are joined by commas.
 */
export const httpDialect: Dialect = {
  frontDoor: 'http',
  method: (event) => event.requestContext?.http?.method ?? 'GET',
  path,
  template(event) {
    const key = event.routeKey;
    const space = key?.indexOf(' ') ?? -1;
    return space < 0 ? undefined : key?.slice(space + 1);
  },
  encodedParams: false,
  largestResult: LARGEST_RESULT,
  header: (event, name) => lookUp(event.headers, name),
  headers(event) {
    const values: Values = Object.create(null);
    for (const name in event.headers) values[name.toLowerCase()] = String(event.headers[name]);
    return values;
  },
  query: (event) => [...new URLSearchParams(event.rawQueryString ?? '')],
  cookies: (event) => event.cookies ?? [],
  result(_event, statusCode, values, cookies, body, isBase64Encoded) {
    const headers: Record<string, string> = {};
    const result: LambdaResult = { statusCode, headers, body };
    for (const name in values) {
      const value = values[name];
      if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ');
    }
    if (cookies.length) result.cookies = cookies;
    if (isBase64Encoded) result.isBase64Encoded = true;
    return result;
  },
};

/** True for an event in payload format 2.0 from a Function URL, which has no API. */
export function isUrlEvent({ requestContext }: GatewayEvent): boolean {
  const domain: unknown = requestContext?.domainName;
  return typeof domain === 'string' && domain.includes('.lambda-url.');
}

/** The dialect of an event from an HTTP API. */
export const httpDialectOf = (event: GatewayEvent): Dialect | undefined =>
  event.requestContext?.http && !isUrlEvent(event) ? httpDialect : undefined;
