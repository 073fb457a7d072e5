import { isPromise } from '../awaitable.js';
import type { Container } from '../container.js';
import { MethodNotAllowed, NotFound } from '../errors.js';
import { reply } from '../reply.js';
import type { LambdaContext } from '../route-types.js';
import { type CompiledRoute, compileRoute } from './compile.js';
import { preflight } from './cors-headers.js';
import type { Dialect, GatewayEvent } from './dialect.js';
import { dialectOf } from './dialect-of.js';
import type { LambdaResult } from './lambda-result.js';
import { type Match, PathMatcher } from './match.js';
import { decodeParams, LazyRequest } from './request.js';
import { fail, send, type Visit } from './respond.js';

type Methods = Map<string, CompiledRoute>;

/**
 * What answers the HTTP events of one function, of all of the app's where no function is named. It never rejects:
 * whatever a handler does, the gateway gets a result. It throws a TypeError for an event of no known shape.
 * @param streaming gives streams on as they are, under `stream` of the result
 */
export function httpDispatcher(container: Container, functionName: string | undefined, streaming: boolean) {
  const paths = new Map<string, Methods>();
  for (const route of container.runtime.routes)
    if (functionName === undefined || route.function === functionName) {
      const methods = paths.get(route.path) ?? new Map();
      paths.set(route.path, methods.set(route.method, compileRoute(route)));
    }
  const find = finder(paths);

  return (given: unknown, context: LambdaContext): LambdaResult | Promise<LambdaResult> => {
    const [event, dialect] = dialectOf(given);
    const method = dialect.method(event);
    const found = find(event, dialect);
    const methods = found?.value;
    const route = methods?.get(method) ?? (method === 'HEAD' ? methods?.get('GET') : undefined);
    let params = found?.params;
    let malformed: unknown;
    if (params)
      try {
        // An HTTP API decodes in its payload 1.0 too, which names its version where a REST API's does not.
        params = decodeParams(params, dialect.encodedParams && event.version !== '1.0');
      } catch (error) {
        malformed = error;
      }
    const request = new LazyRequest(event, context, dialect, container, route, params);
    const visit: Visit = { container, event, dialect, route, methods, request, streaming };
    if (malformed) return fail(malformed, visit);
    try {
      const value = route ? route.run(request, dialect) : withoutRoute(visit, method);
      if (!isPromise(value)) return send(value, visit);
      return value.then(
        (ready) => send(ready, visit),
        (error) => fail(error, visit),
      ) as Promise<LambdaResult>;
    } catch (error) {
      return fail(error, visit);
    }
  };
}

/** By the path that the gateway matched; only where it matches none, by the requested one. */
function finder(paths: ReadonlyMap<string, Methods>) {
  let matcher: PathMatcher<Methods> | undefined;
  return (event: GatewayEvent, dialect: Dialect): Match<Methods> | undefined => {
    const value = paths.get(dialect.template(event) ?? '');
    if (value) return { value, params: event.pathParameters as Match<Methods>['params'] };
    if (process.env.GOBLET_OMIT_PATHS !== '1') {
      matcher ??= new PathMatcher(paths);
      return matcher.find(dialect.path(event));
    }
    return undefined;
  };
}

function withoutRoute(visit: Visit, method: string): unknown {
  const { methods } = visit;
  if (!methods) throw new NotFound();
  const served = [...methods.keys()].flatMap((name) => (name === 'GET' ? [name, 'HEAD'] : [name]));
  const allow = [...new Set([...served, 'OPTIONS'])].join(', ');
  if (method !== 'OPTIONS') throw new MethodNotAllowed(`The path takes ${allow}`, { headers: { allow } });
  if (process.env.GOBLET_OMIT_CORS !== '1') return preflight(visit.event, visit.dialect, methods, allow);
  return reply(204, undefined, { headers: { allow } });
}
