import type { Authorizer } from '../auth/authorizers.js';
import type { HasNoParams, PathParams } from '../declare/path-types.js';
import type {
  AppTypes,
  BodyOf,
  Route,
  SchemaInput,
  SchemaOutput,
  Simplify,
  StatusOf,
  TypedSchema,
} from '../declare/route-types.js';
import type { Source } from '../sources/source.js';

/** The front door through which requests reach the function. */
export type Gateway = 'rest' | 'http' | 'url' | 'alb';

/** The results of the gateway's authorizers, each under its name. */
export type AuthResults<C extends AppTypes> = {
  readonly [K in keyof C['auth']]?: C['auth'][K] extends Authorizer<infer A, infer Kind>
    ? A & (Kind extends 'cognito' | 'jwt' ? TokenScope : unknown)
    : never;
};

/** Members of a token in addition to the declared claims. */
export interface TokenScope {
  /** Its OAuth scopes with spaces between them, for routes with `scopes`. */
  readonly scope?: string;
}

/** Substitutes for the environment of an app under test. */
export interface TestClientOptions<C extends AppTypes> {
  /** Passed to handlers instead of the result of `setup`, which does not run. */
  readonly deps?: C['deps'];
  /** Environment variables that override those of the process. */
  readonly env?: Partial<C['environment']>;
  /** The caller of every request without its own `auth`. */
  readonly auth?: AuthResults<C>;
  /** @default 'rest' or 'http', according to the app */
  readonly gateway?: Gateway;
}

/** A line that the app logged. */
export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly [field: string]: unknown;
}

/** A response as the gateway's client sees it. */
export interface TestResponse<N extends number = number, B = unknown> {
  readonly status: N;
  /** Lower-case names; several values of one name are joined by a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The `Set-Cookie` values. */
  readonly cookies: readonly string[];
  /** The JSON value, else the text; the bytes of a binary response, `undefined` without a body. Decompressed. */
  readonly body: B;
  /** The body as text, decompressed. */
  readonly text: string;
  /** The body as sent. */
  readonly bytes: Uint8Array;
}

/** A request that is not typed by a route. */
export interface RawInit {
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Bytes and strings are sent unchanged, anything else as JSON. */
  readonly body?: unknown;
}

type InputOf<O, K extends 'query' | 'params' | 'headers', Default> = O extends { readonly [k in K]: infer X }
  ? X extends TypedSchema
    ? { readonly [k in K]: SchemaInput<X> }
    : Default
  : Default;
type BodyInput<O> = O extends { readonly body: infer X }
  ? X extends TypedSchema
    ? { readonly body: SchemaInput<X> }
    : X extends BodyOf<unknown>
      ? { readonly body: string | Uint8Array }
      : {}
  : { readonly body?: unknown };

/** The input of a call to this route. */
export type CallInput<P extends string, O, C extends AppTypes> = Simplify<
  (HasNoParams<P> extends true ? {} : { readonly params: PathParams<P> }) &
    BodyInput<O> &
    InputOf<O, 'query', { readonly query?: RawInit['query'] }> &
    InputOf<O, 'headers', { readonly headers?: RawInit['headers'] }> & {
      /** The caller, instead of the client's own. */
      readonly auth?: AuthResults<C>;
      /** The method, for a route with several. */
      readonly method?: string;
      /** Where the router was mounted, if more than once, and the variables of the prefix. */
      readonly mount?: { readonly at?: string; readonly params?: Readonly<Record<string, string>> };
    }
>;

type MapOutput<R> = {
  [N in keyof R]: N extends number ? (R[N] extends TypedSchema ? TestResponse<N, SchemaOutput<R[N]>> : never) : never;
}[keyof R];

type Success<O, R> = O extends { readonly response: infer X }
  ? X extends TypedSchema
    ? TestResponse<StatusOf<O>, SchemaOutput<X>>
    : MapOutput<X>
  : TestResponse<R extends undefined | void ? 204 : StatusOf<O>, R>;

type Failure<O> = O extends { readonly errors: readonly (infer E)[] }
  ? E extends { readonly code: infer C; readonly status: infer N extends number }
    ? TestResponse<N, { readonly code: C; readonly status: N; readonly title: string; readonly detail?: string }>
    : never
  : never;

/** The result of a call to this route: its success or one of its declared errors; `status` tells them apart. */
export type CallOutput<O, R> = Success<O, Awaited<R>> | Failure<O>;

/** The value that a test sends to a source. */
export type SentTo<X> = X extends Source<infer _K, infer _R, infer S> ? S : never;

type Arguments<I> = {} extends I ? [input?: I] : [input: I];

/** A client of an app in the same process. */
export interface TestClient<C extends AppTypes> extends AsyncDisposable {
  /** Calls a route by its handle, with typed input and output. */
  call<M extends string, P extends string, O, R>(
    route: Route<M, P, O, R>,
    ...input: Arguments<CallInput<P, O, C>>
  ): Promise<CallOutput<O, R>>;
  request(method: string, path: string, init?: RawInit & { readonly auth?: AuthResults<C> }): Promise<TestResponse>;
  get(path: string, init?: RawInit & { readonly auth?: AuthResults<C> }): Promise<TestResponse>;
  post(path: string, init?: RawInit & { readonly auth?: AuthResults<C> }): Promise<TestResponse>;
  put(path: string, init?: RawInit & { readonly auth?: AuthResults<C> }): Promise<TestResponse>;
  patch(path: string, init?: RawInit & { readonly auth?: AuthResults<C> }): Promise<TestResponse>;
  delete(path: string, init?: RawInit & { readonly auth?: AuthResults<C> }): Promise<TestResponse>;
  head(path: string, init?: RawInit & { readonly auth?: AuthResults<C> }): Promise<TestResponse>;
  options(path: string, init?: RawInit & { readonly auth?: AuthResults<C> }): Promise<TestResponse>;
  /**
   * Sends events of a source to its handler and returns the function's answer. Send message bodies to a queue, the time
   * to a schedule, the payload to a function.
   */
  send<K extends keyof C['sources'] & string>(name: K, ...sent: readonly SentTo<C['sources'][K]>[]): Promise<unknown>;
  /** The app as `fetch`; the host in the URL does not matter. */
  readonly fetch: typeof globalThis.fetch;
  /** The log lines of the app, if it has no logger of its own. */
  readonly logs: readonly LogLine[];
  /** Messages that handlers sent to connections of a WebSocket API. */
  readonly posted: readonly Posted[];
  /** Connections that are gone for handlers: those that they closed, and those that a test adds. */
  readonly gone: Set<string>;
}

/** A message that was sent to a connection. */
export interface Posted {
  readonly connectionId: string;
  /** Text, or the JSON value. */
  readonly data: unknown;
}
