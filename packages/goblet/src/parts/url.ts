/** The events of Function URLs. */
export { urlDialectOf } from '../http/dialect-url.js';
