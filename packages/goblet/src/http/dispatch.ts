import { isPromise } from '../awaitable.js';
import type { LambdaContext } from '../declare/route-types.js';
import type { Container } from '../lambda/container.js';
import { compileRoute } from './compile.js';
import { preflight } from './cors-headers.js';
import type { Dialect, GatewayEvent, Values } from './dialect.js';
import { dialectOf } from './dialect-of.js';
import { MethodNotAllowed, NotFound } from './errors.js';
import { type CompiledRoute, decodeParams, Exchange } from './exchange.js';
import type { LambdaResult } from './lambda-result.js';
import { type Match, PathMatcher } from './match.js';
import { reply } from './reply.js';
import { fail, send } from './respond.js';

type Methods = Map<string, CompiledRoute>;
type Find = (event: GatewayEvent, dialect: Dialect) => Match<Methods> | undefined;

/**
 * Answers the HTTP events of one function, or of all functions of the app if no function is named. It never rejects:
 * whatever a handler does, the gateway gets a result. It throws a TypeError for an event of unknown shape.
 * @param streaming passes streams on unread, under `stream` of the result
 */
export function httpDispatcher(container: Container, functionName: string | undefined, streaming: boolean) {
  checkServed(container, functionName);
  const paths = new Map<string, Methods>();
  for (const route of container.runtime.routes) {
    const methods = paths.get(route.path) ?? new Map();
    let served = compileRoute(route);
    // The routes of other functions are known here too: a 405 and a preflight speak for the whole path.
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
      // An HTTP API also decodes in its payload 1.0, which has a version; a REST API's payload does not.
      params = decodeParams(found?.params, dialect.encodedParams && event.version !== '1.0');
    } catch (error) {
      malformed = error;
    }
    const methods = found?.value;
    const route = methods?.get(method) ?? (method === 'HEAD' ? methods?.get('GET') : undefined);
    const exchange = new Exchange(container, event, context, dialect, methods, route, params, streaming);
    if (malformed) return fail(malformed, exchange);
    try {
      const value = route ? route.run(exchange) : withoutRoute(exchange, method);
      if (!isPromise(value)) return send(value, exchange);
      return Promise.resolve(value).then(
        (ready) => send(ready, exchange),
        (error) => fail(error, exchange),
      );
    } catch (error) {
      return fail(error, exchange);
    }
  };
}

/** @throws TypeError if the app has no routes under this name */
function checkServed(container: Container, name: string | undefined): void {
  if (process.env.GOBLET_OMIT_TOOLING === '1') return;
  if (name !== undefined && !container.runtime.routes.some((route) => route.function === name))
    throw new TypeError(`GOBLET_FUNCTION_UNKNOWN: the app has no function "${name}"`);
}

const elsewhere = (): never => {
  throw new NotFound();
};

/** Finds a route by the path that the gateway matched, or by the requested path if it matched none. */
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

function withoutRoute(exchange: Exchange, method: string): unknown {
  const { methods } = exchange;
  if (!methods) throw new NotFound();
  const served = [...methods.keys()].flatMap((name) => (name === 'GET' ? [name, 'HEAD'] : [name]));
  const allow = [...new Set([...served, 'OPTIONS'])].join(', ');
  if (method !== 'OPTIONS') throw new MethodNotAllowed(`The path takes ${allow}`, { headers: { allow } });
  return process.env.GOBLET_OMIT_CORS !== '1'
    ? preflight(exchange, allow)
    : reply(204, undefined, { headers: { allow } });
}
