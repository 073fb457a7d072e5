import type { Inherited } from './app-runtime.js';
import type { DeclaredOptions } from './declared-options.js';

/** The logical name of a route's function: routes that stream are in one of their own. */
export const functionOf = ({ stream }: DeclaredOptions, above: Inherited) => ({
  function: stream ? `${above.function}Stream` : above.function,
});
