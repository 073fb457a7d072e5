import { guarded } from '#parts/auth';
import type { FlatRoute } from '../declare/app-runtime.js';
import type { AnyHandler } from '../declare/declarations.js';
import { nextTwice } from '../errors/requests.js';
import type { Stage } from './exchange.js';
import { replyOf } from './outcome.js';
import type { Reply } from './reply.js';

const withValues =
  (values: Readonly<Record<string, AnyHandler>>, inner: Stage): Stage =>
  async (exchange) => {
    const { request } = exchange;
    // A router's value takes precedence over one of the same name in the scope that mounts it.
    for (const name of Object.keys(values))
      Object.defineProperty(request, name, {
        value: await values[name]?.(request),
        enumerable: true,
        configurable: true,
      });
    return inner(exchange);
  };

/**
 * If a middleware returns nothing, the result of `next` stays unchanged, like an error for which a listener returns
 * nothing.
 */
const wrap =
  (middleware: AnyHandler, inner: Stage, status: number | undefined): Stage =>
  async (exchange) => {
    const { request } = exchange;
    let rest: Promise<Reply> | undefined;
    let answered = false;
    // It throws instead of rejecting: a promise that nobody awaits would end the process.
    const next = (): Promise<Reply> => {
      if (rest) throw new TypeError(nextTwice);
      rest = (async () => replyOf(await inner(exchange), status))();
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

/**
 * The app's middleware is outermost, then its routers' and scopes'. The guard runs before the first value is computed.
 */
export function onion(route: FlatRoute, inner: Stage): Stage {
  const steps = route.layers.flatMap((layer) => layer.steps);
  const firstValues = steps.findIndex((step) => typeof step !== 'function');
  let run = firstValues < 0 ? guarded(route, inner) : inner;
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i];
    if (typeof step === 'function') run = wrap(step, run, route.options.status);
    else if (step) run = withValues(step, run);
    if (i === firstValues) run = guarded(route, run);
  }
  return run;
}
