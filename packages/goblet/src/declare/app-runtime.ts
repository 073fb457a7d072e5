import type {
  AuthorizerDefinition,
  CorsDefinition,
  EnvType,
  RouteDefinition,
  SourceDefinition,
} from '../definition.js';
import type { Compression } from '../http/compression.js';
import type { CorsOptions } from '../http/cors.js';
import type { Logger } from '../lambda/logger.js';
import type { Reach } from '../sources/websocket/connections.js';
import type { AnyHandler, EventEntry, Layer } from './declarations.js';
import type { DeclaredOptions } from './declared-options.js';

/** The key under which an App keeps the parts that its Lambda functions run. */
export const RUNTIME: unique symbol = Symbol.for('goblet.runtime') as never;

/** A route with everything that its mounts add. */
export interface FlatRoute extends RouteDefinition {
  readonly options: DeclaredOptions;
  readonly handler: AnyHandler;
  readonly handle: object;
  /** Outermost first. */
  readonly layers: readonly Layer[];
}

export interface Flat {
  readonly routes: FlatRoute[];
  readonly events: EventEntry[];
  readonly listeners: AnyHandler[];
}

/** The parts of an app that a Lambda function needs. */
export interface AppRuntime extends Flat {
  readonly api: 'rest' | 'http';
  readonly env: Readonly<Record<string, EnvType>>;
  readonly sources: Readonly<Record<string, SourceDefinition>>;
  readonly auth: Readonly<Record<string, AuthorizerDefinition>>;
  readonly cors?: CorsOptions | boolean;
  readonly setup?: (start: never) => unknown;
  readonly teardown?: (deps: never) => unknown;
  readonly debug?: boolean;
  readonly compression?: Compression;
  readonly logger?: Logger;
  /** Reaches connections; set by tests. */
  readonly reach?: Reach;
}

/** The parts of a route that come from the apps and routers around it. */
export interface Inherited {
  readonly prefix: string;
  readonly layers: readonly Layer[];
  readonly function: string;
  readonly auth?: string | undefined;
  readonly cors?: CorsDefinition | undefined;
}
