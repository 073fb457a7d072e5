import type { HttpRequest, HttpResponse } from '../../core/http.js';
import { binaryMatcher } from './binary.js';
import { type CompiledRoute, type Exchange, eventQuery, newExchange, type Place } from './exchange.js';
import { logTime, printedMap, traceMethodResponse } from './execution-log.js';
import { gatewayResponses } from './gateway-response.js';
import { routeHandler } from './integration.js';
import type { Route } from './model.js';
import { resourceIdOf } from './resource-id.js';
import { Router } from './router.js';
import type { ExecuteApiOptions } from './stage.js';
import { requestValidation } from './validation.js';

/** The result of a test of one method. */
export interface TestInvocation {
  readonly response: HttpResponse;
  /** Names as API Gateway writes them. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The execution log, a line each. */
  readonly log: readonly string[];
  /** Milliseconds. */
  readonly latency: number;
}

/**
 * Calls one method of an API as TestInvokeMethod does: without authorizers, keys and limits, and with a log of what
 * happens. The request's path need not be the method's: it only says what the variables of the path are.
 */
export async function testInvocation(
  options: ExecuteApiOptions,
  route: Route,
  request: HttpRequest,
): Promise<TestInvocation> {
  const { model, now = Date.now, log: tell = () => {} } = options;
  const place: Place = {
    apiId: options.apiId,
    stage: options.stage,
    account: options.account,
    region: options.region,
    stageVariables: options.stageVariables,
  };
  const compiled: CompiledRoute = {
    ...route,
    apiKeyRequired: false,
    resourceId: route.resourceId ?? resourceIdOf(route.path),
  };
  const began = now();
  const exchange = newExchange(request, began, compiled, parametersOf(route.path, request.path));
  const lines: string[] = [];
  exchange.trace = (line) => lines.push(`${logTime(now())} : ${line}`);
  const { handle } = routeHandler({
    route: compiled,
    place,
    isBinary: binaryMatcher(model.binaryMediaTypes),
    authorize: undefined,
    validate: requestValidation(compiled, model),
    throttle: undefined,
    usage: () => ({ allowed: false, reason: 'INVALID_API_KEY' }),
    apiKeySource: model.apiKeySource,
    invoker: options.invoker,
    callAws: options.callAws,
    localUrl: options.localUrl ?? ((url) => url),
    now,
    log: tell,
  });
  traceRequest(exchange);
  const answer = await handle(exchange);
  const response = 'type' in answer ? gatewayResponses(model, place)(answer, exchange) : answer;
  const headers = told(response.headers, route, 'type' in answer);
  if (!('type' in answer)) traceMethodResponse(exchange, response, headers);
  exchange.trace(`Method completed with status: ${response.status}`);
  return {
    response,
    headers,
    log: [`Execution log for request ${exchange.requestId}`, ...lines, ''],
    latency: now() - began,
  };
}

function traceRequest({ trace, request, parameters = {}, requestId }: Exchange): void {
  if (!trace) return;
  trace(`Starting execution for request: ${requestId}`);
  trace(`HTTP Method: ${request.method}, Resource Path: ${request.path}`);
  trace(`Method request path: ${printedMap(Object.entries(parameters))}`);
  trace(`Method request query string: ${printedMap(Object.entries(eventQuery(request.query).single ?? {}))}`);
  trace(`Method request headers: ${printedMap(request.headers)}`);
  trace(`Method request body before transformations: ${Buffer.from(request.body).toString('utf8')}`);
}

function parametersOf(route: string, path: string): Readonly<Record<string, string>> | undefined {
  const router = new Router<true>('escaped');
  router.add(route, true);
  return router.match(path)?.parameters;
}

const NAMES: Readonly<Record<string, string>> = {
  'content-type': 'Content-Type',
  'x-amzn-trace-id': 'X-Amzn-Trace-Id',
  'x-amzn-errortype': 'x-amzn-ErrorType',
};

/** The headers by the names that the method declares, without those of the answer over HTTP. */
function told(
  headers: HttpResponse['headers'],
  { methodResponses }: Route,
  isError: boolean,
): readonly (readonly [string, string])[] {
  const declared = new Map(
    Object.values(methodResponses).flatMap(({ responseParameters }) =>
      Object.keys(responseParameters).map((parameter) => {
        const name = parameter.replace(/^method\.response\.header\./, '');
        return [name.toLowerCase(), name] as const;
      }),
    ),
  );
  const hidden = new Set(['x-amzn-requestid', 'x-amz-apigw-id', ...(isError ? ['content-type'] : [])]);
  const shown = headers.filter(([name]) => !hidden.has(name));
  // The trace comes first.
  const traces = shown.filter(([name]) => name === 'x-amzn-trace-id');
  return [...traces, ...shown.filter((one) => !traces.includes(one))].map(([name, value]) => [
    declared.get(name) ?? NAMES[name] ?? name,
    value,
  ]);
}
