/** The handlers of sources. */
export { addHandler, flattenHandler } from '../declare/event-handlers.js';
export { sourceHandler } from '../lambda/events.js';
