import { defined } from '../../core/defined.js';
import { type HttpResponse, header } from '../../core/http.js';
import type { Authorize } from './authorizer.js';
import type { CallAws } from './aws-request.js';
import type { IsBinary } from './binary.js';
import { withStageVariables } from './endpoint.js';
import { type Asked, type CompiledRoute, type Exchange, type Place, routeArn } from './exchange.js';
import { serviceAddress, signedHeaders, traceEndpointRequest, traceFailure } from './execution-log.js';
import { type GatewayError, statusOf } from './gateway-response.js';
import { type Invocation, type Invoker, payloadValue } from './invoker.js';
import { mappedIntegration } from './mapped-integration.js';
import { isForbiddenHeader } from './mapping/request.js';
import type { Integration } from './model.js';
import { proxyEvent } from './proxy-event.js';
import { proxyResponse } from './proxy-response.js';
import { streamResponse } from './stream-response.js';
import { inTime, TIMED_OUT } from './timeout.js';
import type { Usage } from './usage.js';
import type { Validate } from './validation.js';

/** A route, ready to answer. */
export interface Handler {
  readonly route: CompiledRoute;
  readonly handle: (exchange: Exchange) => Promise<HttpResponse | GatewayError>;
}

interface Setting {
  readonly route: CompiledRoute;
  readonly place: Place;
  readonly isBinary: IsBinary;
  readonly authorize: Authorize | undefined;
  readonly validate: Validate | undefined;
  /** Takes a token of the method's own limit. */
  readonly throttle: (() => boolean) | undefined;
  readonly usage: Usage;
  readonly apiKeySource: 'HEADER' | 'AUTHORIZER';
  readonly invoker: Invoker;
  readonly callAws: CallAws | undefined;
  readonly localUrl: (url: string) => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: (message: string) => void;
}

type Integrate = (exchange: Exchange) => Promise<HttpResponse | GatewayError> | HttpResponse | GatewayError;

/** Authorizer, API key, throttling, validation, integration: in API Gateway's order, with what a route does not need left out. */
export function routeHandler(setting: Setting): Handler {
  const { route, authorize, validate, throttle, usage, now } = setting;
  const integrate = integration(setting);
  if (!authorize && !validate && !throttle && !route.apiKeyRequired)
    return { route, handle: async (exchange) => integrate(exchange) };
  return {
    route,
    handle: async (exchange) => {
      const began = now();
      const authorized = authorize ? await authorize(exchange) : {};
      const latency = now() - began;
      if ('type' in authorized) {
        const { message } = authorized;
        exchange.authorization = {
          latency,
          status: statusOf(authorized),
          ...defined({ error: message }),
        };
        return authorized;
      }
      if (authorize) exchange.authorization = { latency, status: 200 };
      if (route.apiKeyRequired) {
        const fromAuthorizer = setting.apiKeySource === 'AUTHORIZER';
        const key = fromAuthorizer ? authorized.usageIdentifierKey : header(exchange.request, 'x-api-key');
        const decision = usage(key);
        if (!decision.allowed) return { type: decision.reason };
        exchange.identity = { ...exchange.identity, apiKey: key ?? null, apiKeyId: decision.apiKeyId };
      }
      if (throttle && !throttle()) return { type: 'THROTTLED' };
      return validate?.(exchange) ?? integrate(exchange);
    },
  };
}

function integration(setting: Setting): Integrate {
  const { integration: definition } = setting.route;
  if (definition === undefined) return () => ({ type: 'API_CONFIGURATION_ERROR' });
  return definition.type === 'AWS_PROXY' ? lambdaProxy(setting, definition) : mappedIntegration(setting, definition);
}

function lambdaProxy(
  setting: Setting,
  { uri = '', credentials, timeoutInMillis, responseTransferMode, requestParameters = {} }: Integration,
): Integrate {
  const { route, place, isBinary, invoker, log, now } = setting;
  const target = withStageVariables(uri, place);
  const role = credentials === undefined ? undefined : withStageVariables(credentials, place);
  const streams = responseTransferMode === 'STREAM';
  // The mappings of a proxy integration have no effect, except that these fail.
  const isForbidden = Object.keys(requestParameters).some((parameter) => {
    const [, place = '', name = ''] = /^integration\.request\.(header)\.(.+)$/.exec(parameter) ?? [];
    return place === 'header' && isForbiddenHeader({ place, name });
  });
  const name = `${route.method} ${route.path}`;

  return async (exchange) => {
    const began = now();
    const failed = (reason: string, error: GatewayError, told: Partial<Asked> = {}, logged = reason): GatewayError => {
      log(`${name}: ${reason}`);
      traceFailure(exchange, error, logged);
      exchange.integration = { latency: now() - began, error: reason, ...told };
      return error;
    };
    if (isForbidden)
      return failed('a header is mapped that API Gateway sends itself', { type: 'API_CONFIGURATION_ERROR' });
    const event = proxyEvent(exchange, place, isBinary);
    const sourceArn = routeArn(place, exchange, route);
    if (exchange.trace)
      traceEndpointRequest(
        exchange,
        serviceAddress(target),
        signedHeaders(exchange, place.apiId),
        JSON.stringify(event),
      );
    let invocation: Invocation | typeof TIMED_OUT;
    try {
      invocation = await inTime(timeoutInMillis, (signal) => invoker.invoke(target, event, signal, sourceArn, role));
    } catch (error) {
      // A body may pass the gateway and still make an event that is larger than Lambda takes.
      const tooLarge = error instanceof Error && error.name === 'RequestTooLargeException';
      return failed(`the function could not be invoked: ${error instanceof Error ? error.message : String(error)}`, {
        type: tooLarge ? 'REQUEST_TOO_LARGE' : 'API_CONFIGURATION_ERROR',
      });
    }
    if (invocation === TIMED_OUT)
      return failed(`the function did not answer in ${timeoutInMillis} ms`, { type: 'INTEGRATION_TIMEOUT' });
    const { requestId } = invocation;
    const invoked = { serviceStatus: 200, ...defined({ requestId }) };
    const malformed: GatewayError = { type: 'INTEGRATION_FAILURE', status: 502 };
    if ('functionError' in invocation)
      return failed(`the function failed: ${invocation.errorMessage ?? invocation.functionError}`, malformed, invoked);
    const response = await respond(invocation, exchange);
    if ('malformed' in response)
      return failed(
        `malformed Lambda proxy response: ${response.malformed}`,
        malformed,
        invoked,
        'Malformed Lambda proxy response',
      );
    if ('undecodable' in response) return failed(response.undecodable, { type: 'API_CONFIGURATION_ERROR' }, invoked);
    exchange.integration = { latency: now() - began, status: response.status, ...invoked };
    response.headers.push(
      ['x-amzn-requestid', exchange.requestId],
      ['x-amz-apigw-id', exchange.extendedRequestId],
      ['x-amzn-trace-id', exchange.answeredTraceId],
    );
    return response;
  };

  async function respond(invocation: Exclude<Invocation, { functionError: string }>, exchange: Exchange) {
    try {
      if ('stream' in invocation) return await streamResponse(invocation.stream);
      if (streams && invocation.payload instanceof Uint8Array) return await streamResponse(one(invocation.payload));
      const result = payloadValue(invocation.payload);
      // The first media type of Accept decides whether the client gets bytes; a stream is bytes anyway.
      return proxyResponse(result, () => streams || isBinary(header(exchange.request, 'accept')));
    } catch (error) {
      return { malformed: error instanceof Error ? error.message : String(error) };
    }
  }
}

async function* one(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
  yield chunk;
}
