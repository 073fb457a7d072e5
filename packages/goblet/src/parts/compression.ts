/** Response bodies in the encodings that clients accept. */
export { compressed } from '../http/compressed.js';
