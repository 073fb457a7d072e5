/** The start of a container: its environment and `setup`. */
export { start, startAtOnce } from '../lambda/start.js';
