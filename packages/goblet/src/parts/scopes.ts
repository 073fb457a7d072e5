/** The scopes that routes require of tokens. */
export { admitScopes, checkScopes } from '../auth/scopes.js';
