import type { LambdaContext } from '../declare/route-types.js';

/** A function as Lambda calls it. */
export type LambdaHandler = (event: unknown, context: LambdaContext) => Promise<unknown>;
