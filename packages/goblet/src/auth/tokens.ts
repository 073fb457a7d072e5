import type { AuthorizerDefinition } from '../definition.js';

/** True if callers bring a token, which has scopes. */
export const hasTokens = ({ kind }: AuthorizerDefinition): boolean => kind === 'cognito' || kind === 'jwt';
