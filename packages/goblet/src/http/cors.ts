import type { CorsDefinition } from '../definition.js';

/**
 * Which scripts of other origins may call a route, and read its answer.
 * @example new App('web-api', { cors: { origin: 'https://shop.example', exposeHeaders: ['X-Total'], maxAge: 600 } });
 */
export interface CorsOptions {
  /** One origin, several, or `*`. @default '*' */
  readonly origin?: string | readonly string[];
  /** Allowed request headers, in addition to Authorization, Content-Type and those that AWS clients send. */
  readonly headers?: readonly string[];
  /** Response headers that scripts may read. */
  readonly exposeHeaders?: readonly string[];
  /** Seconds for which a browser may cache a preflight. */
  readonly maxAge?: number;
  /** @default false */
  readonly credentials?: boolean;
}

const ALWAYS_ALLOWED = ['Authorization', 'Content-Type', 'X-Amz-Date', 'X-Amz-Security-Token', 'X-Api-Key'];

export function corsDefinition(options: CorsOptions | boolean | undefined): CorsDefinition | undefined {
  if (!options) return undefined;
  const {
    origin = '*',
    headers = [],
    exposeHeaders = [],
    maxAge,
    credentials = false,
  } = options === true ? {} : options;
  const origins = typeof origin === 'string' ? [origin] : [...origin];
  return {
    origins,
    headers: [...new Set([...ALWAYS_ALLOWED, ...headers])].sort(),
    exposeHeaders,
    maxAge,
    credentials,
  };
}

/** The CORS of an app, router or route, which inherits it unless it declares its own. */
export const corsUnder = (
  { cors: own }: { readonly cors?: CorsOptions | boolean },
  above: { readonly cors?: CorsDefinition | undefined },
): CorsDefinition | undefined => (own === undefined ? above.cors : corsDefinition(own));
