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

/** How requests reach the function. */
export type Gateway = 'rest' | 'http' | 'url' | 'alb';

/** Who the gateway's authorizers say is calling, each under its name. */
export type AuthResults<C extends AppTypes> = {
  readonly [K in keyof C['auth']]?: C['auth'][K] extends Authorizer<infer A, infer Kind>
    ? A & (Kind extends 'cognito' | 'jwt' ? TokenScope : unknown)
    : never;
};

/** What a token has beside the claims that the app declares. */
export interface TokenScope {
  /** Its OAuth scopes with spaces between them, for routes with `scopes`. */
  readonly scope?: string;
}

export interface TestClientOptions<C extends AppTypes> {
  /** Given to handlers in place of what `setup` makes; `setup` does not run. */
  readonly deps?: C['deps'];
  /** Environment variables, over those of the process. */
  readonly env?: Partial<C['environment']>;
  /** The caller of every request that does not say. */
  readonly auth?: AuthResults<C>;
  /** @default 'rest' or 'http', as the app says */
  readonly gateway?: Gateway;
}

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly [field: string]: unknown;
}

/** A response as a client of the gateway sees it. */
export interface TestResponse<N extends number = number, B = unknown> {
  readonly status: N;
  /** Lower-case names; several values of one name are joined by a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The `Set-Cookie` values. */
  readonly cookies: readonly string[];
  /** The JSON value, else the text; the bytes of a binary response, `undefined` for none. Decoded, where it was compressed. */
  readonly body: B;
  /** The body as text, decoded where it was compressed. */
  readonly text: string;
  /** The body as it was sent. */
  readonly bytes: Uint8Array;
}

export interface RawInit {
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Bytes and strings are sent as they are, anything else as JSON. */
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

/** What a call of this route needs. */
export type CallInput<P extends string, O, C extends AppTypes> = Simplify<
  (HasNoParams<P> extends true ? {} : { readonly params: PathParams<P> }) &
    BodyInput<O> &
    InputOf<O, 'query', { readonly query?: RawInit['query'] }> &
    InputOf<O, 'headers', { readonly headers?: RawInit['headers'] }> & {
      /** The caller, in place of the client's own. */
      readonly auth?: AuthResults<C>;
      /** Which method, for a route of several. */
      readonly method?: string;
      /** Where the router was mounted, if it was more than once, and what the prefix captures. */
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

/** What a call of this route gives: its success or one of its declared errors, told apart by `status`. */
export type CallOutput<O, R> = Success<O, Awaited<R>> | Failure<O>;

/** What a test sends to a source. */
export type SentTo<X> = X extends Source<infer _K, infer _R, infer S> ? S : never;

type Arguments<I> = {} extends I ? [input?: I] : [input: I];

export interface TestClient<C extends AppTypes> extends AsyncDisposable {
  /** Calls a route by its handle, typed both ways. */
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
   * Sends events of a source to its handler and gives what the function answers: message bodies of a queue, the time of
   * a schedule, the payload of a function.
   */
  send<K extends keyof C['sources'] & string>(name: K, ...sent: readonly SentTo<C['sources'][K]>[]): Promise<unknown>;
  /** The app as `fetch`, for code that wants one; the host of the address does not matter. */
  readonly fetch: typeof globalThis.fetch;
  /** What the app logged, where it has no logger of its own. */
  readonly logs: readonly LogLine[];
  /** What handlers sent to connections of a WebSocket API. */
  readonly posted: readonly Posted[];
  /** Connections that handlers find gone: those that they closed, and those that a test adds. */
  readonly gone: Set<string>;
}

/** What was sent to a connection. */
export interface Posted {
  readonly connectionId: string;
  /** Text, or the JSON value. */
  readonly data: unknown;
}
