import type { FlatRoute } from '../declare/runtime.js';
import type { CompiledRoute, Stage } from './exchange.js';
import { guarded } from './guard.js';
import { onion } from './middleware.js';
import { betweenSchemas } from './validate.js';

/** Combines a route's handler, schemas, guard and middleware into one function. */
export function compileRoute(route: FlatRoute): CompiledRoute {
  const { handler, options } = route;
  const handle: Stage = ({ request }) => handler(request);
  const typed = process.env.GOBLET_OMIT_SCHEMAS !== '1' ? betweenSchemas(options, handle) : handle;
  const run = process.env.GOBLET_OMIT_MIDDLEWARE !== '1' ? onion(route, typed) : guarded(route, typed);
  return { ...route, run, asJson: process.env.GOBLET_OMIT_SCHEMAS !== '1' && options.response !== undefined };
}
