/** Schemas of requests and results. */
export { betweenSchemas } from '../http/validate.js';
