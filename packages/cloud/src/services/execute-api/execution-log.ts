import type { HttpResponse } from '../../core/http.js';
import type { Exchange } from './exchange.js';
import type { GatewayError } from './gateway-response.js';

/** The lines of an execution log about an integration that asks an endpoint, as API Gateway writes them. */

type Headers = readonly (readonly [name: string, value: string])[];

/** `{name=value, other=value}`, as Java prints a map. */
export function printedMap(entries: Headers): string {
  return `{${entries.map(([name, value]) => `${name}=${value}`).join(', ')}}`;
}

/** Writes the request to an endpoint. */
export function traceEndpointRequest({ trace }: Exchange, uri: string, headers: Headers, body: string): void {
  if (!trace) return;
  trace(`Endpoint request URI: ${uri}`);
  trace(`Endpoint request headers: ${truncated(printedMap(headers))}`);
  trace(`Endpoint request body after transformations: ${body}`);
  trace(`Sending request to ${uri}`);
}

const SERVICE_URI = /^arn:[^:]*:apigateway:([^:]*):([^:]+):(path|action)\/(.*)$/s;

/** The address that API Gateway asks for the URI of an AWS integration. */
export function serviceAddress(uri: string): string {
  const [, region = '', service = '', kind, rest = ''] = SERVICE_URI.exec(uri) ?? [];
  return `https://${service}.${region}.amazonaws.com/${kind === 'action' ? `?Action=${rest}` : rest}`;
}

/** The headers of a request that API Gateway signs. What is secret is hidden, and the line ends with it. */
export function signedHeaders({ requestId, time }: Exchange, apiId: string): Headers {
  const date = new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');
  return [
    ['x-amzn-lambda-integration-tag', requestId],
    ['Authorization', '*'.repeat(200)],
    ['X-Amz-Date', date],
    ['x-amzn-apigateway-api-id', apiId],
    ['Accept', 'application/json'],
    ['User-Agent', `AmazonAPIGateway_${apiId}`],
    ['X-Amz-Security-Token', '*'.repeat(LONGEST)],
  ];
}

/** The headers of a Lambda function's answer, as its endpoint sends them. */
export function invocationHeaders({ answeredTraceId, time }: Exchange, requestId: string, body: Uint8Array): Headers {
  return [
    ['Date', new Date(time).toUTCString()],
    ['Content-Type', 'application/json'],
    ['Content-Length', String(body.length)],
    ['Connection', 'keep-alive'],
    ['x-amzn-RequestId', requestId],
    ['x-amzn-Remapped-Content-Length', '0'],
    ['X-Amz-Executed-Version', '$LATEST'],
    ['X-Amzn-Trace-Id', answeredTraceId],
  ];
}

/** AWS cuts a line of headers, and says so. */
const LONGEST = 1024;

function truncated(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} [TRUNCATED]` : text;
}

/** Writes the response of an endpoint. @param latency milliseconds */
export function traceEndpointResponse(
  { trace }: Exchange,
  { status, headers, body }: { readonly status: number; readonly headers: Headers; readonly body: Uint8Array },
  latency: number,
): void {
  if (!trace) return;
  trace(`Received response. Status: ${status}, Integration latency: ${latency} ms`);
  trace(`Endpoint response headers: ${truncated(printedMap(headers))}`);
  trace(`Endpoint response body before transformations: ${Buffer.from(body).toString('utf8')}`);
}

/** Writes the response of the method. */
export function traceMethodResponse({ trace }: Exchange, { body }: HttpResponse, headers: Headers): void {
  if (!trace) return;
  const text = typeof body === 'string' ? body : body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : '';
  trace(`Method response body after transformations: ${text}`);
  trace(`Method response headers: ${printedMap(headers)}`);
  trace('Successfully completed execution');
}

/** Writes the reason why there is no response. */
export function traceFailure({ trace }: Exchange, { type }: GatewayError, reason: string): void {
  if (!trace) return;
  if (type === 'API_CONFIGURATION_ERROR') trace(`Execution failed due to configuration error: ${reason}`);
  else if (type === 'INTEGRATION_TIMEOUT') trace('Execution failed due to a timeout error');
  else trace(`Execution failed: ${reason}`);
}

/** The time before a line: `Mon Sep 29 19:28:50 UTC 2025` */
export function logTime(time: number): string {
  const [day, date, month, year, clock] = new Date(time).toUTCString().replace(',', '').split(' ');
  return `${day} ${month} ${date} ${clock} UTC ${year}`;
}
