import type { Exchange } from './exchange.js';
import type { Headers } from './outcome.js';

/** The body in an encoding that the client accepts, if the app compresses; its headers are added. */
export const compressed = (
  body: string | Uint8Array,
  headers: Headers,
  { container, event, dialect }: Exchange,
): string | Uint8Array | undefined =>
  container.runtime.compression?.encode(body, headers, dialect.header(event, 'accept-encoding'));
