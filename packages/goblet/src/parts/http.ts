/** The events of HTTP APIs. */
export { httpDialectOf } from '../http/dialect-v2.js';
