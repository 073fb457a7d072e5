import type { Dialect, GatewayEvent } from './dialect.js';
import { httpDialect, isUrlEvent } from './dialect-v2.js';

/** Function URLs: the same format, but the path is encoded and there is no template. */
export const urlDialect: Dialect = {
  ...httpDialect,
  frontDoor: 'url',
  encodedParams: true,
  template: () => undefined,
};

/** The dialect of an event from a Function URL. */
export const urlDialectOf = (event: GatewayEvent): Dialect | undefined =>
  event.requestContext?.http && isUrlEvent(event) ? urlDialect : undefined;
