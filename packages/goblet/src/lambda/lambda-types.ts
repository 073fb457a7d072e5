import type { LambdaContext } from '../declare/route-types.js';

/** A function that Lambda calls. */
export type LambdaHandler = (event: unknown, context: LambdaContext) => Promise<unknown>;

/** The handler of a function's events, once its app has started. */
export type Handle = (event: unknown, context: LambdaContext) => unknown;
