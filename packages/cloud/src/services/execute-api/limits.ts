import type { HttpRequest } from '../../core/http.js';

/** Bytes: "Payload size" and "Total combined size of request line and header values", alike in both kinds of API's quotas. */
export const MAX_BODY = 10 * 1024 * 1024;
export const MAX_HEADERS = 10_240;

/** The part of a request that is larger than API Gateway accepts. */
export function overLimit(request: HttpRequest): 'body' | 'headers' | undefined {
  const { body, bodyTooLarge = false, method, path, query, headers } = request;
  if (bodyTooLarge || body.length > MAX_BODY) return 'body';
  let size = method.length + path.length + query.length + 10;
  for (const [name, value] of headers) size += name.length + value.length;
  return size > MAX_HEADERS ? 'headers' : undefined;
}
