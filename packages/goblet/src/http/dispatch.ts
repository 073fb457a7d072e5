import { isPromise } from '../awaitable.js';
import type { Container } from '../container.js';
import { MethodNotAllowed, NotFound } from '../errors.js';
import { reply } from '../reply.js';
import type { LambdaContext } from '../route-types.js';
import { type CompiledRoute, compileRoute } from './compile.js';
import { preflight } from './cors-headers.js';
import type { Dialect, GatewayEvent, Values } from './dialect.js';
import { dialectOf } from './dialect-of.js';
import type { LambdaResult } from './lambda-result.js';
import { type Match, PathMatcher } from './match.js';
import { decodeParams, LazyRequest } from './request.js';
import { fail, send, type Visit } from './respond.js';

type Methods = Map<string, CompiledRoute>;
type Find = (event: GatewayEvent, dialect: Dialect) => Match<Methods> | undefined;

/**
 * What answers the HTTP events of one function, of all of the app's where no function is named. It never rejects:
 * whatever a handler does, the gateway gets a result. It throws a TypeError for an event of no known shape.
 * @param streaming gives streams on as they are, under `stream` of the result
 */
export function httpDispatcher(container: Container, functionName: string | undefined, streaming: boolean) {
  const paths = new Map<string, Methods>();
  for (const route of container.runtime.routes) {
    const methods = paths.get(route.path) ?? new Map();
    let served = compileRoute(route);
    // What another function serves is known here too: a 405 and a preflight speak for the whole path.
    if (process.env.GOBLET_OMIT_MOUNTS !== '1' || process.env.GOBLET_OMIT_STREAM !== '1')
      if (functionName !== undefined && route.function !== functionName) served = { ...served, run: elsewhere };
    paths.set(route.path, methods.set(route.method, served));
  }
  const find = finder(paths);

  return (given: unknown, context: LambdaContext): LambdaResult | Promise<LambdaResult> => {
    const [event, dialect] = dialectOf(given);
    const method = dialect.method(event);
    let found: Match<Methods> | undefined;
    let params: Values | undefined;
    let malformed: unknown;
    try {
      found = find(event, dialect);
      // An HTTP API decodes in its payload 1.0 too, which names its version where a REST API's does not.
      params = decodeParams(found?.params, dialect.encodedParams && event.version !== '1.0');
    } catch (error) {
      malformed = error;
    }
    const methods = found?.value;
    const route = methods?.get(method) ?? (method === 'HEAD' ? methods?.get('GET') : undefined);
    const request = new LazyRequest(event, context, dialect, container, route, params);
    const visit: Visit = { container, event, dialect, route, methods, request, streaming };
    if (malformed) return fail(malformed, visit);
    try {
      const value = route ? route.run(request, dialect) : withoutRoute(visit, method);
      if (!isPromise(value)) return send(value, visit);
      return Promise.resolve(value).then(
        (ready) => send(ready, visit),
        (error) => fail(error, visit),
      );
    } catch (error) {
      return fail(error, visit);
    }
  };
}

const elsewhere = (): never => {
  throw new NotFound();
};

/** By the path that the gateway matched; only where it matches none, by the requested one. */
function finder(paths: ReadonlyMap<string, Methods>): Find {
  const byTemplate: Find = (event, dialect) => {
    const value = paths.get(dialect.template(event) ?? '');
    return value && { value, params: event.pathParameters as Match<Methods>['params'] };
  };
  if (process.env.GOBLET_OMIT_PATHS !== '1') {
    let matcher: PathMatcher<Methods> | undefined;
    return (event, dialect) => {
      const found = byTemplate(event, dialect);
      if (found) return found;
      matcher ??= new PathMatcher(paths);
      return matcher.find(dialect.path(event));
    };
  }
  return byTemplate;
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
