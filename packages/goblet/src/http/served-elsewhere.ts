import type { FlatRoute } from '../declare/app-runtime.js';
import { NotFound } from './errors.js';
import type { CompiledRoute } from './exchange.js';

const run = (): never => {
  throw new NotFound();
};

/**
 * The route as a function has it that does not serve it. All routes are known to each function, because a 405 and a
 * preflight speak for the whole path.
 * @param functionName the function, unless it serves all of the app
 */
export const servedElsewhere = (functionName: string | undefined, route: FlatRoute): CompiledRoute | undefined =>
  functionName === undefined || route.function === functionName ? undefined : { ...route, run };
