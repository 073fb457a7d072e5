import type { Dialect } from './dialect.js';
import { httpDialect } from './dialect-v2.js';

/** Function URLs: the same format, the path encoded, and never a template. */
export const urlDialect: Dialect = {
  ...httpDialect,
  frontDoor: 'url',
  encodedParams: true,
  template: () => undefined,
};
