/** The variables that the app declares. */
export { parseEnv } from '../lambda/env.js';
