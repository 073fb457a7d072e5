import type { HttpRequest } from './route-types.js';

type Convertible = Pick<HttpRequest, 'method' | 'path' | 'rawBody' | 'event'> & {
  readonly headers: object;
};

function search(event: unknown): string {
  const { rawQueryString, multiValueQueryStringParameters: lists } = event as {
    rawQueryString?: string;
    multiValueQueryStringParameters?: Record<string, string[]> | null;
  };
  if (rawQueryString !== undefined) return rawQueryString;
  const pairs = Object.entries(lists ?? {}).flatMap(([name, values]) => values.map((value) => [name, value]));
  return new URLSearchParams(pairs as [string, string][]).toString();
}

/**
 * The same request as a Web `Request`, for libraries that want one.
 * @example app.post('/hooks', async (request) => verify(toWeb(request)));
 */
export function toWeb(request: Convertible): Request {
  const headers = new Headers(request.headers as Record<string, string>);
  const query = search(request.event);
  const bodied = request.method !== 'GET' && request.method !== 'HEAD' && request.rawBody.length > 0;
  return new Request(`https://${headers.get('host') ?? 'localhost'}${request.path}${query && `?${query}`}`, {
    method: request.method,
    headers,
    ...(bodied && { body: new Uint8Array(request.rawBody) }),
  });
}
