import { isPromise } from '../awaitable.js';
import type { Layer, Run } from '../recorder.js';
import type { Reply } from '../reply.js';
import type { FlatRoute } from '../runtime.js';
import type { Dialect } from './dialect.js';
import { replyOf } from './outcome.js';
import type { LazyRequest } from './request.js';
import { admission, checkedResult } from './validate.js';

/** From the request to what is to be sent: a value, or a Reply. */
export type Stage = (request: LazyRequest, dialect: Dialect) => unknown;

/** A route whose declarations became one function. */
export interface CompiledRoute extends FlatRoute {
  readonly run: Stage;
  /** A value is sent as JSON even if it is a string. */
  readonly asJson: boolean;
}

/** What the handler and the route's schemas make of a request, middleware left out. */
function core(route: FlatRoute): Stage {
  const { handler, options } = route;
  let handle: Stage = (request) => handler(request);
  if (process.env.GOBLET_OMIT_SCHEMAS !== '1') {
    const { response } = options;
    if (response) {
      const check = checkedResult(response, options.status);
      handle = (request) => {
        const value = handler(request);
        return isPromise(value) ? Promise.resolve(value).then(check) : check(value);
      };
    }
    const admit = admission(options);
    if (admit) {
      const admitted = handle;
      handle = (request, dialect) => {
        const waiting = admit(request, dialect);
        return isPromise(waiting) ? waiting.then(() => admitted(request, dialect)) : admitted(request, dialect);
      };
    }
  }
  return handle;
}

const withValues =
  (values: Readonly<Record<string, Run>>, inner: Stage): Stage =>
  async (request, dialect) => {
    // A router's value stands before one of the same name in the scope that mounts it.
    for (const name of Object.keys(values))
      Object.defineProperty(request, name, {
        value: await values[name]?.(request),
        enumerable: true,
        configurable: true,
      });
    return inner(request, dialect);
  };

/** Where a middleware returns nothing, what `next` gave stays as it is, as an error does where a listener returns nothing. */
const wrap =
  (middleware: Run, inner: Stage, status: number | undefined): Stage =>
  async (request, dialect) => {
    let rest: Promise<Reply> | undefined;
    let answered = false;
    // It throws rather than rejects: a promise that is forgotten would end the process.
    const next = (): Promise<Reply> => {
      if (rest) throw new TypeError('GOBLET_NEXT_TWICE: a middleware called next twice');
      rest = (async () => replyOf(await inner(request, dialect), status))();
      rest
        .catch((error: unknown) => {
          if (answered) request.log.error('The handler failed after its middleware had answered', { error });
        })
        .catch(() => undefined);
      return rest;
    };
    const value = await middleware(request, next);
    if (value === undefined && rest) return rest;
    answered = true;
    return value;
  };

/** Reads `auth`, which refuses the request where the route's authorizers say nothing. */
const guarded =
  (inner: Stage): Stage =>
  (request, dialect) => {
    void request.auth;
    return inner(request, dialect);
  };

/** The app's middleware outermost, then its routers' and scopes'. The guard comes before the first value is made. */
function onion(layers: readonly Layer[], inner: Stage, guard: boolean, status: number | undefined): Stage {
  const steps = layers.flatMap((layer) => layer.steps);
  const first = steps.findIndex((step) => typeof step !== 'function');
  let run = guard && first < 0 ? guarded(inner) : inner;
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i];
    if (typeof step === 'function') run = wrap(step, run, status);
    else if (step) run = withValues(step, run);
    if (guard && i === first) run = guarded(run);
  }
  return run;
}

/** Makes one function of a route's handler, schemas, guard and middleware. */
export function compileRoute(route: FlatRoute): CompiledRoute {
  const { layers, auth, options } = route;
  let run = core(route);
  if (process.env.GOBLET_OMIT_MIDDLEWARE !== '1') run = onion(layers, run, auth.length > 0, options.status);
  else if (process.env.GOBLET_OMIT_AUTH !== '1' && auth.length) run = guarded(run);
  if (process.env.GOBLET_OMIT_AUTH === '1' && auth.length) throw new TypeError('GOBLET_BUNDLE: without authorizers');
  // Without authorizers there is no route with scopes that would have come this far.
  if (process.env.GOBLET_OMIT_AUTH !== '1' && process.env.GOBLET_OMIT_SCOPES === '1' && options.scopes)
    throw new TypeError('GOBLET_BUNDLE: without scopes');
  return { ...route, run, asJson: process.env.GOBLET_OMIT_SCHEMAS !== '1' && options.response !== undefined };
}
