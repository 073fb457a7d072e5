import type { Authorizer } from '../auth/authorizers.js';
import type { AuthorizerDefinition, BodyDefinition, EnvType } from '../definition.js';
import type { CorsOptions } from '../http/cors.js';
import type { ErrorClass } from '../http/error-types.js';
import type { Reply } from '../http/reply.js';
import type { Logger } from '../lambda/logger.js';
import type { Source } from '../sources/source.js';
import type { CheckPath, NameIn } from './path-types.js';

/** A value, or a promise of it. */
export type Awaitable<T> = T | Promise<T>;
export type Simplify<T> = { [K in keyof T]: T[K] } & {};

/** The types that an app provides to its handlers, each under its own name. */
export interface AppTypes {
  deps: unknown;
  env: unknown;
  /** The type that `env` must be bound to: strings, optional if the schema accepts their absence. */
  environment: unknown;
  auth: unknown;
  values: unknown;
  params: unknown;
  sources: unknown;
  /** The name under `auth` that guards routes without their own `auth`. */
  defaultAuth: unknown;
}

/**
 * The part of a schema that types need. `StandardSchemaV1` would cost the compiler more: it would compute and compare
 * the `~standard` of every schema of every route, including its `validate`.
 */
export interface TypedSchema {
  readonly '~standard': unknown;
}
interface StandardTypes {
  readonly '~standard': { readonly types?: { readonly input: unknown; readonly output: unknown } | undefined };
}
/** Zod's own way to the same types. Its `~standard` is nine interfaces for each schema, half of a route's cost. */
interface ZodTypes {
  readonly _zod: { readonly input: unknown; readonly output: unknown };
}
export type SchemaInput<S> = S extends ZodTypes
  ? S['_zod']['input']
  : S extends StandardTypes
    ? NonNullable<S['~standard']['types']>['input']
    : never;
export type SchemaOutput<S> = S extends ZodTypes
  ? S['_zod']['output']
  : S extends StandardTypes
    ? NonNullable<S['~standard']['types']>['output']
    : never;

/** The environment variables that an app declares, with their types. */
export type EnvSpec = Readonly<Record<string, EnvType>>;
/** The parsed values of the environment variables that an app declares. */
export type EnvOf<E> = {
  readonly [K in keyof E]: E[K] extends StringConstructor
    ? string
    : E[K] extends NumberConstructor
      ? number
      : E[K] extends BooleanConstructor
        ? boolean
        : E[K] extends TypedSchema
          ? SchemaOutput<E[K]>
          : never;
};

type OptionalVariable<E> = {
  [K in keyof E]: E[K] extends TypedSchema ? (undefined extends SchemaInput<E[K]> ? K : never) : never;
}[keyof E];

/**
 * The values that the variables are bound to. A variable whose schema accepts `undefined` is optional, like one with a
 * default. A schema that accepts anything by its type (`z.coerce.number()`) may refuse that at run time; the construct
 * checks it.
 */
export type EnvironmentOf<E> = { readonly [K in Exclude<keyof E, OptionalVariable<E>>]: string } & {
  readonly [K in OptionalVariable<E>]?: string;
};

/** A body that is not plain JSON; created by `form`, `multipart` and `raw`. */
export interface BodyOf<T> extends BodyDefinition {
  readonly _body?: T;
}

type AnyErrorClass = {
  new (...args: never): Error;
  readonly code: string;
  readonly status: number;
  readonly title: string;
};

/**
 * The input, the answers and the callers that a route accepts.
 * @example app.post('/users', { body: User, response: User, status: 201, errors: [UserExists] }, ({ body, deps }) => deps.users.create(body));
 */
export type RouteOptions<Auth extends string = string> = {
  /** A schema for a JSON body, or `form(…)`, `multipart(…)`, `raw(…)`. */
  readonly body?: TypedSchema | BodyDefinition;
  readonly query?: TypedSchema;
  readonly params?: TypedSchema;
  readonly headers?: TypedSchema;
  /** The response, validated and stripped of unknown keys; one schema, or one for each status. */
  readonly response?: TypedSchema | { readonly [status: number]: TypedSchema };
  /**
   * The status of a plain result.
   * @default 200, or 204 for no result
   */
  readonly status?: number;
  /** The errors that clients should expect. */
  readonly errors?: readonly AnyErrorClass[];
  /** Names under the app's `auth`, all of which must allow the caller; `false` opens the route. */
  readonly auth?: Auth | readonly Auth[] | false;
  /** OAuth scopes, of which the token needs at least one. */
  readonly scopes?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly cors?: CorsOptions | boolean;
  /** Gives the route a separate function that streams its response. */
  readonly stream?: true;
};

/** The options themselves if every key is an option, else a sentence for each unknown key. */
export type Exact<O> =
  Exclude<keyof O, keyof RouteOptions> extends never
    ? O
    : { readonly [K in Exclude<keyof O, keyof RouteOptions>]: `goblet: unknown route option '${K & string}'` };

type Strings = { readonly [name: string]: string | undefined };

/** The status of a plain result. */
export type StatusOf<O> = O extends { readonly status: infer N extends number } ? N : 200;

type Bodiless = Reply<204 | 205 | 301 | 302 | 303 | 304 | 307 | 308, undefined>;

/** The type that a handler may return under its options. */
export type ResultOf<O> = O extends { readonly response: infer R }
  ? R extends TypedSchema
    ? SchemaInput<R> | Reply<number, SchemaInput<R>> | Bodiless
    :
        | {
            [N in keyof R]: N extends number
              ? Reply<N, SchemaInput<R[N]>> | (N extends StatusOf<O> | 201 ? SchemaInput<R[N]> : never)
              : never;
          }[keyof R]
        | Bodiless
  : unknown;

type AuthResult<X> = X extends Authorizer<infer A> ? A : never;
type AuthUnder<A, N> = [N] extends [never]
  ? undefined
  : N extends keyof A
    ? AuthResult<A[N]>
    : N extends readonly (infer M)[]
      ? { readonly [K in M & keyof A]: AuthResult<A[K]> }
      : undefined;
export type AuthOf<O, C extends AppTypes> = O extends { readonly auth: infer N }
  ? AuthUnder<C['auth'], N>
  : AuthUnder<C['auth'], C['defaultAuth']>;

/** Lambda's description of the invocation. */
export interface LambdaContext {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  getRemainingTimeInMillis(): number;
}

/**
 * The request, as handlers see it. Every part is made when it is first read.
 * @example app.get('/users/{name}', ({ params, query, log }) => find(params.name, query.view));
 */
export interface HttpRequest<P extends string = string, O = {}, C extends AppTypes = AppTypes> {
  /** Upper-case. */
  readonly method: string;
  /** As requested, without the stage; still percent-encoded. */
  readonly path: string;
  readonly params: O extends { readonly params: TypedSchema }
    ? SchemaOutput<O['params']>
    : { readonly [K in NameIn<P> | keyof C['params']]: string };
  /** The schema's output, else the last value of each parameter. */
  readonly query: O extends { readonly query: TypedSchema } ? SchemaOutput<O['query']> : Strings;
  /** The schema's output, else the last value of each header under its lower-case name. */
  readonly headers: O extends { readonly headers: TypedSchema } ? SchemaOutput<O['headers']> : Strings;
  readonly cookies: Strings;
  /** The schema's output, else the JSON value. */
  readonly body: O extends { readonly body: TypedSchema }
    ? SchemaOutput<O['body']>
    : O extends { readonly body: BodyOf<infer B> }
      ? B
      : unknown;
  readonly rawBody: Uint8Array;
  readonly auth: AuthOf<O, C>;
  readonly deps: C['deps'];
  readonly env: C['env'];
  /** The event as delivered by Lambda. */
  readonly event: unknown;
  readonly context: LambdaContext;
  readonly log: Logger;
  /** Aborts shortly before the function times out. */
  readonly signal: AbortSignal;
  /** Every value of a query parameter, in order. */
  all(name: string): readonly string[];
}

/** The request that middleware and `with` receive, before any schema is applied. */
export type BareRequest<C extends AppTypes> = Omit<HttpRequest<string, {}, C>, 'auth'> & {
  readonly auth: AuthUnder<C['auth'], C['defaultAuth']>;
} & C['values'];

/** The handle that a verb returns, for the typed test client. */
export interface Route<M extends string = string, P extends string = string, O = {}, R = unknown> {
  readonly kind: 'route';
  readonly method: M;
  readonly path: P;
  readonly _options?: O;
  readonly _result?: R;
}

export type AuthName<C extends AppTypes> = keyof C['auth'] & string;
/** The handler of a route: it receives the request and returns the value to send. */
export type Handler<P extends string, O, C extends AppTypes, R> = (
  request: HttpRequest<P, O, C> & C['values'],
) => Awaitable<R>;

/** Declares a route for one method. */
export interface Verb<M extends string, C extends AppTypes> {
  <const P extends string, R>(path: CheckPath<P>, handler: Handler<P, {}, C, R>): Route<M, P, {}, R>;
  <const P extends string, const O extends RouteOptions<AuthName<C>>, R extends ResultOf<O>>(
    path: CheckPath<P>,
    options: Exact<O>,
    handler: Handler<P, O, C, R>,
  ): Route<M, P, O, R>;
}

export type RecordOf<X> = X extends Source<infer _K, infer R> ? R : never;

/** The records of an event; some sources always deliver exactly one. */
export type RecordsOf<X> =
  X extends Source<'websocket' | 'schedule' | 'lambda', infer R> ? readonly [R] : readonly RecordOf<X>[];

export type AuthMap = Readonly<Record<string, AuthorizerDefinition>>;
export type ErrorOf<E> = E extends ErrorClass<infer C, infer N> ? { code: C; status: N } : never;
