/** The end of a container. */
export { endOnSigterm } from '../lambda/end.js';
