import { isPromise, whenReady } from '../awaitable.js';
import type { BodyDefinition, Schema } from '../definition.js';
import type { Layer, Run, Step } from '../recorder.js';
import { isReply, type Reply, reply } from '../reply.js';
import type { FlatRoute } from '../runtime.js';
import { codedBody, jsonBody } from './body.js';
import type { Dialect } from './dialect.js';
import type { LazyRequest } from './request.js';
import { issuesIn, validate } from './validate.js';

/** A route whose declarations became one function. */
export interface CompiledRoute extends FlatRoute {
  /** From the request to what is to be sent: a value, or a Reply. */
  readonly run: (request: LazyRequest, dialect: Dialect) => unknown;
  /** A value is sent as JSON even if it is a string. */
  readonly asJson: boolean;
}

type Stage = (request: LazyRequest, dialect: Dialect) => unknown;

const isSchema = (value: object): value is Schema => '~standard' in value;

const bodyOf = (body: Schema | BodyDefinition): { schema?: Schema; decode: Stage } =>
  isSchema(body)
    ? { schema: body, decode: (request, dialect) => jsonBody(dialect, request.event) }
    : {
        ...(body.schema && { schema: body.schema }),
        decode: (request, dialect) => codedBody(body, dialect, request.event),
      };

/** Checks and decodes all that the route declares of its request. */
function admission(route: FlatRoute): Stage | undefined {
  const { params, query, headers, body } = route.options;
  const coded = body && bodyOf(body);
  if (!params && !query && !headers && !coded) return undefined;
  return (request, dialect) => {
    const parts: Parameters<typeof validate>[1][number][] = [];
    if (coded) {
      const decoded = coded.decode(request, dialect);
      if (isPromise(decoded)) return decoded.then((value) => finish(value));
      return finish(decoded);
    }
    return finish(undefined);
    function finish(decoded: unknown): unknown {
      if (params) parts.push(['params', params, (r) => r.params]);
      if (query) parts.push(['query', query, (r) => r.query]);
      if (headers) parts.push(['headers', headers, (r) => r.headers]);
      if (coded) parts.push(['body', coded.schema ?? ANY, () => decoded]);
      return validate(request, parts);
    }
  };
}

/** Takes any value as it is. */
const ANY: Schema = { '~standard': { version: 1, vendor: 'goblet', validate: (value) => ({ value }) } };

/** Logged when a result is not what its route declares; the client sees a bare 500. */
export class ResponseMismatch extends Error {
  readonly issues: unknown;
  constructor(status: number, issues: unknown) {
    super(`GOBLET_RESPONSE: the result for status ${status} does not match the response schema`);
    this.name = 'ResponseMismatch';
    this.issues = issues;
  }
}

const BODILESS = new Set([204, 205, 301, 302, 303, 304, 307, 308]);

/** Puts a result through the schema of its status: the wire gets the schema's output. */
function checkResult(
  route: FlatRoute,
  response: NonNullable<FlatRoute['options']['response']>,
  value: unknown,
): unknown {
  const replied = isReply(value);
  const status = replied ? value.status : (route.options.status ?? 200);
  const body = replied ? value.body : value;
  if (replied && body === undefined && BODILESS.has(status)) return value;
  const schema = isSchema(response) ? response : response[status];
  if (!schema) throw new ResponseMismatch(status, 'no schema is declared for this status');
  return whenReady(schema['~standard'].validate(body), (result) => {
    if (result.issues) throw new ResponseMismatch(status, issuesIn('body', result.issues));
    return replied ? { ...value, body: result.value } : result.value;
  });
}

/** What the handler and its declarations make of a request, middleware left out. */
function core(route: FlatRoute): Stage {
  const admit = admission(route);
  const { handler } = route;
  const { response } = route.options;
  const handle: Stage = response
    ? (request) => whenReady(handler(request), (value) => checkResult(route, response, value))
    : (request) => handler(request);
  if (!admit) return handle;
  return (request, dialect) => {
    const admitted = admit(request, dialect);
    return isPromise(admitted) ? admitted.then(() => handle(request, dialect)) : handle(request, dialect);
  };
}

const withValues =
  (values: Readonly<Record<string, Run>>, inner: Stage): Stage =>
  async (request, dialect) => {
    for (const name of Object.keys(values)) {
      const value = await values[name]?.(request);
      Object.defineProperty(request, name, { value, enumerable: true, configurable: true });
    }
    return inner(request, dialect);
  };

const asReply = (value: unknown, route: FlatRoute): Reply =>
  isReply(value) ? value : reply(route.options.status ?? (value === undefined ? 204 : 200), value);

const wrap =
  (middleware: Run, inner: Stage, route: FlatRoute): Stage =>
  async (request, dialect) =>
    middleware(request, async () => asReply(await inner(request, dialect), route));

const stepsOf = (layers: readonly Layer[]): Step[] => layers.flatMap((layer) => layer.steps);

/** Reads `auth`, which refuses the request where the route's authorizers say nothing. */
const guarded =
  (inner: Stage): Stage =>
  (request, dialect) => {
    void request.auth;
    return inner(request, dialect);
  };

/** The onion of a route: the app's middleware outermost, then its routers' and scopes', its handler innermost. */
export function compileRoute(route: FlatRoute): CompiledRoute {
  const steps = stepsOf(route.layers);
  const protect = route.auth.length > 0;
  let run = core(route);
  let firstWith = steps.findIndex((step) => step.kind === 'with');
  if (firstWith < 0) firstWith = steps.length;
  if (protect && firstWith === steps.length) run = guarded(run);
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i];
    if (step?.kind === 'use') run = wrap(step.run, run, route);
    else if (step) run = withValues(step.values, run);
    if (protect && i === firstWith) run = guarded(run);
  }
  return { ...route, run, asJson: route.options.response !== undefined };
}
