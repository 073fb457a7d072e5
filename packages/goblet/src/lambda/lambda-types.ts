import type { LambdaContext } from '../declare/route-types.js';

/** A function that Lambda calls. */
export type LambdaHandler = (event: unknown, context: LambdaContext) => Promise<unknown>;
