import type { RouteDefinitionOptions } from '../definition.js';
import type { RouteOptions } from './route-types.js';

/** The options of a route as the runtime uses them: those that tools read, and those that its mounts resolve. */
export type DeclaredOptions = RouteDefinitionOptions & Pick<RouteOptions, 'auth' | 'cors'>;
