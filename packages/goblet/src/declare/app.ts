import { addListener } from '#parts/listeners';
import { appDeclared, appStarted, definedForTools, functionDeclared, routerDeclared } from '#parts/tooling';
import type { APP, AppDefinition } from '../definition.js';
import { CONTAINER, Container } from '../lambda/container.js';
import type { LambdaHandler } from '../lambda/lambda-types.js';
import { lambdaHandler } from '../lambda.js';
import type { Source } from '../sources/source.js';
import { type AppRuntime, RUNTIME } from './app-runtime.js';
import type { AppOptions, ErrorListener, Mountable, Needs, RouterOptions, Routes } from './app-types.js';
import type { AnyHandler, Declarations } from './declarations.js';
import { flatten } from './flatten.js';
import { newDeclarations, Recorder } from './recorder.js';
import type { AppTypes, AuthMap, EnvironmentOf, EnvOf, EnvSpec } from './route-types.js';

type AnyOptions = AppOptions<AppDefinition['env'], unknown, AppDefinition['sources'], AppDefinition['auth'], string>;

/** Routes that an app can mount if it provides the types that the router names. */
export interface Router<C extends AppTypes> extends Routes<C>, Mountable<C> {}

/** The arguments of a router: `defaultAuth`, if its types name one. */
type RouterArguments<T> = T extends { defaultAuth: infer G extends string }
  ? [options: RouterOptions<G> & { readonly defaultAuth: G }]
  : [options?: RouterOptions<T extends { auth: infer A } ? keyof A & string : never>];

/** The class `Router`. Its type argument names the types that the app must provide. */
export interface RouterConstructor {
  new <T extends Partial<AppTypes> = {}>(
    ...options: RouterArguments<T>
  ): Router<Needs<T> extends AppTypes ? Needs<T> : never>;
}

/** A service, as seen by its tools and tests. */
export interface App<C extends AppTypes> extends Routes<C> {
  readonly [APP]: AppDefinition;
  readonly name: string;
  /**
   * Serves every route of the app, in all of its functions. For your own bundle; Goblet's bundle uses `goblet/lambda`.
   */
  readonly handler: LambdaHandler;
  /** The listener's return value replaces the error's own response, unless it is `undefined`. */
  onError(listener: ErrorListener<C>): void;
}

/** The class `App`. Its type arguments are inferred from its options. */
export interface AppConstructor {
  new <
    E extends EnvSpec = {},
    D = {},
    Src extends Readonly<Record<string, Source>> = {},
    A extends AuthMap = {},
    const G extends keyof A & string = never,
  >(
    name: string,
    options?: AppOptions<E, D, Src, A, G>,
  ): App<{
    deps: D;
    env: EnvOf<E>;
    environment: EnvironmentOf<E>;
    auth: A;
    values: {};
    params: {};
    sources: Src;
    defaultAuth: G;
  }>;
}

class AppRecorder extends Recorder {
  declare readonly name: string;
  declare readonly record: Declarations<AnyOptions>;
  #handler: LambdaHandler | undefined;
  #container: Container | undefined;

  constructor(name: string, options: AnyOptions = {}) {
    super(newDeclarations(options));
    this.name = name;
    appDeclared(this, name, options, AppRecorder);
  }

  onError(listener: AnyHandler): void {
    functionDeclared(this, 'onError', listener);
    addListener(this, listener);
  }

  get handler(): LambdaHandler {
    this.#handler ??= lambdaHandler(this as never);
    return this.#handler;
  }

  get [RUNTIME](): AppRuntime {
    return {
      api: 'rest',
      env: {},
      sources: {},
      auth: {},
      ...this.record.options,
      ...flatten(this.record),
    };
  }

  get [CONTAINER](): Container {
    appStarted(this);
    this.#container ??= new Container(this[RUNTIME], process.env);
    return this.#container;
  }
}

definedForTools(AppRecorder);

/**
 * A service: its routes, its event handlers, and their needs.
 * @example
 * export const app = new App('web-api', { env: { TABLE: String }, setup: ({ env }) => ({ users: usersTable(env.TABLE) }) });
 * app.get('/users/{name}', ({ params, deps }) => deps.users.find(params.name));
 */
export const App = AppRecorder as unknown as AppConstructor;

class RouterRecorder extends Recorder {
  constructor(options = {}) {
    super(newDeclarations(options));
    routerDeclared(options, RouterRecorder);
  }
}

/**
 * Routes to mount in an app. The type argument names what the app must provide.
 * @example const reports = new Router<{ deps: { table: Table } }>();
 */
export const Router = RouterRecorder as unknown as RouterConstructor;
