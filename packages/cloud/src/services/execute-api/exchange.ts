import { randomUUID } from 'node:crypto';
import { type HttpRequest, header, type RequestHead } from '../../core/http.js';
import type { Route } from './model.js';
import { assign } from './record.js';

/** One request on its way through the gateway. */
export interface Exchange {
  readonly request: HttpRequest;
  readonly route: CompiledRoute | undefined;
  readonly parameters: Readonly<Record<string, string>> | undefined;
  readonly requestId: string;
  readonly extendedRequestId: string;
  /** As an integration gets it. */
  readonly traceId: string;
  /** As the client gets it: with what API Gateway adds. */
  readonly answeredTraceId: string;
  /** Epoch milliseconds. */
  readonly time: number;
  /** How it came to the stage by a custom domain name, where it did. */
  readonly mapping: Mapping | undefined;
  /** Of an HTTP API, once a route has taken the request. */
  routeKey?: string;
  /** `context.authorizer`: what an authorizer said of the caller. */
  authorizer?: Readonly<Record<string, unknown>>;
  /** `context.identity` members beyond the address and the user agent, once known. */
  identity?: Readonly<Record<string, string | null>>;
  /** `context.error`: how the gateway itself refused the request. */
  error?: { readonly message: string | null; readonly responseType?: string };
  /** How asking for leave went, where leave is needed. */
  authorization?: Asked;
  /** How the integration went, where it was asked. */
  integration?: Asked;
  /** Receives the lines of the execution log, where somebody reads it. */
  trace?: (line: string) => void;
}

/** How a request came to a stage by a custom domain name. */
export interface Mapping {
  /** The part of the path that selected the stage, without slashes around it; empty for the root. */
  readonly basePath: string;
  /** The whole path, as sent. */
  readonly path: string;
}

/** The outcome of calling an authorizer or an integration, for access logs. */
export interface Asked {
  /** Milliseconds. */
  readonly latency: number;
  /** Its HTTP status; for a function, the function's own. */
  readonly status?: number;
  /** Lambda's status for the invocation. */
  readonly serviceStatus?: number;
  readonly requestId?: string;
  readonly error?: string;
}

/** @param time epoch milliseconds */
export function newExchange(
  request: HttpRequest,
  time: number,
  route: CompiledRoute | undefined,
  parameters: Readonly<Record<string, string>> | undefined,
  mapping?: Mapping,
): Exchange {
  const requestId = randomUUID();
  return {
    request,
    route,
    parameters,
    requestId,
    extendedRequestId: `${requestId.slice(-12, -1)}${requestId.slice(0, 4)}=`,
    ...traceOf(header(request, 'x-amzn-trace-id'), requestId, time),
    time,
    mapping,
  };
}

function traceOf(sent: string | undefined, requestId: string, time: number) {
  const id = requestId.replaceAll('-', '');
  const traceId = sent ?? `Root=1-${Math.floor(time / 1000).toString(16)}-${id.slice(0, 24)}`;
  const has = (part: string) => traceId.split(';').some((one) => one.trim().startsWith(`${part}=`));
  const added = [
    ...(has('Parent') ? [] : [`Parent=${id.slice(16)}`]),
    ...(has('Sampled') ? [] : ['Sampled=0']),
    `Lineage=1:${id.slice(0, 8)}:0`,
  ];
  return { traceId, answeredTraceId: [traceId, ...added].join(';') };
}

export interface CompiledRoute extends Route {
  readonly resourceId: string;
}

/** Where an API is served. */
export interface Place {
  readonly apiId: string;
  readonly stage: string;
  readonly account: string;
  readonly region: string;
  readonly deploymentId?: string;
  readonly stageVariables: Readonly<Record<string, string>> | undefined;
  /** Of a stage with a canary: whether this is it. */
  readonly isCanaryRequest?: boolean;
}

/** The ARN of the method that is called, as authorizers and Lambda permissions see it. */
export function methodArn(place: Place, method: string, path: string): string {
  return `arn:aws:execute-api:${place.region}:${place.account}:${place.apiId}/${place.stage}/${method}${path}`;
}

/** The ARN by which a function's or a resource's policy knows the route that an exchange came by. */
export function routeArn(place: Place, { request }: Exchange, { path }: Route): string {
  return methodArn(place, request.method, path === '/' ? '/' : path.replace(/\{[^}]*\}/g, '*'));
}

/** `requestContext` of the proxy event, which is also `$context` (developer guide, "Input format of a Lambda function for proxy integration"). */
export function requestContext(exchange: Exchange, place: Place): Record<string, unknown> {
  const { request, route } = exchange;
  const host = header(request, 'host') ?? `${place.apiId}.execute-api.${place.region}.amazonaws.com`;
  const dot = host.indexOf('.');
  // Written out, member after member: every request makes one, and objects put together from others are slow to write.
  const identity: Record<string, string | null> = {
    cognitoIdentityPoolId: null,
    accountId: null,
    cognitoIdentityId: null,
    caller: null,
    principalOrgId: null,
    accessKey: null,
    cognitoAuthenticationType: null,
    cognitoAuthenticationProvider: null,
    userArn: null,
    user: null,
    sourceIp: request.sourceIp,
    userAgent: header(request, 'user-agent') ?? null,
  };
  if (exchange.identity) Object.assign(identity, exchange.identity);
  const context: Record<string, unknown> = {
    resourceId: route?.resourceId ?? null,
    resourcePath: route?.path ?? null,
    httpMethod: request.method,
    extendedRequestId: exchange.extendedRequestId,
    requestTime: requestTime(exchange.time),
    path: exchange.mapping?.path ?? `/${place.stage}${request.path}`,
    accountId: place.account,
    protocol: 'HTTP/1.1',
    stage: place.stage,
    domainPrefix: dot === -1 ? host : host.slice(0, dot),
    requestTimeEpoch: exchange.time,
    requestId: exchange.requestId,
    identity,
    domainName: host,
    apiId: place.apiId,
  };
  if (place.deploymentId !== undefined) context.deploymentId = place.deploymentId;
  if (exchange.authorizer) context.authorizer = exchange.authorizer;
  return context;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
let formatted = { second: Number.NaN, text: '' };

/** `09/Apr/2015:12:34:56 +0000` (Common Log Format). */
export function requestTime(time: number): string {
  const second = Math.floor(time / 1000);
  if (formatted.second !== second) {
    const date = new Date(time);
    const two = (value: number) => String(value).padStart(2, '0');
    formatted = {
      second,
      text: `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`,
    };
  }
  return formatted.text;
}

/** Names of headers in the event; null for headers that the function does not see. */
const EVENT_HEADERS = new Map<string, string | null>([
  ['host', 'Host'],
  ['user-agent', 'User-Agent'],
  ['authorization', 'Authorization'],
  ['x-forwarded-for', null],
  ['x-forwarded-port', null],
  ['x-forwarded-proto', null],
  ['x-amzn-trace-id', null],
  ['connection', null],
  ['content-length', null],
  ['expect', null],
  ['keep-alive', null],
  ['proxy-connection', null],
  ['te', null],
  ['transfer-encoding', null],
  ['upgrade', null],
]);

/** `headers` and `multiValueHeaders` of the event. */
export function eventHeaders(exchange: Pick<Exchange, 'traceId'> & { readonly request: RequestHead }): {
  readonly headers: Record<string, string>;
  readonly multiValueHeaders: Record<string, string[]>;
} {
  const headers: Record<string, string> = {};
  const multiValueHeaders: Record<string, string[]> = {};
  const { request } = exchange;
  for (const [sent, value] of request.headers) {
    const name = EVENT_HEADERS.has(sent) ? EVENT_HEADERS.get(sent) : sent;
    if (name == null) continue;
    if (Object.hasOwn(multiValueHeaders, name)) multiValueHeaders[name]?.push(value);
    else assign(multiValueHeaders, name, [value]);
    assign(headers, name, value);
  }
  const forwarded = header(request, 'x-forwarded-for');
  const host = header(request, 'host') ?? '';
  const colon = host.lastIndexOf(':');
  const added = [
    ['X-Amzn-Trace-Id', exchange.traceId],
    ['X-Forwarded-For', forwarded === undefined ? request.sourceIp : `${forwarded}, ${request.sourceIp}`],
    ['X-Forwarded-Port', header(request, 'x-forwarded-port') ?? (colon > 0 ? host.slice(colon + 1) : '80')],
    ['X-Forwarded-Proto', header(request, 'x-forwarded-proto') ?? 'http'],
  ] as const;
  for (const [name, value] of added) {
    headers[name] = value;
    multiValueHeaders[name] = [value];
  }
  return { headers, multiValueHeaders };
}

/** `queryStringParameters` and its multi-value form: decoded, null if there are none. */
export function eventQuery(query: string): {
  readonly single: Record<string, string> | null;
  readonly multi: Record<string, string[]> | null;
} {
  if (query === '') return { single: null, multi: null };
  const single: Record<string, string> = {};
  const multi: Record<string, string[]> = {};
  let any = false;
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decodeQuery(equals === -1 ? pair : pair.slice(0, equals));
    const value = equals === -1 ? '' : decodeQuery(pair.slice(equals + 1));
    any = true;
    if (Object.hasOwn(multi, name)) multi[name]?.push(value);
    else assign(multi, name, [value]);
    assign(single, name, value);
  }
  return any ? { single, multi } : { single: null, multi: null };
}

export function decodeQuery(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
