/** Responses that are sent as they are produced. */
export { streamed, streaming, streams } from '../http/stream.js';
