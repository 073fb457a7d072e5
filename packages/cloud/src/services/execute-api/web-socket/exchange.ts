import { randomBytes } from 'node:crypto';
import { defined } from '../../../core/defined.js';
import { header, type RequestHead } from '../../../core/http.js';
import { type Exchange, eventHeaders, eventQuery, newExchange, type Place, requestTime } from '../exchange.js';

/** An open connection of a WebSocket API, as its events tell of it. Plain JSON. */
export interface Connection {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly connectedAt: number;
  readonly domainName: string;
  readonly sourceIp: string;
  readonly userAgent?: string | undefined;
  /** The context that the authorizer of `$connect` gave. */
  readonly authorizer?: Readonly<Record<string, unknown>> | undefined;
  /** Who signed the request to connect: members of `requestContext.identity`. */
  readonly identity?: Readonly<Record<string, string | null>> | undefined;
  /** The API key that the request to connect brought. */
  readonly apiKey?: string | undefined;
}

/** One event of a connection on its way through the gateway. */
export interface WebSocketExchange {
  readonly connection: Connection;
  readonly eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT';
  readonly routeKey: string;
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly messageId?: string;
  /** Of a message. */
  readonly body?: string;
  /** Of the request to connect. */
  readonly request?: RequestHead;
  /** Of the end of a connection. */
  readonly closed?: { readonly code: number; readonly reason: string };
}

/** An id as those of AWS's connections, messages and requests: `WyHPAfymhcwCENw=` */
export function newWebSocketId(): string {
  return `${randomBytes(11).toString('base64url')}=`;
}

/** The ARN of a route, by which authorizers and the policies of functions know it. */
export function routeArnOf(place: Place, routeKey: string): string {
  return `arn:aws:execute-api:${place.region}:${place.account}:${place.apiId}/${place.stage}/${routeKey}`;
}

/**
 * `requestContext` of the proxy event, which is also `$context` (developer guide, "WebSocket API mapping template
 * reference for API Gateway").
 */
export function webSocketContext(exchange: WebSocketExchange, place: Place): Record<string, unknown> {
  const { connection, eventType, requestId, messageId, time, closed } = exchange;
  const { sourceIp, userAgent, identity, authorizer } = connection;
  const { integrationLatency: _, ...kept } = authorizer ?? {};
  return {
    routeKey: exchange.routeKey,
    ...(authorizer && { authorizer: eventType === 'CONNECT' ? authorizer : kept }),
    ...defined({ messageId }),
    ...(closed && { disconnectStatusCode: closed.code, disconnectReason: closed.reason }),
    eventType,
    extendedRequestId: requestId,
    requestTime: requestTime(time),
    messageDirection: 'IN',
    stage: place.stage,
    connectedAt: connection.connectedAt,
    requestTimeEpoch: time,
    identity: { ...identity, ...defined({ userAgent }), sourceIp },
    requestId,
    domainName: connection.domainName,
    connectionId: connection.id,
    apiId: place.apiId,
  };
}

/** The event of a Lambda proxy integration (developer guide, "Lambda proxy integrations of WebSocket APIs"). */
export function webSocketEvent(exchange: WebSocketExchange, place: Place): Record<string, unknown> {
  const { stageVariables } = place;
  return {
    ...headersOf(exchange),
    requestContext: webSocketContext(exchange, place),
    ...(stageVariables && { stageVariables }),
    ...defined({ body: exchange.body }),
    isBase64Encoded: false,
  };
}

function headersOf({ request, connection, eventType }: WebSocketExchange): Record<string, unknown> {
  if (eventType === 'MESSAGE') return {};
  if (request) return requestParts(request);
  const headers = { Host: connection.domainName, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' };
  return {
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
  };
}

/** The names that AWS's events have, whatever the case of the client's. */
const HANDSHAKE_HEADERS: Readonly<Record<string, string>> = {
  'sec-websocket-extensions': 'Sec-WebSocket-Extensions',
  'sec-websocket-key': 'Sec-WebSocket-Key',
  'sec-websocket-protocol': 'Sec-WebSocket-Protocol',
  'sec-websocket-version': 'Sec-WebSocket-Version',
  origin: 'Origin',
  cookie: 'Cookie',
};

function requestParts(request: RequestHead): Record<string, unknown> {
  const { headers, multiValueHeaders } = requestHeaders(request);
  const { single, multi } = eventQuery(request.query);
  return {
    headers,
    multiValueHeaders,
    ...(single && { queryStringParameters: single }),
    ...(multi && { multiValueQueryStringParameters: multi }),
  };
}

/** The headers of a request to connect, as functions and authorizers see them. */
export function requestHeaders(request: RequestHead) {
  const sent = eventHeaders({ request, traceId: traceIdOf(request) });
  const named = <T>(headers: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [HANDSHAKE_HEADERS[name] ?? name, value]));
  return { headers: named(sent.headers), multiValueHeaders: named(sent.multiValueHeaders) };
}

function traceIdOf(request: RequestHead | undefined): string {
  const sent = request && header(request, 'x-amzn-trace-id');
  return sent ?? `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;
}

/** The event as a request that an integration without proxy is called for. */
export function requestExchange({ request, connection, body = '', time }: WebSocketExchange): Exchange {
  const called = {
    method: 'POST',
    path: '/',
    query: request?.query ?? '',
    headers: request?.headers ?? [],
    body: Buffer.from(body, 'utf8'),
    sourceIp: connection.sourceIp,
    signal: request?.signal ?? new AbortController().signal,
  };
  return newExchange(called, time, undefined, undefined);
}
