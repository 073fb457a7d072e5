import type { HttpRequest } from '../declare/route-types.js';
import type { GatewayEvent } from './dialect.js';

type Convertible = Pick<HttpRequest, 'method' | 'path' | 'rawBody' | 'event'>;

/** The query as it arrived; an ALB leaves names and values encoded, a REST API does not. */
function search(event: GatewayEvent): string {
  const { rawQueryString, multiValueQueryStringParameters: lists, queryStringParameters: single } = event;
  if (rawQueryString !== undefined) return rawQueryString;
  const encode = event.requestContext?.elb ? String : encodeURIComponent;
  return Object.entries(lists ?? single ?? {})
    .flatMap(([name, values]) => [values ?? ''].flat().map((value) => `${encode(name)}=${encode(value)}`))
    .join('&');
}

function headersOf(event: GatewayEvent): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(event.multiValueHeaders ?? event.headers ?? {}))
    for (const value of [values ?? []].flat()) headers.append(name, value);
  // Payload 2.0 has cookies separate from the headers.
  if (event.cookies?.length) headers.set('cookie', event.cookies.join('; '));
  return headers;
}

/**
 * The same request as a Web `Request`, for libraries that expect one: headers, query and body as they arrived, before
 * schemas changed them.
 * @example app.post('/hooks', async (request) => verify(toWeb(request)));
 */
export function toWeb(request: Convertible): Request {
  // The request was read from this event, so the event has the right shape.
  const event = request.event as GatewayEvent;
  const headers = headersOf(event);
  const query = search(event);
  const bodied = request.method !== 'GET' && request.method !== 'HEAD' && request.rawBody.length > 0;
  return new Request(`https://${headers.get('host') ?? 'localhost'}${request.path}${query && `?${query}`}`, {
    method: request.method,
    headers,
    ...(bodied && { body: new Uint8Array(request.rawBody) }),
  });
}
