/** Matching of requested paths, for front doors that match none themselves. */
export { matchedPath } from '../http/match.js';
