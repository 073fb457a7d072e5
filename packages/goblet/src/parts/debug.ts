/** Details of unknown errors in their responses. */
export { debugDetails } from '../http/debug-details.js';
