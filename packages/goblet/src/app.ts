import type { AppConstructor, App as AppOf, AppOptions, RouterConstructor, Router as RouterOf } from './app-types.js';
import { CONTAINER, Container } from './container.js';
import { defineApp } from './define-app.js';
import { APP, type AppDefinition, type SourceLine } from './definition.js';
import { lambdaHandler } from './lambda.js';
import type { LambdaHandler } from './lambda-types.js';
import { newBook, Recorder, type Run } from './recorder.js';
import type { AppTypes } from './route-types.js';
import { type AppRuntime, flatten, RUNTIME } from './runtime.js';
import { sourceLine } from './source-line.js';

type AnyOptions = AppOptions<AppDefinition['env'], unknown, AppDefinition['sources'], AppDefinition['auth'], string>;

class AppRecorder extends Recorder {
  readonly name: string;
  readonly #options: AnyOptions;
  readonly #source: SourceLine | undefined;
  readonly #listeners: Run[] = [];
  #handler: LambdaHandler | undefined;
  #container: Container | undefined;

  constructor(name: string, options: AnyOptions = {}) {
    super(newBook(options));
    this.name = name;
    this.#options = options;
    if (process.env.GOBLET_OMIT_TOOLING !== '1') this.#source = sourceLine(AppRecorder);
  }

  onError(listener: Run): void {
    this.#listeners.push(listener);
  }

  get handler(): LambdaHandler {
    this.#handler ??= lambdaHandler(this as never);
    return this.#handler;
  }

  get [RUNTIME](): AppRuntime {
    const defaults = { api: 'rest', env: {}, sources: {}, auth: {} } as const;
    return { ...defaults, ...this.#options, ...flatten(this.book), listeners: this.#listeners };
  }

  get [CONTAINER](): Container {
    this.#container ??= new Container(this[RUNTIME], process.env);
    return this.#container;
  }

  get [APP](): AppDefinition | undefined {
    if (process.env.GOBLET_OMIT_TOOLING !== '1') {
      const { cors, alsoBehind = [] } = this.#options;
      const mounts = this.book.entries.some(({ kind }) => kind === 'mount');
      return defineApp(this.name, this[RUNTIME], cors, alsoBehind, mounts, this.#source);
    }
    return undefined;
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

class RouterRecorder extends Recorder {
  constructor(options = {}) {
    super(newBook(options));
  }
}

/**
 * Routes to be mounted in an app. Its type argument names what the app has to provide.
 * @example const reports = new Router<{ deps: { table: Table } }>();
 */
export const Router = RouterRecorder as unknown as RouterConstructor;
export type Router<C extends AppTypes> = RouterOf<C>;
