/** The events of REST APIs. */
export { restDialectOf } from '../http/dialect-v1.js';
