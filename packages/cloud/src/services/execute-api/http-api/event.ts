import { header } from '../../../core/http.js';
import { type Exchange, type Place, requestTime } from '../exchange.js';
import { assign } from '../record.js';
import { mediaType } from '../template.js';

/** The stage whose name is not in its URLs. */
export const DEFAULT_STAGE = '$default';

/** Headers that do not reach the function; cookies have a member of their own. */
const DROPPED = new Set([
  'cookie',
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
  'expect',
]);

/** The event of payload format 2.0 (developer guide, "Create AWS Lambda proxy integrations for HTTP APIs"). */
export function eventV2(exchange: Exchange, place: Place, routeKey: string): Record<string, unknown> {
  const { request, parameters } = exchange;
  const text = isText(header(request, 'content-type'));
  const cookies = cookiesOf(exchange);
  const query = queryOf(request.query);
  return {
    version: '2.0',
    routeKey,
    rawPath: rawPath(exchange, place),
    rawQueryString: request.query,
    ...(cookies.length > 0 && { cookies }),
    headers: headersOf(exchange),
    ...(query && { queryStringParameters: query }),
    requestContext: requestContextV2(exchange, place, routeKey),
    ...(parameters && { pathParameters: parameters }),
    ...(place.stageVariables && { stageVariables: place.stageVariables }),
    ...(request.body.length > 0 && { body: Buffer.from(request.body).toString(text ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body.length > 0 && !text,
  };
}

/** `requestContext` of payload format 2.0. */
export function requestContextV2(exchange: Exchange, place: Place, routeKey: string): Record<string, unknown> {
  const { request } = exchange;
  const host = header(request, 'host') ?? `${place.apiId}.execute-api.${place.region}.amazonaws.com`;
  const dot = host.indexOf('.');
  return {
    accountId: place.account,
    apiId: place.apiId,
    ...(exchange.authorizer && { authorizer: exchange.authorizer }),
    domainName: host,
    domainPrefix: dot === -1 ? host : host.slice(0, dot),
    http: {
      method: request.method,
      path: rawPath(exchange, place),
      protocol: 'HTTP/1.1',
      sourceIp: request.sourceIp,
      userAgent: header(request, 'user-agent') ?? '',
    },
    requestId: exchange.extendedRequestId,
    routeKey,
    stage: place.stage,
    time: requestTime(exchange.time),
    timeEpoch: exchange.time,
  };
}

/** HTTP APIs hand paths over decoded, with the stage unless it is the default one. */
export function rawPath({ request, mapping }: Exchange, { stage }: Place): string {
  if (mapping) return decoded(mapping.path);
  const path = decoded(request.path);
  return stage === DEFAULT_STAGE ? path : `/${stage}${path}`;
}

/** Lower-case names, several values joined by commas. */
export function headersOf({ request, traceId }: Exchange): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of request.headers) {
    if (DROPPED.has(name)) continue;
    const before = Object.hasOwn(headers, name) ? headers[name] : undefined;
    assign(headers, name, before === undefined ? value : `${before},${value}`);
  }
  const host = headers.host ?? '';
  const colon = host.lastIndexOf(':');
  headers['x-amzn-trace-id'] = traceId;
  headers['x-forwarded-for'] =
    headers['x-forwarded-for'] === undefined ? request.sourceIp : `${headers['x-forwarded-for']}, ${request.sourceIp}`;
  headers['x-forwarded-port'] ??= colon > 0 ? host.slice(colon + 1) : '80';
  headers['x-forwarded-proto'] ??= 'http';
  return headers;
}

export function cookiesOf({ request }: Exchange): string[] {
  return request.headers.flatMap(([name, value]) =>
    name === 'cookie' ? value.split(/;\s*/).filter((cookie) => cookie !== '') : [],
  );
}

/** Several values of one name are joined by commas; undefined if there are none. */
export function queryOf(query: string): Record<string, string> | undefined {
  if (query === '') return undefined;
  const values: Record<string, string> = {};
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decoded((equals === -1 ? pair : pair.slice(0, equals)).replaceAll('+', ' '));
    const value = equals === -1 ? '' : decoded(pair.slice(equals + 1).replaceAll('+', ' '));
    assign(values, name, Object.hasOwn(values, name) ? `${values[name]},${value}` : value);
  }
  return values;
}

/** True if every escape is valid UTF-8. */
export function isDecodable(text: string): boolean {
  if (!text.includes('%')) return true;
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

export function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Bodies of other types, and of none, are base64. */
export function isText(contentType: string | undefined): boolean {
  if (contentType === undefined) return false;
  const type = mediaType(contentType);
  return (
    type.startsWith('text/') ||
    /^application\/(?:[^;]+\+)?(?:json|xml)$/.test(type) ||
    type === 'application/javascript'
  );
}
