import { preflight } from '#parts/cors';
import { servedElsewhere } from '#parts/functions';
import { matchedPath } from '#parts/paths';
import { checkServed } from '#parts/tooling';
import { isPromise } from '../awaitable.js';
import type { LambdaContext } from '../declare/route-types.js';
import type { Container } from '../lambda/container.js';
import { compileRoute } from './compile.js';
import type { Dialect, GatewayEvent, Values } from './dialect.js';
import { dialectOf } from './dialect-of.js';
import { MethodNotAllowed, NotFound } from './errors.js';
import { type CompiledRoute, decodeParams, Exchange } from './exchange.js';
import type { LambdaResult } from './lambda-result.js';
import type { Match } from './match.js';
import { reply } from './reply.js';
import { fail, send } from './respond.js';

type Methods = Map<string, CompiledRoute>;

/** Finds the methods of a path by its template, or by the requested path if the gateway matched none. */
function find(paths: ReadonlyMap<string, Methods>, event: GatewayEvent, dialect: Dialect): Match<Methods> | undefined {
  const value = paths.get(dialect.template(event) ?? '');
  return value
    ? { value, params: event.pathParameters as Match<Methods>['params'] }
    : matchedPath(paths, event, dialect);
}

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
    const served = servedElsewhere(functionName, route) ?? compileRoute(route);
    paths.set(route.path, methods.set(route.method, served));
  }

  return (given: unknown, context: LambdaContext): LambdaResult | Promise<LambdaResult> => {
    const [event, dialect] = dialectOf(given);
    const method = dialect.method(event);
    let found: Match<Methods> | undefined;
    let params: Values | undefined;
    let malformed: unknown;
    try {
      found = find(paths, event, dialect);
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

function withoutRoute(exchange: Exchange, method: string): unknown {
  const { methods } = exchange;
  if (!methods) throw new NotFound();
  const served = new Set([...methods.keys()].flatMap((name) => (name === 'GET' ? [name, 'HEAD'] : name)));
  const allow = [...served.add('OPTIONS')].join(', ');
  if (method !== 'OPTIONS') throw new MethodNotAllowed(`The path takes ${allow}`, { headers: { allow } });
  return preflight(exchange, allow) ?? reply(204, undefined, { headers: { allow } });
}
