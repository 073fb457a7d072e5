import { defined } from '../../../core/defined.js';
import type { HttpRequest, HttpResponse } from '../../../core/http.js';
import { accessLogger } from '../access-log.js';
import { type Asked, type Exchange, methodArn, newExchange, type Place } from '../exchange.js';
import { contextVariables } from '../gateway-response.js';
import { type Invocation, payloadValue } from '../invoker.js';
import { overLimit } from '../limits.js';
import type { Integration, Route } from '../model.js';
import type { Match } from '../router.js';
import { routersByMethod } from '../routers-by-method.js';
import type { ExecuteApi, ExecuteApiOptions } from '../stage.js';
import { tokenBucket } from '../token-bucket.js';
import { accessLogContext } from './access-log-context.js';
import { type AuthorizeHttp, httpAuthorizer, type Refusal } from './authorizer.js';
import { corsOf } from './cors.js';
import { decoded, eventV2, isDecodable } from './event.js';
import { type HttpProxy, httpProxy } from './http-proxy.js';
import { mapRequestParameters, mapResponseParameters, withRequest } from './parameter-mapping.js';
import { responseV2 } from './result.js';
import { serviceCall } from './service-call.js';

interface Endpoint {
  readonly route: Route;
  /** `GET /users/{name}`, `$default` */
  readonly routeKey: string;
  readonly authorize: AuthorizeHttp | undefined;
  /** Takes a token of the route's limit. */
  readonly throttle: (() => boolean) | undefined;
  readonly uri: string;
  readonly timeoutInMillis: number;
  /** Of integrations other than functions. */
  readonly proxy: HttpProxy | undefined;
  readonly credentials: string | undefined;
  readonly mapRequest: ReturnType<typeof mapRequestParameters>;
  readonly mapResponse: ReturnType<typeof mapResponseParameters> | undefined;
}

const DEFAULT_PATH = '$default';
const NO_RESPONSE = Symbol('no response in time');

/**
 * Serves one stage of an HTTP API. The most specific path that has the method wins, `$default` takes the rest
 * (developer guide, "Create routes for HTTP APIs in API Gateway").
 * @throws where the model asks for something this gateway does not do, naming it
 */
export function executeHttpApi(options: ExecuteApiOptions, place: Place): ExecuteApi {
  const { model, now = Date.now, log = () => {}, invoker } = options;
  const endpoints = model.routes.map((route) => endpoint(route, options, place));
  const fallback = endpoints.find(({ route }) => route.path === DEFAULT_PATH);
  const routers = routersByMethod(
    'decoded',
    endpoints.filter((one) => one !== fallback),
  );
  const cors = model.cors && corsOf(model.cors);
  const logAccess =
    options.accessLog &&
    accessLogger(options.accessLog, (exchange) => contextVariables(exchange, place, accessLogContext), now);

  return async (request, mapping) => {
    const preflight = cors?.preflight(request);
    if (preflight)
      return logAccess ? logAccess(newExchange(request, now(), undefined, undefined, mapping), preflight) : preflight;
    const router = routers.get(request.method) ?? routers.get('ANY');
    const match: Match<Endpoint> | undefined =
      router?.match(decoded(request.path)) ?? (fallback && { target: fallback, parameters: undefined });
    const exchange = newExchange(request, now(), undefined, match?.parameters, mapping);
    const refused = refusedOutright(request);
    const response = refused ? refusal(exchange, refused) : await answer(match?.target, exchange);
    response.headers.push(['apigw-requestid', exchange.extendedRequestId]);
    const answered = cors ? cors.apply(request, response) : response;
    return logAccess ? logAccess(exchange, answered) : answered;
  };

  async function answer(target: Endpoint | undefined, exchange: Exchange): Promise<Mutable> {
    if (target === undefined) return refusal(exchange, { status: 404, message: 'Not Found' });
    exchange.routeKey = target.routeKey;
    if (target.authorize) {
      const asked = now();
      const refused = await target.authorize(exchange);
      const { status = 200, reason } = refused ?? {};
      exchange.authorization = { latency: now() - asked, status, ...defined({ error: reason }) };
      if (refused) return refusal(exchange, refused);
    }
    if (target.throttle && !target.throttle()) return refusal(exchange, { status: 429, message: 'Too Many Requests' });
    const began = now();
    if (target.proxy) {
      const passed = await target.proxy(exchange);
      if ('reason' in passed) log(`${target.routeKey}: ${passed.reason}`);
      const { status, reason } = 'reason' in passed ? passed : { status: passed.status, reason: undefined };
      exchange.integration = { latency: now() - began, status, ...defined({ error: reason }) };
      return 'reason' in passed ? refusal(exchange, passed) : mappedResponse(target, exchange, passed);
    }
    const failed = (reason: string, what: Refusal = FAILED, told: Partial<Asked> = {}) => {
      log(`${target.routeKey}: ${reason}`);
      exchange.integration = { latency: now() - began, error: reason, ...told };
      return refusal(exchange, what);
    };
    let invocation: Invocation | typeof NO_RESPONSE;
    try {
      invocation = await invoke(target, exchange);
    } catch (error) {
      return failed(`the function could not be invoked: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (invocation === NO_RESPONSE) {
      const message = 'Service Unavailable';
      return failed(`the function did not answer in ${target.timeoutInMillis} ms`, { status: 503, message });
    }
    const { requestId } = invocation;
    const invoked = { serviceStatus: 200, ...defined({ requestId }) };
    const response =
      'functionError' in invocation
        ? { malformed: invocation.errorMessage ?? invocation.functionError }
        : respond(invocation);
    if ('malformed' in response) return failed(`the function failed: ${response.malformed}`, FAILED, invoked);
    exchange.integration = { latency: now() - began, status: response.status, ...invoked };
    return mappedResponse(target, exchange, response);
  }

  function mappedResponse<R extends Mutable & { readonly body: string | Uint8Array }>(
    { mapResponse }: Endpoint,
    exchange: Exchange,
    response: R,
  ): R {
    return mapResponse ? mapResponse(response, { exchange, place, response }) : response;
  }

  async function invoke(target: Endpoint, exchange: Exchange): Promise<Invocation | typeof NO_RESPONSE> {
    const { route, routeKey, uri, timeoutInMillis, mapRequest } = target;
    const sent = mapRequest ? withRequest(exchange, mapRequest(exchange, place)) : exchange;
    const sourceArn = methodArn(
      place,
      exchange.request.method,
      route.path === DEFAULT_PATH ? '/$default' : route.path.replace(/\{[^}]*\}/g, '*'),
    );
    const controller = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<typeof NO_RESPONSE>((resolve) => {
      timer = setTimeout(() => {
        resolve(NO_RESPONSE);
        controller.abort();
      }, timeoutInMillis);
    });
    try {
      return await Promise.race([
        invoker.invoke(uri, eventV2(sent, place, routeKey), controller.signal, sourceArn, target.credentials),
        timeout,
      ]);
    } finally {
      clearTimeout(timer);
    }
  }
}

type Mutable = Omit<HttpResponse, 'headers'> & { readonly headers: [string, string][] };

function respond(invocation: Exclude<Invocation, { functionError: string }>) {
  try {
    return responseV2(payloadValue('payload' in invocation ? invocation.payload : undefined));
  } catch (error) {
    return { malformed: error instanceof Error ? error.message : String(error) };
  }
}

/** Refuses requests before any route: requests over the limits, and paths that cannot be decoded. */
function refusedOutright(request: HttpRequest): Refusal | undefined {
  const over = overLimit(request);
  if (over === 'body') return { status: 413, message: 'Request Entity Too Large' };
  if (over === 'headers') return { status: 431, message: 'Request Header Fields Too Large' };
  return isDecodable(request.path) ? undefined : { status: 400, message: 'Bad Request' };
}

const FAILED: Refusal = { status: 500, message: 'Internal Server Error' };

function refusal(exchange: Exchange, { status, message, challenge }: Refusal): Mutable {
  exchange.error = { message };
  const headers: [string, string][] = [['content-type', 'application/json']];
  if (challenge !== undefined) headers.push(['www-authenticate', challenge]);
  return { status, headers, body: JSON.stringify({ message }) };
}

function endpoint(route: Route, options: ExecuteApiOptions, place: Place): Endpoint {
  const routeKey = route.path === DEFAULT_PATH ? DEFAULT_PATH : `${route.method} ${route.path}`;
  const { integration } = route;
  if (integration === undefined) throw new Error(`the route ${routeKey} has no integration`);
  const proxy = proxyOf(integration, route, options, place);
  const { requestParameters = {}, responseMappings = {} } = integration;
  if (!proxy && integration.type !== 'AWS_PROXY')
    throw new Error(`HTTP APIs have no ${integration.type} integrations (${routeKey})`);
  if (!proxy && integration.payloadFormatVersion !== '2.0') {
    throw new Error(`payload format version 1.0 of HTTP APIs is not served (${routeKey}); use 2.0`);
  }
  const {
    model,
    invoker,
    authorizerCache: cache = new Map(),
    now = Date.now,
    log = () => {},
    verifySignature,
    verifyJwt,
    advice,
  } = options;
  const throttles = new Map(Object.entries(options.throttles ?? {}));
  const limit = throttles.get(routeKey) ?? throttles.get('*');
  const setting = {
    model,
    place,
    invoker,
    cache,
    now,
    log,
    ...(verifySignature && { verifySignature }),
    ...(verifyJwt && { verifyJwt }),
    ...defined({ advice }),
  };
  return {
    route,
    routeKey,
    authorize: httpAuthorizer(setting, route, routeKey),
    throttle: limit && tokenBucket(limit, now),
    uri: integration.uri ?? '',
    timeoutInMillis: integration.timeoutInMillis,
    proxy,
    credentials: integration.credentials,
    mapRequest: proxy ? undefined : mapRequestParameters(requestParameters),
    mapResponse: Object.keys(responseMappings).length > 0 ? mapResponseParameters(responseMappings) : undefined,
  };
}

function proxyOf(
  integration: Integration,
  route: Route,
  { localUrl, callAws }: ExecuteApiOptions,
  place: Place,
): HttpProxy | undefined {
  if (integration.type === 'HTTP_PROXY') return httpProxy(integration, place, localUrl);
  return integration.subtype === undefined ? undefined : serviceCall(integration, route, place, callAws);
}
