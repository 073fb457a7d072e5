import { isPromise } from '../awaitable.js';
import type { Container } from '../container.js';
import { MethodNotAllowed, NotFound } from '../errors.js';
import { reply } from '../reply.js';
import type { LambdaContext } from '../route-types.js';
import { type CompiledRoute, compileRoute } from './compile.js';
import { corsHeaders, preflight } from './cors-headers.js';
import type { Dialect, GatewayEvent } from './dialect.js';
import { dialectOf } from './dialect-of.js';
import type { LambdaResult } from './lambda-result.js';
import { type Match, PathMatcher } from './match.js';
import { collected, type Headers, type Outcome, outcomeOf } from './outcome.js';
import { problemOf } from './problem.js';
import { decodeParams, LazyRequest, release } from './request.js';

export type Methods = Map<string, CompiledRoute>;

/** One request on its way through a function. */
interface Visit {
  readonly event: GatewayEvent;
  readonly dialect: Dialect;
  readonly route: CompiledRoute | undefined;
  /** What its path serves. */
  readonly methods: Methods | undefined;
  readonly request: LazyRequest;
}

/** Lambda takes 6 MB of result (Lambda quotas, "Invocation payload"). */
const LARGEST_RESULT = 6_291_556;

/** Answers the HTTP events of one function, all of the app's where no function is named. */
export class HttpDispatcher {
  readonly #container: Container;
  readonly #paths = new Map<string, Methods>();
  #matcher: PathMatcher<Methods> | undefined;

  readonly #streaming: boolean;

  /** @param streaming gives streams on as they are, under `stream` of the result */
  constructor(container: Container, functionName: string | undefined, streaming = false) {
    this.#container = container;
    this.#streaming = streaming;
    for (const route of container.runtime.routes)
      if (functionName === undefined || route.function === functionName) {
        const methods = this.#paths.get(route.path) ?? new Map();
        this.#paths.set(route.path, methods.set(route.method, compileRoute(route)));
      }
  }

  /** Never rejects: whatever a handler does, the gateway gets a result. @throws TypeError for an event of no known shape */
  handle(given: unknown, context: LambdaContext): LambdaResult | Promise<LambdaResult> {
    const [event, dialect] = dialectOf(given);
    const method = dialect.method(event);
    const found = this.#find(event, dialect);
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
    const request = new LazyRequest(event, context, dialect, this.#container, route, params);
    const visit: Visit = { event, dialect, route, methods, request };
    if (malformed) return this.#fail(malformed, visit);
    try {
      const value = route ? route.run(request, dialect) : withoutRoute(visit, method);
      if (!isPromise(value)) return this.#send(value, visit);
      return value.then(
        (ready) => this.#send(ready, visit),
        (error) => this.#fail(error, visit),
      ) as Promise<LambdaResult>;
    } catch (error) {
      return this.#fail(error, visit);
    }
  }

  #find(event: GatewayEvent, dialect: Dialect): Match<Methods> | undefined {
    const value = this.#paths.get(dialect.template(event) ?? '');
    if (value) return { value, params: event.pathParameters as Match<Methods>['params'] };
    if (process.env.GOBLET_OMIT_PATHS !== '1') {
      this.#matcher ??= new PathMatcher(this.#paths);
      return this.#matcher.find(dialect.path(event));
    }
    return undefined;
  }

  #send(value: unknown, visit: Visit): LambdaResult | Promise<LambdaResult> {
    const { route } = visit;
    try {
      const sent = this.#result(outcomeOf(value, route?.options.status, route?.asJson ?? false), visit);
      return isPromise(sent) ? sent.catch((error) => this.#fail(error, visit)) : sent;
    } catch (error) {
      return this.#fail(error, visit);
    }
  }

  async #fail(error: unknown, visit: Visit): Promise<LambdaResult> {
    let thrown = error;
    try {
      for (const listener of this.#container.runtime.listeners) {
        const answer = await listener(thrown, visit.request as never);
        if (answer !== undefined) return await this.#result(outcomeOf(answer, 500, false), visit);
      }
    } catch (again) {
      thrown = again;
    }
    // The second turn is for an error that cannot be sent, the end for a logger that fails.
    for (let turn = 0; turn < 2; turn++)
      try {
        return await this.#result(outcomeOf(problemOf(thrown, visit.request, this.#container), 500, false), visit);
      } catch (again) {
        thrown = again;
      }
    return this.#result({ status: 500, headers: {}, cookies: [], body: '' }, visit);
  }

  #result(outcome: Outcome, visit: Visit): LambdaResult | Promise<LambdaResult> {
    const { body } = outcome;
    if (typeof body === 'string' || body instanceof Uint8Array) return this.#buffered(outcome, body, visit);
    if (process.env.GOBLET_OMIT_STREAM !== '1')
      if (this.#streaming) return Object.assign(this.#buffered(outcome, '', visit), { stream: body });
    return collected(outcome, body).then((ready) => this.#buffered(ready, ready.body as string | Uint8Array, visit));
  }

  #buffered({ status, headers, cookies }: Outcome, given: string | Uint8Array, visit: Visit): LambdaResult {
    const { event, dialect, request } = visit;
    release(request);
    if (process.env.GOBLET_OMIT_CORS !== '1') corsHeaders(headers, visit);
    const bodiless = status === 204 || status === 304 || dialect.method(event) === 'HEAD';
    const body = bodiless ? '' : this.#compressed(given, headers, visit);
    const text = typeof body === 'string' ? body : asBuffer(body).toString('base64');
    const answer = dialect.result(event, status, headers, cookies, text, text !== body);
    if (text.length > 1_000_000 && Buffer.byteLength(JSON.stringify(answer)) > LARGEST_RESULT)
      throw new RangeError('GOBLET_RESULT_TOO_LARGE: the response is over the 6 MB that Lambda can buffer; stream it');
    return answer;
  }

  #compressed(body: string | Uint8Array, headers: Headers, { event, dialect }: Visit): string | Uint8Array {
    const { compression } = this.#container.runtime;
    const type = headers['content-type'];
    if (!compression || typeof type !== 'string' || headers['content-encoding'] !== undefined) return body;
    headers.vary = headers.vary ? `${headers.vary}, Accept-Encoding` : 'Accept-Encoding';
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    const encoded = compression.encode(bytes, type, dialect.header(event, 'accept-encoding') ?? '');
    if (!encoded) return body;
    headers['content-encoding'] = encoded[1];
    return encoded[0];
  }
}

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

function withoutRoute(visit: Visit, method: string): unknown {
  const { methods } = visit;
  if (!methods) throw new NotFound();
  const served = [...methods.keys()].flatMap((name) => (name === 'GET' ? [name, 'HEAD'] : [name]));
  const allow = [...new Set([...served, 'OPTIONS'])].join(', ');
  if (method !== 'OPTIONS') throw new MethodNotAllowed(`The path takes ${allow}`, { headers: { allow } });
  if (process.env.GOBLET_OMIT_CORS !== '1') return preflight(visit.event, visit.dialect, methods, allow);
  return reply(204, undefined, { headers: { allow } });
}
