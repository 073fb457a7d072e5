import { isPromise } from '../awaitable.js';
import type { Container } from '../container.js';
import type { CorsDefinition } from '../definition.js';
import { MethodNotAllowed, NotFound } from '../errors.js';
import type { LambdaContext } from '../route-types.js';
import { type CompiledRoute, compileRoute } from './compile.js';
import { corsHeaders, preflight } from './cors-headers.js';
import type { Dialect, GatewayEvent } from './dialect.js';
import { dialectOf } from './dialect-of.js';
import type { LambdaResult } from './lambda-result.js';
import { type Match, PathMatcher } from './match.js';
import { type Outcome, outcomeOf } from './outcome.js';
import { problemOf } from './problem.js';
import { decodeParams, LazyRequest, release } from './request.js';

type Methods = Map<string, CompiledRoute>;

/** Lambda takes 6 MB of result (Lambda quotas, "Invocation payload"). */
const LARGEST_RESULT = 6_291_556;

/** Answers the HTTP events of one function, all of the app's where no function is named. */
export class HttpDispatcher {
  readonly #container: Container;
  readonly #paths = new Map<string, Methods>();
  #matcher: PathMatcher<Methods> | undefined;

  constructor(container: Container, functionName: string | undefined) {
    this.#container = container;
    for (const route of container.runtime.routes) {
      if (functionName !== undefined && route.function !== functionName) continue;
      const methods = this.#paths.get(route.path) ?? new Map();
      methods.set(route.method, compileRoute(route));
      this.#paths.set(route.path, methods);
    }
  }

  /** Never rejects: whatever a handler does, the gateway gets a result. @throws TypeError for an event of no known shape */
  handle(given: unknown, context: LambdaContext): LambdaResult | Promise<LambdaResult> {
    const [event, dialect] = dialectOf(given);
    const method = dialect.method(event);
    const found = this.#find(event, dialect);
    const methods = found?.value;
    const route = methods?.get(method) ?? (method === 'HEAD' ? methods?.get('GET') : undefined);
    let request = new LazyRequest(event, context, dialect, this.#container, route, found?.params);
    try {
      if (!methods) throw new NotFound();
      if (!route) return this.#withoutRoute(event, dialect, method, methods, request);
      if (found.params) {
        const encoded = dialect.encodedParams;
        request = new LazyRequest(event, context, dialect, this.#container, route, decodeParams(found.params, encoded));
      }
      const value = route.run(request, dialect);
      if (!isPromise(value)) return this.#send(value, event, dialect, route, request);
      return Promise.resolve(value).then(
        (ready) => this.#send(ready, event, dialect, route, request),
        (error) => this.#fail(error, event, dialect, route.cors, request),
      );
    } catch (error) {
      return this.#fail(error, event, dialect, route?.cors, request);
    }
  }

  #find(event: GatewayEvent, dialect: Dialect): Match<Methods> | undefined {
    const template = dialect.template(event);
    const methods = template === undefined ? undefined : this.#paths.get(template);
    if (methods) return { value: methods, params: event.pathParameters as Record<string, string> };
    if (!this.#matcher) {
      this.#matcher = new PathMatcher();
      for (const [path, value] of this.#paths) this.#matcher.add(path, value);
    }
    return this.#matcher.find(dialect.path(event));
  }

  #withoutRoute(event: GatewayEvent, dialect: Dialect, method: string, methods: Methods, request: LazyRequest) {
    const allow = allowed(methods);
    if (method === 'OPTIONS') {
      const answer = preflight(event, dialect, methods, allow);
      return this.#send(answer, event, dialect, undefined, request);
    }
    const cors = [...methods.values()].find((route) => route.cors)?.cors;
    const error = new MethodNotAllowed(`${method} is not allowed here`, { headers: { allow: allow.join(', ') } });
    return this.#fail(error, event, dialect, cors, request);
  }

  #send(
    value: unknown,
    event: GatewayEvent,
    dialect: Dialect,
    route: CompiledRoute | undefined,
    request: LazyRequest,
  ): LambdaResult | Promise<LambdaResult> {
    const failed = (error: unknown) => this.#fail(error, event, dialect, route?.cors, request);
    try {
      const outcome = outcomeOf(value, route?.options.status, route?.asJson ?? false);
      if (isPromise(outcome))
        return outcome.then((ready) => this.#result(ready, event, dialect, route?.cors, request)).catch(failed);
      return this.#result(outcome, event, dialect, route?.cors, request);
    } catch (error) {
      return failed(error);
    }
  }

  async #fail(
    error: unknown,
    event: GatewayEvent,
    dialect: Dialect,
    cors: CorsDefinition | undefined,
    request: LazyRequest,
  ): Promise<LambdaResult> {
    const { runtime } = this.#container;
    let thrown = error;
    try {
      for (const listener of runtime.listeners) {
        const answer = await listener(thrown, request);
        if (answer !== undefined)
          return this.#result(await outcomeOf(answer, 500, false), event, dialect, cors, request);
      }
    } catch (again) {
      thrown = again;
    }
    try {
      return this.#result(
        await outcomeOf(problemOf(thrown, request, this.#container), 500, false),
        event,
        dialect,
        cors,
        request,
      );
    } catch (again) {
      return this.#result(
        await outcomeOf(
          problemOf(new Error('GOBLET_PROBLEM: the error cannot be sent', { cause: again }), request, this.#container),
          500,
          false,
        ),
        event,
        dialect,
        cors,
        request,
      );
    }
  }

  #result(
    outcome: Outcome,
    event: GatewayEvent,
    dialect: Dialect,
    cors: CorsDefinition | undefined,
    request: LazyRequest,
  ): LambdaResult {
    release(request);
    if (cors) corsHeaders(outcome.headers, cors, dialect.header(event, 'origin'));
    const { status, headers, cookies, body, base64 } = outcome;
    const bodiless = dialect.method(event) === 'HEAD' || status === 204 || status === 304;
    const result = dialect.result(event, status, headers, cookies, bodiless ? '' : body, base64 && !bodiless);
    if (body.length > 1_000_000 && Buffer.byteLength(JSON.stringify(result)) > LARGEST_RESULT)
      throw new RangeError(
        'GOBLET_RESULT_TOO_LARGE: the response is over 6 MB, which is what Lambda can buffer; stream it',
      );
    return result;
  }
}

function allowed(methods: Methods): string[] {
  const names = [...methods.keys()];
  if (methods.has('GET') && !methods.has('HEAD')) names.push('HEAD');
  if (!methods.has('OPTIONS')) names.push('OPTIONS');
  return names;
}
