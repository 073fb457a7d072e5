/** Authorizers: the app's own ones, and the guard of routes behind any. */
export { authorizerHandler } from '../auth/authorizer-handler.js';
export { readAuth } from '../auth/read-auth.js';
export { guarded } from '../http/guard.js';
