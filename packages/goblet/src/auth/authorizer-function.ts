import { DeclarationError } from '../declare/declaration-error.js';
import type { Awaitable, LambdaContext } from '../declare/route-types.js';
import { showLine, sourceLine } from '../declare/source-line.js';
import type { Container } from '../lambda/container.js';
import { answerTo } from './authorizer-answer.js';
import type { Allowed, AuthorizerRequest, ContextValues, DeclaredAuthorizer } from './authorizer-types.js';
import type { Authorizer } from './authorizers.js';

export type { Allowed, AuthorizerRequest } from './authorizer-types.js';

export interface AllowOptions<V extends ContextValues> {
  /** Handlers read it as `auth`; a REST API turns every value into a string. */
  readonly context?: V;
  /**
   * What the caller may call: `GET /users/{id}`, or `/users/*` for any method; a variable and `*` stand for any text, slashes
   * too, and GET includes HEAD. API Gateway keeps the answer for every route that the authorizer guards. An HTTP API
   * keeps no more than yes or no, so there it takes `ttl: 0`. @default everything
   */
  readonly routes?: readonly string[];
}

/** Lets the caller in under this name. @example return allow(user.id, { context: { role: user.role } }); */
export function allow<V extends ContextValues = {}>(
  principalId: string,
  options: AllowOptions<V> = {},
): Allowed<Named<V>> {
  return { principalId, context: (options.context ?? {}) as Named<V>, routes: options.routes };
}

/** The names alone: two answers with one name and two values are of one type. */
type Named<V> = { readonly [K in keyof V]: string | number | boolean };

export interface AuthorizerOptions {
  /** REST APIs: `TOKEN` is given one header, `REQUEST` the whole request. HTTP APIs have REQUEST only. @default 'REQUEST' */
  readonly type?: 'TOKEN' | 'REQUEST';
  /**
   * The header that names the caller, or several. A request without one of them is 401 before the function is asked,
   * and answers are kept under their values. @default 'Authorization', unless there is a `query`
   */
  readonly header?: string | readonly string[];
  /** Query parameters that name the caller, as `header`; not for TOKEN. @default none */
  readonly query?: string | readonly string[];
  /**
   * Seconds for which API Gateway keeps an answer, 0 to 3600. Whatever else of the request `decide` looks at makes no
   * difference while an answer is kept. @default 300
   */
  readonly ttl?: number;
}

/** What handlers read as `auth`: the caller's name, and the context as strings. */
export type AuthorizerResult<V> = { readonly principalId: string } & { readonly [K in keyof V]: string };

/** Names that API Gateway takes in an identity source ("API Gateway request and response data mapping reference"). */
const PARAMETER = /^[\w.$-]+$/;

/** What API Gateway would refuse is refused where it is declared. */
function check(decide: unknown, declared: DeclaredAuthorizer): void {
  if (process.env.GOBLET_OMIT_TOOLING === '1') return;
  const { type, header, query, ttl } = declared;
  const line = showLine(sourceLine(authorizer), 'authorizer()');
  const refuse = (what: string): never => {
    throw new DeclarationError('GOBLET_AUTHORIZER', `${line} ${what}`);
  };
  if (typeof decide !== 'function') refuse('has no function that decides');
  if (type !== 'TOKEN' && type !== 'REQUEST') refuse(`has the type ${JSON.stringify(type)}; it is TOKEN or REQUEST`);
  if (!Number.isInteger(ttl) || ttl < 0 || ttl > 3600) refuse(`has the ttl ${ttl}; it is 0 to 3600 seconds`);
  for (const name of header)
    if (!PARAMETER.test(name)) refuse(`has the header ${JSON.stringify(name)}, which API Gateway does not take`);
  for (const name of query)
    if (!PARAMETER.test(name))
      refuse(`has the query parameter ${JSON.stringify(name)}, which API Gateway does not take`);
  if (!header.length && !query.length) refuse('goes by no header and no query parameter; name one');
  if (type === 'TOKEN' && (header.length !== 1 || query.length))
    refuse('is of type TOKEN, which goes by one header; use REQUEST');
}

/**
 * An authorizer of the app's own, which becomes a Lambda function named as it is under `auth`. What it does not allow
 * is refused: `undefined` is 403, a thrown `Unauthorized` is 401 (an HTTP API has no 401 for it, and answers 403).
 * @throws DeclarationError for options that API Gateway does not take
 * @example auth: { user: authorizer(async ({ token }) => (token === 'secret' ? allow('me') : undefined)) }
 */
export function authorizer<V extends ContextValues>(
  decide: (request: AuthorizerRequest) => Awaitable<Allowed<V> | undefined>,
  options: AuthorizerOptions = {},
): Authorizer<AuthorizerResult<V>, 'authorizer'> {
  const { type = 'REQUEST', query = [], header = options.query ? [] : 'Authorization', ttl = 300 } = options;
  const declared: DeclaredAuthorizer = { type, header: [header].flat(), query: [query].flat(), ttl };
  check(decide, declared);
  const answer = (container: Container, event: unknown, context: LambdaContext) =>
    answerTo(decide, declared, container, event, context);
  return { kind: 'authorizer', options: { ...declared, answer } };
}
