/** Middleware, and the values of scopes. */
export { addStep, layersOf } from '../declare/layers.js';
export { onion } from '../http/middleware.js';
