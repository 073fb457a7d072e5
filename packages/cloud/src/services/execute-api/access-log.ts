import type { HttpResponse } from '../../core/http.js';
import type { Asked, Exchange } from './exchange.js';
import { compileTemplate, type Variables } from './template.js';

/** Where a stage writes one line a request. */
export interface AccessLog {
  /** Text with `$context` variables. */
  readonly format: string;
  /** @param time epoch milliseconds */
  readonly write: (time: number, line: string) => void;
}

/** Writes the line of a request whose response is about to be sent; gives the response to send. */
export type LogAccess = (exchange: Exchange, response: HttpResponse) => HttpResponse;

interface Sent {
  readonly exchange: Exchange;
  readonly status: number;
  /** Bytes of the body. */
  readonly length: number;
  /** Epoch milliseconds. */
  readonly time: number;
}

/**
 * Compiles the access log of a stage. A variable without a value is a dash, as on AWS.
 * @param variablesOf `$context` of an exchange, without what only access logs know
 * @param now epoch milliseconds
 */
export function accessLogger(
  { format, write }: AccessLog,
  variablesOf: (exchange: Exchange) => Variables,
  now: () => number,
): LogAccess {
  const template = compileTemplate(format);
  const log = (exchange: Exchange, status: number, length: number) => {
    const sent = { exchange, status, length, time: now() };
    const context = variablesOf(exchange);
    write(
      sent.time,
      template((name) => logged(LOG_ONLY[name.slice('context.'.length)]?.(sent) ?? context(name))),
    );
  };
  return (exchange, response) => {
    const { status, body } = response;
    if (typeof body === 'string' || body instanceof Uint8Array) {
      log(exchange, status, typeof body === 'string' ? Buffer.byteLength(body) : body.length);
      return response;
    }
    return { ...response, body: counted(body, (length) => log(exchange, status, length)) };
  };
}

function logged(value: unknown): string {
  if (value === undefined || value === null || value === '' || typeof value === 'object') return '-';
  return String(value);
}

/** Counts the bytes of a body, and tells when it ends, however it does. */
async function* counted(body: AsyncIterable<Uint8Array>, ended: (length: number) => void): AsyncGenerator<Uint8Array> {
  let length = 0;
  try {
    for await (const chunk of body) {
      length += chunk.length;
      yield chunk;
    }
  } finally {
    ended(length);
  }
}

const integration = (member: keyof Asked) => (sent: Sent) => sent.exchange.integration?.[member];

/** For a method with IAM authorization, or one with an authorizer; each has its own variables. */
const authorization = (iam: boolean, member: keyof Asked) => (sent: Sent) =>
  (sent.exchange.route?.authorization.kind === 'AWS_IAM') === iam ? sent.exchange.authorization?.[member] : undefined;

/**
 * Variables of access logs in addition to `$context` (developer guide, "Variables for access logging for API Gateway").
 */
const LOG_ONLY: Readonly<Record<string, (sent: Sent) => unknown>> = {
  status: ({ status }) => status,
  'customDomain.basePathMatched': ({ exchange }) => exchange.mapping?.basePath,
  responseLength: ({ length }) => length,
  responseLatency: ({ exchange, time }) => time - exchange.time,
  xrayTraceId: ({ exchange }) => exchange.traceId,
  awsEndpointRequestId: integration('requestId'),
  integrationErrorMessage: integration('error'),
  integrationLatency: integration('latency'),
  integrationStatus: integration('serviceStatus'),
  'integration.error': integration('error'),
  'integration.integrationStatus': integration('serviceStatus'),
  'integration.latency': integration('latency'),
  'integration.requestId': integration('requestId'),
  'integration.status': integration('status'),
  'authorize.error': authorization(true, 'error'),
  'authorize.latency': authorization(true, 'latency'),
  'authorize.status': authorization(true, 'status'),
  'authorizer.error': authorization(false, 'error'),
  'authorizer.latency': authorization(false, 'latency'),
  'authorizer.status': authorization(false, 'status'),
};
