import { AwsError } from '../../core/aws-error.js';
import { collectBytes } from '../../core/bytes.js';
import { header } from '../../core/http.js';
import { isObject, parseJson } from '../../core/json.js';
import type { CallAws } from './aws-request.js';
import type { Exchange, Place } from './exchange.js';
import {
  invocationHeaders,
  serviceAddress,
  signedHeaders,
  traceEndpointRequest,
  traceEndpointResponse,
} from './execution-log.js';
import type { GatewayError } from './gateway-response.js';
import { callHttp } from './http-endpoint.js';
import type { IntegrationRequest } from './mapping/request.js';
import type { IntegrationAnswer } from './mapping/response.js';
import type { Integration } from './model.js';

/** The request to an integration, and its caller. */
export interface EndpointCall {
  readonly request: IntegrationRequest;
  readonly exchange: Exchange;
  readonly sourceArn: string;
  readonly signal: AbortSignal;
}

/** Asks what is behind an integration. An error is the gateway's own, with a reason for the terminal. */
export type Endpoint = (call: EndpointCall) => Promise<IntegrationAnswer | EndpointFailure>;

export interface EndpointFailure {
  readonly error: GatewayError;
  readonly reason: string;
  /** The reason in the words of AWS's execution logs. @default - in ours */
  readonly logged?: string;
}

export interface EndpointSetting {
  readonly place: Place;
  readonly callAws: CallAws | undefined;
  /** Where an address of an integration leads here: URLs of the cloud's own APIs are its own. */
  readonly localUrl: (url: string) => string;
}

/** The endpoint behind an integration of type MOCK, AWS, HTTP or HTTP_PROXY. */
export function endpointOf(integration: Integration, setting: EndpointSetting): Endpoint {
  if (integration.type === 'MOCK') return mock;
  return integration.type === 'AWS' ? awsEndpoint(integration, setting) : httpEndpoint(integration, setting);
}

/**
 * The request template says the status that the integration "came back with" (developer guide, "Mock integrations for
 * REST APIs in API Gateway"). It need not be JSON: CDK writes `{ statusCode: 200 }`.
 */
const mock: Endpoint = async ({ request }) => {
  const text = Buffer.from(request.body).toString('utf8');
  const code = /["']?\bstatusCode\b["']?\s*:\s*["']?(\d{3})\b/.exec(text)?.[1];
  if (code === undefined)
    return { error: { type: 'API_CONFIGURATION_ERROR' }, reason: 'the request template gives no statusCode' };
  return { status: Number(code), headers: [], body: new Uint8Array(0), selector: code };
};

function awsEndpoint({ uri = '', httpMethod = 'POST', credentials }: Integration, setting: EndpointSetting): Endpoint {
  const { place, callAws } = setting;
  const isFunction = /^arn:[^:]*:apigateway:[^:]*:lambda:path\//.test(uri);
  return async ({ request, exchange, sourceArn, signal }) => {
    if (callAws === undefined) {
      const reason = 'integrations of type AWS are served by the local cloud alone';
      return { error: { type: 'API_CONFIGURATION_ERROR', status: 501, message: reason }, reason };
    }
    const address = filled(withStageVariables(uri, place), request, (value) => value);
    if (exchange.trace)
      traceEndpointRequest(
        exchange,
        serviceAddress(address),
        signedHeaders(exchange, place.apiId),
        Buffer.from(request.body).toString('utf8'),
      );
    const began = Date.now();
    try {
      const answer = await callAws({
        uri: address,
        method: httpMethod === 'ANY' ? exchange.request.method : httpMethod,
        query: request.query,
        headers: [...withDefaults(request.headers)].flatMap(([name, values]) =>
          values.map((value) => [name, value] as const),
        ),
        body: request.body,
        ...(credentials !== undefined && { credentials: withStageVariables(credentials, place) }),
        sourceArn,
        signal,
      });
      const body = (await collectBytes(answer.body)) ?? new Uint8Array(0);
      const { status, headers } = answer;
      if (exchange.trace) {
        const told = isFunction
          ? invocationHeaders(exchange, header(answer, 'x-amzn-requestid') ?? exchange.requestId, body)
          : headers;
        traceEndpointResponse(exchange, { status, headers: told, body }, Date.now() - began);
      }
      const selector = isFunction ? errorOf(header(answer, 'x-amz-function-error'), body) : String(status);
      return { status, headers: headers.map(([name, value]) => [name.toLowerCase(), value]), body, selector };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const recorded = error.code === 'UnsupportedService';
      return {
        error: {
          type: 'API_CONFIGURATION_ERROR',
          ...(recorded && { status: 501, message: error.message }),
        },
        reason: error.message,
      };
    }
  };
}

/** The message of a function's error; empty for none. */
function errorOf(functionError: string | undefined, body: Uint8Array): string {
  if (functionError === undefined) return '';
  try {
    const error = parseJson(Buffer.from(body).toString('utf8'));
    return isObject(error) ? String(error.errorMessage ?? functionError) : functionError;
  } catch {
    return functionError;
  }
}

function httpEndpoint(integration: Integration, { place, localUrl }: EndpointSetting): Endpoint {
  const { uri = '', httpMethod, tlsConfig } = integration;
  const isProxy = integration.type === 'HTTP_PROXY';
  return async ({ request, exchange, signal }) => {
    if (integration.connectionType === 'VPC_LINK') {
      const reason = 'integrations through VPC links are recorded: the local cloud has no networks behind them';
      return { error: { type: 'API_CONFIGURATION_ERROR', status: 501, message: reason }, reason };
    }
    const failed = (reason: string): EndpointFailure => ({
      error: { type: 'INTEGRATION_FAILURE', message: 'Network error communicating with endpoint' },
      reason,
    });
    const address = filled(withStageVariables(uri, place), request, encodeURI);
    const url = URL.canParse(address) ? new URL(localUrl(address)) : undefined;
    if (url === undefined)
      return {
        error: { type: 'API_CONFIGURATION_ERROR' },
        reason: `${address} is not an address`,
        logged: 'Invalid endpoint address',
      };
    if (request.wholePath !== undefined) url.pathname = request.wholePath;
    for (const [name, value] of request.query) url.searchParams.append(name, value);
    const method = httpMethod === undefined || httpMethod === 'ANY' ? exchange.request.method : httpMethod;
    const headers = new Map(isProxy ? request.headers : withDefaults(request.headers));
    if (!headers.has('user-agent') || !isProxy) headers.set('user-agent', [`AmazonAPIGateway_${place.apiId}`]);
    headers.set('x-amzn-apigateway-api-id', [place.apiId]);
    headers.set('x-amzn-trace-id', [exchange.traceId]);
    const hasBody = request.body.length > 0 && method !== 'GET' && method !== 'HEAD';
    if (hasBody || method === 'POST' || method === 'PUT' || method === 'PATCH')
      headers.set('content-length', [String(hasBody ? request.body.length : 0)]);
    if (exchange.trace)
      traceEndpointRequest(
        exchange,
        url.href,
        [...headers].flatMap(([name, values]) => values.map((value) => [name, value] as const)),
        Buffer.from(request.body).toString('utf8'),
      );
    const began = Date.now();
    try {
      const answer = await callHttp({
        url,
        method,
        headers,
        body: hasBody ? request.body : new Uint8Array(0),
        insecure: tlsConfig?.insecureSkipVerification === true,
        signal,
      });
      traceEndpointResponse(exchange, answer, Date.now() - began);
      return { ...answer, selector: String(answer.status) };
    } catch (error) {
      return failed(`the endpoint could not be asked: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
}

/** Headers that an integration without proxy sends where no mapping says otherwise. */
function withDefaults(headers: IntegrationRequest['headers']): ReadonlyMap<string, readonly string[]> {
  return new Map<string, readonly string[]>([
    ['accept', ['application/json']],
    ['content-type', ['application/json']],
    ...headers,
  ]);
}

function filled(uri: string, { path }: IntegrationRequest, encode: (value: string) => string): string {
  return uri.replace(/\{([A-Za-z0-9._$-]+)\+?\}/g, (placeholder, name: string) => {
    const value = path.get(name);
    return value === undefined ? placeholder : encode(value);
  });
}

/** Fills `${stageVariables.name}` in. */
export function withStageVariables(uri: string, place: Place): string {
  return uri.replace(/\$\{stageVariables\.([A-Za-z0-9_]+)\}/g, (_, name: string) => place.stageVariables?.[name] ?? '');
}
