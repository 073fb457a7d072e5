/** Routers, and the apps that mount them. */
export { addMount, flattenMount, mountedPath } from '../declare/mounts.js';
