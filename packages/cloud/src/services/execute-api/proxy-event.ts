import { header } from '../../core/http.js';
import type { IsBinary } from './binary.js';
import { type Exchange, eventHeaders, eventQuery, type Place, requestContext } from './exchange.js';

/**
 * The event of a Lambda proxy integration, payload format 1.0 (developer guide, "Input format of a Lambda function for
 * proxy integration").
 */
export function proxyEvent(exchange: Exchange, place: Place, isBinary: IsBinary): Record<string, unknown> {
  const { request, route } = exchange;
  const { headers, multiValueHeaders } = eventHeaders(exchange);
  const query = eventQuery(request.query);
  const empty = request.body.length === 0;
  const binary = !empty && isBinary(header(request, 'content-type'));
  return {
    resource: route?.path,
    // By a custom domain it is the whole path, base path and all.
    path: exchange.mapping?.path ?? request.path,
    httpMethod: request.method,
    headers,
    multiValueHeaders,
    queryStringParameters: query.single,
    multiValueQueryStringParameters: query.multi,
    pathParameters: exchange.parameters ?? null,
    stageVariables: place.stageVariables ?? null,
    requestContext: requestContext(exchange, place),
    body: empty ? null : text(request.body, binary ? 'base64' : 'utf8'),
    isBase64Encoded: binary,
  };
}

function text(body: Uint8Array, encoding: 'base64' | 'utf8'): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString(encoding);
}
