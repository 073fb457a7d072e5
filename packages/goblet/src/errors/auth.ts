import type { SourceLine } from '../definition.js';
import { coded } from './catalogue.js';

export const GOBLET_AUTHORIZER =
  '`authorizer` has options that API Gateway does not accept. A TOKEN authorizer has one header as its identity source, a REQUEST authorizer has headers and query parameters; `ttl` is 0 to 3600.';

/** @param where the line of the authorizer, or its call */
const authorizer = (where: string, what: string) => coded('GOBLET_AUTHORIZER', `${where} ${what}`);

export const decidesNothing = (where: string) => authorizer(where, 'has no function that decides');

export const authorizerType = (where: string, type: unknown) =>
  authorizer(where, `has the type ${JSON.stringify(type)}; it must be TOKEN or REQUEST`);

export const authorizerTtl = (where: string, ttl: unknown) =>
  authorizer(where, `has the ttl ${ttl}; it must be 0 to 3600 seconds`);

export const identitySource = (where: string, what: 'header' | 'query parameter', name: string) =>
  authorizer(where, `has the ${what} ${JSON.stringify(name)}, which API Gateway does not accept`);

export const noIdentitySource = (where: string) =>
  authorizer(where, 'has no identity source; name a header or a query parameter');

export const sourcesOfToken = (where: string) =>
  authorizer(where, 'is of type TOKEN, which has one header as its identity source; use REQUEST');

export const GOBLET_AUTHORIZER_CONTEXT =
  'An authorizer allowed a caller with a context that API Gateway does not accept; nobody gets access. Use strings, numbers and booleans; write JSON for anything else, and do not name a value `principalId`.';

export const contextName = (name: string) =>
  `GOBLET_AUTHORIZER_CONTEXT: the context has the name ${JSON.stringify(name)}, which API Gateway reserves`;

export const contextValue = (name: string, value: unknown) =>
  `GOBLET_AUTHORIZER_CONTEXT: ${name} is ${value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : String(value)}; a context has strings, numbers and booleans`;

export const GOBLET_AUTHORIZER_ROUTE =
  'An authorizer limited a caller to something that is not a route, or to routes that an HTTP API would not cache; nobody gets access. Write `GET /users/{id}` or `/users/*`; in an HTTP API give the authorizer `ttl: 0`.';

export const notRoute = (route: string) =>
  `GOBLET_AUTHORIZER_ROUTE: ${JSON.stringify(route)} is neither "GET /path" nor "/path"`;

export const routesAreCached =
  'GOBLET_AUTHORIZER_ROUTE: an HTTP API caches yes or no for every route; give the authorizer ttl: 0, or leave out routes';

export const GOBLET_AUTH_SCHEMA =
  'The claims schema of an authorizer is asynchronous. Claims are read when a handler first uses `auth`, so use a synchronous schema.';

export const asynchronousClaims = (name: string) =>
  `GOBLET_AUTH_SCHEMA: the schema of "${name}" is asynchronous; claims need one that is not`;

export const GOBLET_AUTH_UNKNOWN =
  'A route, a source or a default names an authorizer that is not under the app’s `auth`, or names none. Correct the name, or declare the authorizer; `auth: false` opens a route.';

/** @param where the route or the source that requires it */
export const unknownAuthorizer = (where: string, name: string) =>
  coded('GOBLET_AUTH_UNKNOWN', `${where} requires "${name}", which is not under auth`);

export const emptyAuth = (route: string, source: SourceLine | undefined) =>
  coded('GOBLET_AUTH_UNKNOWN', `${route} has no name in auth: []; write auth: false to open it`, source);

export const GOBLET_SCOPES =
  'A route has invalid scopes, or scopes that none of its authorizers can check. Only tokens have scopes: guard the route with `cognito` or `jwt`, or remove the scopes.';

export const noScope = (route: string) =>
  coded('GOBLET_SCOPES', `${route} has no scope in its scopes; name one, or leave them out`);

export const invalidScope = (route: string, scope: unknown) =>
  coded('GOBLET_SCOPES', `${route} has the scope ${JSON.stringify(scope)}; a scope is text without spaces`);

/** @param auth the authorizers of the route, none of which has tokens */
export const scopesWithoutToken = (route: string, auth: readonly string[]) =>
  coded(
    'GOBLET_SCOPES',
    `${route} has scopes, and ${auth.length ? `the callers of ${auth.join(' and ')} have` : 'is open to callers with'} no token; guard it by cognito() or jwt()`,
  );

export const GOBLET_WEBSOCKET_AUTH =
  'A WebSocket API has an authorizer of a kind that API Gateway does not support there. Use `iam()`, or `authorizer()` of type REQUEST, which can verify a token itself. Browsers send no headers: give it a `query`.';

export const webSocketGuard = (source: string, guard: string) =>
  coded(
    'GOBLET_WEBSOCKET_AUTH',
    `the source "${source}" is guarded by "${guard}", which API Gateway does not support for WebSocket APIs; use iam(), or authorizer() of type REQUEST`,
  );
