/** `onError`. */
export { addListener, flattenListener } from '../declare/listeners.js';
export { askListeners } from '../http/ask-listeners.js';
