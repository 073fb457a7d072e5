import { onion } from '#parts/middleware';
import { betweenSchemas } from '#parts/schemas';
import type { FlatRoute } from '../declare/app-runtime.js';
import type { CompiledRoute, Stage } from './exchange.js';

/** Combines a route's handler, schemas, guard and middleware into one function. */
export function compileRoute(route: FlatRoute): CompiledRoute {
  const { handler, options } = route;
  const handle: Stage = ({ request }) => handler(request);
  return { ...route, run: onion(route, betweenSchemas(options, handle) ?? handle) };
}
