import type { RouteDefinitionOptions } from '../definition.js';
import type { RouteOptions } from './route-types.js';

/** The options of a route as they are run: what tools read, and what its mounts resolve. */
export type DeclaredOptions = RouteDefinitionOptions & Pick<RouteOptions, 'auth' | 'cors'>;
