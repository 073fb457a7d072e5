import { header, type RequestHead } from '../../core/http.js';
import type { Protocol } from '../../core/service.js';

function isForm(request: RequestHead): boolean {
  if (header(request, 'x-amz-target') !== undefined) return false;
  return (
    request.method === 'GET' ||
    (header(request, 'content-type') ?? '').includes('x-www-form-urlencoded') ||
    request.query.includes('Action=')
  );
}

/** A JSON service that older clients still ask in the query protocol: the look of a request says which it is. */
export function jsonOrQuery(json: Protocol, query: Protocol): Protocol {
  const of = (request: RequestHead): Protocol => (isForm(request) ? query : json);
  return {
    family: 'json',
    decode: (request) => of(request).decode(request),
    encode: (operation, output, requestId, request) => of(request).encode(operation, output, requestId, request),
    encodeError: (error, requestId, request) => of(request).encodeError(error, requestId, request),
  };
}
