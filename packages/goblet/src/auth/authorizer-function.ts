import { checkAuthorizer } from '#parts/tooling';
import type { Awaitable, LambdaContext } from '../declare/route-types.js';
import type { Container } from '../lambda/container.js';
import { answerTo } from './authorizer-answer.js';
import type { Allowed, AuthorizerRequest, ContextValues, DeclaredAuthorizer } from './authorizer-types.js';
import type { Authorizer } from './authorizers.js';

export type { Allowed, AuthorizerRequest } from './authorizer-types.js';

/** Additions to the answer that lets a caller in. */
export interface AllowOptions<V extends ContextValues> {
  /** Handlers read it as `auth`; a REST API converts every value to a string. */
  readonly context?: V;
  /**
   * The routes that the caller may call: `GET /users/{id}`, or `/users/*` for any method. A variable and `*` match any
   * text including slashes, and GET includes HEAD. API Gateway caches the answer for every route that the authorizer
   * guards. An HTTP API caches only yes or no, so it requires `ttl: 0`.
   * @default everything
   */
  readonly routes?: readonly string[];
}

/**
 * Gives the caller access under this name.
 * @example return allow(user.id, { context: { role: user.role } });
 */
export function allow<V extends ContextValues = {}>(
  principalId: string,
  options: AllowOptions<V> = {},
): Allowed<Named<V>> {
  return { principalId, context: (options.context ?? {}) as Named<V>, routes: options.routes };
}

/** Only the names: two answers with one name and two values have the same type. */
type Named<V> = { readonly [K in keyof V]: string | number | boolean };

/** How API Gateway calls an authorizer, and for how long it caches an answer. */
export interface AuthorizerOptions {
  /**
   * REST APIs: `TOKEN` receives one header, `REQUEST` the whole request. HTTP APIs have only REQUEST.
   * @default 'REQUEST'
   */
  readonly type?: 'TOKEN' | 'REQUEST';
  /**
   * The header that identifies the caller, or several headers. A request without one of them is a 401 before the
   * function is called. Their values are part of the cache key.
   * @default 'Authorization', unless there is a `query`
   */
  readonly header?: string | readonly string[];
  /**
   * Query parameters that identify the caller, like `header`; not for TOKEN.
   * @default none
   */
  readonly query?: string | readonly string[];
  /**
   * Seconds for which API Gateway caches an answer, 0 to 3600. Other parts of the request that `decide` reads have no
   * effect while an answer is cached.
   * @default 300
   */
  readonly ttl?: number;
}

/** The value that handlers read as `auth`: the caller's name, and the context as strings. */
export type AuthorizerResult<V> = { readonly principalId: string } & { readonly [K in keyof V]: string };

/**
 * The app's own authorizer, which becomes a Lambda function with its name under `auth`. It refuses every caller that it
 * does not allow: `undefined` is a 403, a thrown `Unauthorized` is a 401 (an HTTP API answers 403, because it has no
 * 401 for this).
 * @throws DeclarationError for options that API Gateway does not accept
 * @example auth: { user: authorizer(async ({ token }) => (token === 'secret' ? allow('me') : undefined)) }
 */
export function authorizer<V extends ContextValues>(
  decide: (request: AuthorizerRequest) => Awaitable<Allowed<V> | undefined>,
  options: AuthorizerOptions = {},
): Authorizer<AuthorizerResult<V>, 'authorizer'> {
  const { type = 'REQUEST', query = [], header = options.query ? [] : 'Authorization', ttl = 300 } = options;
  const declared: DeclaredAuthorizer = { type, header: [header].flat(), query: [query].flat(), ttl };
  checkAuthorizer(authorizer, decide, declared);
  const answer = (container: Container, event: unknown, context: LambdaContext) =>
    answerTo(decide, declared, container, event, context);
  return { kind: 'authorizer', options: { ...declared, answer } };
}
