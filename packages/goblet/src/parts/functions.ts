/** Functions of routes beside `APIHandler`: of routers with a function of their own, and of routes that stream. */
export { functionOf } from '../declare/function-of.js';
export { servedElsewhere } from '../http/served-elsewhere.js';
