import type { APP, AppDefinition } from '../definition.js';
import type { Compression } from '../http/compression.js';
import type { CorsOptions } from '../http/cors.js';
import type { Reply } from '../http/reply.js';
import type { Logger } from '../lambda/logger.js';
import type { CheckPath, PathParams } from './path-types.js';
import type {
  AppTypes,
  AuthName,
  Awaitable,
  BareRequest,
  EnvOf,
  Exact,
  Handler,
  HttpRequest,
  LambdaContext,
  RecordsOf,
  ResultOf,
  Route,
  RouteOptions,
  Simplify,
  Verb,
} from './route-types.js';

declare const types: unique symbol;
declare const routerTypes: unique symbol;

/** The methods that API Gateway routes. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';

/** Calls the rest of the chain and resolves to its result as a reply; rejects with the error that the handler threw. */
export type Next = () => Promise<Reply>;

/**
 * Wraps every handler of its router. What it returns is the response; nothing leaves what `next` gave as it is.
 * @example
 * app.use(async ({ log }, next) => {
 *   const begun = performance.now();
 *   const answer = await next();
 *   log.info('answered', { status: answer.status, milliseconds: performance.now() - begun });
 * });
 */
export type Middleware<C extends AppTypes> = (request: BareRequest<C>, next: Next) => Awaitable<unknown>;

type With<C extends AppTypes, V> = Simplify<
  Omit<C, 'values'> & { values: C['values'] & { readonly [K in keyof V]: V[K] } }
>;

/** The types that an app provides to a router mounted at this prefix. */
type Provided<C extends AppTypes, P extends string> = {
  deps: C['deps'];
  env: C['env'];
  auth: C['auth'];
  values: C['values'];
  sources: C['sources'];
  params: C['params'] & PathParams<P>;
};
type Wanted<D extends AppTypes> = Omit<D, 'defaultAuth' | 'environment'>;

/** Options of a mounted router. */
export interface MountOptions {
  /** The Lambda function that serves the router's routes, `[A-Za-z][A-Za-z0-9]*`. @default the app's `APIHandler` */
  readonly function?: string;
}

/** The event that the handler of a source receives. */
export interface SourceEvent<X, C extends AppTypes> {
  readonly records: RecordsOf<X>;
  readonly deps: C['deps'];
  readonly env: C['env'];
  /** The event as delivered by Lambda. */
  readonly event: unknown;
  readonly context: LambdaContext;
  readonly log: Logger;
}

/** Where routes are declared: an app, a router, or a scope of either. */
export interface Routes<C extends AppTypes> {
  readonly [types]?: (types: C) => void;
  readonly get: Verb<'GET', C>;
  readonly post: Verb<'POST', C>;
  readonly put: Verb<'PUT', C>;
  readonly patch: Verb<'PATCH', C>;
  readonly delete: Verb<'DELETE', C>;
  readonly head: Verb<'HEAD', C>;
  readonly options: Verb<'OPTIONS', C>;
  /**
   * Declares a route for several methods; `request.method` tells which.
   * @example app.route(['PUT', 'PATCH'], '/users/{name}', ({ method, params, body }) => save(params.name, body, method));
   */
  route<const M extends Method, const P extends string, R>(
    methods: readonly M[],
    path: CheckPath<P>,
    handler: Handler<P, {}, C, R>,
  ): Route<M, P, {}, R>;
  route<
    const M extends Method,
    const P extends string,
    const O extends RouteOptions<AuthName<C>>,
    R extends ResultOf<O>,
  >(methods: readonly M[], path: CheckPath<P>, options: Exact<O>, handler: Handler<P, O, C, R>): Route<M, P, O, R>;
  /**
   * A scope whose handlers also receive these values. Each is computed once for each request.
   * @example const tenants = app.with({ tenant: ({ headers }) => headers['x-tenant'] ?? 'none' });
   */
  with<V extends Record<string, unknown>>(
    values: {
      [K in keyof V]: (request: BareRequest<C>) => Awaitable<V[K]>;
    },
  ): Routes<With<C, V>>;
  /** Wraps the handlers declared here, before or after this call; the first middleware is the outermost. */
  use(middleware: Middleware<C>): void;
  /**
   * Serves a router's routes under a prefix. A router can be mounted any number of times.
   * @example app.mount('/tenants/{tenant}', reports, { function: 'reports' });
   */
  mount<D extends AppTypes, const P extends string>(
    prefix: CheckPath<P>,
    router: Mountable<D> &
      (Provided<C, P> extends Wanted<D> ? unknown : 'goblet: the router needs values that this app does not provide'),
    options?: MountOptions,
  ): void;
  /**
   * Handles the events of a source.
   * @example app.on('jobs', async ({ records, deps }) => {
   *   for (const record of records) if (!(await deps.done(record.body))) record.fail();
   * });
   */
  on<K extends keyof C['sources'] & string>(
    name: K,
    handler: (event: SourceEvent<C['sources'][K], C>) => Awaitable<unknown>,
  ): void;
}

/** A router, as `mount` recognizes it. */
export interface Mountable<C extends AppTypes> {
  readonly [routerTypes]?: C;
}

/** The types that a router requires of an app that mounts it; omitted ones are empty. */
export type Needs<T extends Partial<AppTypes>> = Simplify<
  Omit<
    { deps: {}; env: {}; environment: {}; auth: {}; values: {}; params: {}; sources: {}; defaultAuth: never },
    keyof T
  > &
    T
>;

/** Options that the routes of a router inherit. */
export interface RouterOptions<Auth extends string = string> {
  /** Guards the routes of this router that set no `auth`. */
  readonly defaultAuth?: Auth;
  readonly cors?: CorsOptions | boolean;
}

/**
 * Receives the error that a handler threw. Its return value, unless `undefined`, is sent instead.
 * @example app.onError((error) => (error instanceof Busy ? reply(503, undefined, { headers: { 'retry-after': 5 } }) : undefined));
 */
export type ErrorListener<C extends AppTypes> = (error: unknown, request: BareRequest<C>) => Awaitable<unknown>;

/**
 * The needs of an app, and its front doors.
 * @example
 * new App('web-api', {
 *   env: { TABLE: String, PAGE_SIZE: z.coerce.number().default(20) },
 *   sources: { jobs: queue(Job) },
 *   auth: { user: cognito(z.object({ sub: z.string() })) },
 *   setup: ({ env }) => ({ users: usersTable(env.TABLE) }),
 * });
 */
export interface AppOptions<E, D, Src, A, G> {
  /** @default 'rest' */
  readonly api?: 'rest' | 'http';
  /** Other front doors of the same function; an event from a front door that is not named here is refused. */
  readonly alsoBehind?: readonly ('url' | 'alb')[];
  /** The environment variables that the app reads, parsed once. */
  readonly env?: E;
  readonly sources?: Src;
  readonly auth?: A;
  /** Guards the routes that set no `auth`. */
  readonly defaultAuth?: G;
  readonly cors?: CorsOptions | boolean;
  /**
   * Sends the details of a 500: message and stack.
   * @default false
   */
  readonly debug?: boolean;
  /**
   * Compresses responses in an encoding that the client accepts; created by `compression()`.
   * @default none
   */
  readonly compression?: Compression;
  readonly logger?: Logger;
  /** Runs once for each container, before the first request. */
  readonly setup?: (start: { env: EnvOf<E>; signal: AbortSignal; log: Logger }) => Awaitable<D>;
  readonly teardown?: (deps: D) => Awaitable<void>;
}

/** Any app, for code that only passes it on. */
export interface AnyApp {
  readonly [APP]: AppDefinition;
}

export type { HttpRequest };
