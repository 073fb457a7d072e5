import type { Dialect } from './dialect.js';
import { httpDialect } from './dialect-v2.js';

/** Function URLs: the same format, but the path is encoded and there is no template. */
export const urlDialect: Dialect = {
  ...httpDialect,
  frontDoor: 'url',
  encodedParams: true,
  template: () => undefined,
};
