import type { AppConstructor, App as AppOf, AppOptions, RouterConstructor } from './app-types.js';
import { corsDefinition } from './cors.js';
import { DeclarationError } from './declaration-error.js';
import { APP, type AppDefinition, type SourceLine } from './definition.js';
import { lambdaHandler } from './lambda.js';
import type { LambdaHandler } from './lambda-types.js';
import { newBook, Recorder } from './recorder.js';
import type { AppTypes } from './route-types.js';
import { type AppRuntime, type Flat, flatten, RUNTIME } from './runtime.js';
import { sourceLine } from './source-line.js';

type AnyOptions = AppOptions<AppDefinition['env'], unknown, AppDefinition['sources'], AppDefinition['auth'], string>;

class AppRecorder extends Recorder {
  readonly name: string;
  readonly #options: AnyOptions;
  readonly #source: SourceLine | undefined;
  readonly #listeners: ((error: unknown, request: unknown) => unknown)[] = [];
  #handler: LambdaHandler | undefined;

  constructor(name: string, options: AnyOptions = {}) {
    super(newBook(options));
    if (typeof name !== 'string' || name === '')
      throw new DeclarationError('GOBLET_APP_NAME', 'an app has a name: new App("users")');
    this.name = name;
    this.#options = options;
    this.#source = sourceLine(AppRecorder);
  }

  onError(listener: (error: unknown, request: unknown) => unknown): void {
    this.#listeners.push(listener);
  }

  get handler(): LambdaHandler {
    this.#handler ??= lambdaHandler(this);
    return this.#handler;
  }

  #flatten(): Flat {
    return flatten(this.book, this.#options.sources ?? {}, this.#options.auth ?? {});
  }

  get [APP](): AppDefinition {
    return this.#definition(this.#flatten());
  }

  get [RUNTIME](): AppRuntime {
    const flat = this.#flatten();
    const { setup, teardown, debug = false, logger } = this.#options;
    return {
      definition: this.#definition(flat),
      routes: flat.routes,
      events: flat.events,
      listeners: this.#listeners,
      setup,
      teardown,
      debug,
      logger,
    };
  }

  #definition({ routes, events }: Flat): AppDefinition {
    const { api = 'rest', env = {}, sources = {}, auth = {}, cors } = this.#options;
    return {
      version: 1,
      name: this.name,
      api,
      env,
      sources,
      auth,
      cors: corsDefinition(cors),
      routes,
      handlers: events.map(({ name, source }) => ({ kind: 'event', source: name, line: source })),
      source: this.#source,
    };
  }
}

/**
 * A service: its routes and event handlers, and what they need.
 * @example
 * export const app = new App('web-api', { env: { TABLE: String }, setup: ({ env }) => ({ users: usersTable(env.TABLE) }) });
 * app.get('/users/{name}', ({ params, deps }) => deps.users.find(params.name));
 */
export const App = AppRecorder as unknown as AppConstructor;
export type App<C extends AppTypes> = AppOf<C>;

/**
 * Routes to be mounted in an app. Its type argument names what the app has to provide.
 * @example const reports = new Router<{ deps: { table: Table } }>();
 */
export const Router = class Router extends Recorder {
  constructor(options = {}) {
    super(newBook(options));
  }
} as unknown as RouterConstructor;
