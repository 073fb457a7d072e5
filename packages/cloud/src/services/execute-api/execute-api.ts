import { defined } from '../../core/defined.js';
import { accessLogger } from './access-log.js';
import { binaryMatcher } from './binary.js';
import { compressed } from './compression.js';
import { type CompiledRoute, newExchange, type Place } from './exchange.js';
import { contextVariables, type GatewayError, gatewayResponses } from './gateway-response.js';
import { executeHttpApi } from './http-api/http-api.js';
import { type Handler, routeHandler } from './integration.js';
import { MAX_HEADERS, overLimit } from './limits.js';
import { resourceIdOf } from './resource-id.js';
import { routeAuthorizer } from './route-authorizer.js';
import { routersByMethod } from './routers-by-method.js';
import type { ExecuteApi, ExecuteApiOptions } from './stage.js';
import { type RateLimit, tokenBucket } from './token-bucket.js';
import { requestValidation } from './validation.js';

/**
 * Serves one stage of one API as API Gateway does. Everything that can be worked out ahead of a request is.
 * @throws where the model asks for something this gateway does not do, naming it
 */
export function executeApi(options: ExecuteApiOptions): ExecuteApi {
  const { model, now = Date.now } = options;
  const place: Place = {
    apiId: options.apiId,
    stage: options.stage,
    account: options.account,
    region: options.region,
    ...defined({ deploymentId: options.deploymentId }),
    stageVariables: options.stageVariables,
    ...defined({ isCanaryRequest: options.isCanaryRequest }),
  };
  if (model.protocol === 'HTTP') return executeHttpApi(options, place);
  const refuse = gatewayResponses(model, place);
  const routers = routersByMethod('escaped', compileRoutes(options, place));
  const compress = compressed(model.minimumCompressionSize);
  const logAccess =
    options.accessLog && accessLogger(options.accessLog, (exchange) => contextVariables(exchange, place), now);

  return async (request, mapping) => {
    const match = (routers.get(request.method) ?? routers.get('ANY'))?.match(request.path);
    const handler = match?.target;
    const exchange = newExchange(request, now(), handler?.route, match?.parameters, mapping);
    const over = overLimit(request);
    const answer = over
      ? tooLarge(over)
      : ((await handler?.handle(exchange)) ?? ({ type: 'MISSING_AUTHENTICATION_TOKEN' } as const));
    const response = 'type' in answer ? refuse(answer, exchange) : compress(request, answer);
    return logAccess ? logAccess(exchange, response) : response;
  };
}

function compileRoutes(options: ExecuteApiOptions, place: Place): readonly Handler[] {
  const { model, now = Date.now, log = () => {} } = options;
  const isBinary = binaryMatcher(model.binaryMediaTypes);
  const authorizerFor = routeAuthorizer({
    ...options,
    place,
    cache: options.authorizerCache ?? new Map(),
    now,
    log,
  });
  const throttles = new Map(Object.entries(options.throttles ?? {}));
  return model.routes.map((route) => {
    const compiled: CompiledRoute = { ...route, resourceId: route.resourceId ?? resourceIdOf(route.path) };
    return routeHandler({
      route: compiled,
      place,
      isBinary,
      authorize: authorizerFor(compiled),
      validate: requestValidation(compiled, model),
      // A limit for all methods is each method's own.
      throttle: throttleOf(
        throttles.get(`${route.method} ${route.path}`) ?? throttles.get(`* ${route.path}`) ?? throttles.get('*'),
      ),
      usage: options.usage ?? (() => ({ allowed: false, reason: 'INVALID_API_KEY' })),
      apiKeySource: model.apiKeySource,
      invoker: options.invoker,
      callAws: options.callAws,
      localUrl: options.localUrl ?? ((url) => url),
      now,
      log,
    });
  });
  function throttleOf(limit: RateLimit | undefined): (() => boolean) | undefined {
    return limit && tokenBucket(limit, now);
  }
}

function tooLarge(what: 'body' | 'headers'): GatewayError {
  if (what === 'body') return { type: 'REQUEST_TOO_LARGE' };
  return { type: 'BAD_REQUEST_PARAMETERS', status: 431, message: `HTTP header is larger than ${MAX_HEADERS} bytes.` };
}
