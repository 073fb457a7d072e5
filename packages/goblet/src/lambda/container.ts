import type { AppRuntime } from '../declare/app-runtime.js';
import type { AnyApp } from '../declare/app-types.js';
import { jsonLogger, type Logger } from './logger.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The key under which an App keeps its container. */
export const CONTAINER: unique symbol = Symbol.for('goblet.container') as never;

/** The state of an app in one process: the parsed environment and the result of `setup`, each computed once. */
export class Container {
  declare readonly runtime: AppRuntime;
  declare readonly log: Logger;
  declare readonly environment: Environment;
  declare env: unknown;
  deps: unknown = {};
  started = false;
  /** The start in progress. */
  declare starting: Promise<void> | undefined;
  /** Controls the signal of setup, once setup has read it. */
  declare ending: AbortController | undefined;

  constructor(runtime: AppRuntime, environment: Environment) {
    this.runtime = runtime;
    this.environment = environment;
    this.log = runtime.logger ?? jsonLogger(environment);
  }
}

/** The container of an app, which its first reader creates. */
export const containerOf = (app: AnyApp): Container => (app as AnyApp & { readonly [CONTAINER]: Container })[CONTAINER];
