import { isObject } from '../../../core/json.js';
import { type ProxyResponse, proxyResponse, pushCookies } from '../proxy-response.js';

/**
 * The HTTP response of a function's result in payload format 2.0: with a `statusCode` as it says, without one the whole
 * result as JSON (developer guide, "Create AWS Lambda proxy integrations for HTTP APIs").
 * @param defaultType of a response with a `statusCode` and without a content type
 */
export function responseV2(
  result: unknown,
  defaultType = 'text/plain;charset=utf-8',
): ProxyResponse | { malformed: string } {
  if (!isObject(result) || result.statusCode === undefined) {
    const body = typeof result === 'string' ? result : JSON.stringify(result ?? null);
    return { status: 200, headers: [['content-type', 'application/json']], body };
  }
  const { cookies, statusCode, headers = {}, multiValueHeaders: _, body, isBase64Encoded } = result;
  if (!isObject(headers)) return { malformed: 'headers is not an object' };
  const named = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
  );
  const typed = Object.keys(named).some((name) => name.toLowerCase() === 'content-type');
  const text = body === undefined || body === null || typeof body === 'string' ? body : JSON.stringify(body);
  const response = proxyResponse(
    {
      statusCode,
      headers: typed ? named : { ...named, 'content-type': defaultType },
      body: text,
      isBase64Encoded,
    },
    () => true,
  );
  if ('undecodable' in response) return { malformed: response.undecodable };
  if ('malformed' in response) return response;
  const wrong = pushCookies(response.headers, cookies);
  if (wrong !== undefined) return { malformed: wrong };
  return response;
}
