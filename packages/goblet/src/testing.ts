export { testClient } from './testing/test-client.js';
export type * from './testing/types.js';
