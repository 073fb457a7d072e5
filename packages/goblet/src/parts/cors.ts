/** CORS headers and preflights. */
export { corsUnder } from '../http/cors.js';
export { corsHeaders, preflight } from '../http/cors-headers.js';
