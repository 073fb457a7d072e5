import type {
  AuthorizerDefinition,
  CorsDefinition,
  EnvType,
  RouteDefinition,
  SourceDefinition,
} from '../definition.js';
import type { Compression } from '../http/compression.js';
import { type CorsOptions, corsDefinition } from '../http/cors.js';
import type { Logger } from '../lambda/logger.js';
import type { Reach } from '../sources/websocket/connections.js';
import type { Book, EventEntry, Layer, RouteEntry, Run } from './book.js';
import type { DeclaredOptions } from './declared-options.js';
import { joinPaths } from './path.js';

/** The key under which an App keeps the parts that its Lambda functions run. */
export const RUNTIME: unique symbol = Symbol.for('goblet.runtime') as never;

/** A route with everything that its mounts add. */
export interface FlatRoute extends RouteDefinition {
  readonly options: DeclaredOptions;
  readonly handler: Run;
  readonly handle: object;
  /** Outermost first. */
  readonly layers: readonly Layer[];
}

export interface Flat {
  readonly routes: FlatRoute[];
  readonly events: EventEntry[];
  readonly listeners: Run[];
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

interface Inherited {
  readonly prefix: string;
  readonly layers: readonly Layer[];
  readonly function: string;
  readonly auth?: string | undefined;
  readonly cors?: CorsDefinition | undefined;
}

type Entry = Book['entries'][number];

const chain = (layer: Layer): Layer[] => (layer.parent ? [...chain(layer.parent), layer] : [layer]);

function corsOf(own: Pick<DeclaredOptions, 'cors'>, above: Inherited): CorsDefinition | undefined {
  if (process.env.GOBLET_OMIT_CORS === '1') return undefined;
  return own.cors === undefined ? above.cors : corsDefinition(own.cors);
}

function namesOf(auth: DeclaredOptions['auth'], inherited: string | undefined): readonly string[] {
  const names = auth ?? inherited;
  // Only `false` opens a route. An invalid name such as '' is required but never found.
  return names === false ? [] : [names ?? []].flat();
}

function flatRoute(entry: RouteEntry, above: Inherited): FlatRoute {
  const { options, layer } = entry;
  return {
    ...entry,
    ...(process.env.GOBLET_OMIT_MOUNTS !== '1' && { path: joinPaths(above.prefix, entry.path) }),
    function: process.env.GOBLET_OMIT_STREAM !== '1' && options.stream ? `${above.function}Stream` : above.function,
    auth: namesOf(options.auth, above.auth),
    cors: corsOf(options, above),
    layers: process.env.GOBLET_OMIT_MIDDLEWARE !== '1' ? [...above.layers, ...chain(layer)] : above.layers,
  };
}

function flattenHandler(entry: Entry, flat: Flat): void {
  if (process.env.GOBLET_OMIT_EVENTS === '1') return;
  if (entry.kind === 'event') flat.events.push(entry);
}

function flattenListener(entry: Entry, flat: Flat): void {
  if (process.env.GOBLET_OMIT_LISTENERS === '1') return;
  if (entry.kind === 'listener') flat.listeners.push(entry.handler);
}

function flattenMount(entry: Entry, above: Inherited, flat: Flat): void {
  if (process.env.GOBLET_OMIT_MOUNTS === '1') return;
  if (entry.kind !== 'mount') return;
  const prefix = joinPaths(above.prefix, entry.prefix);
  const layers = [...above.layers, ...chain(entry.layer)];
  flatten(entry.book, { ...above, prefix, layers, function: entry.function ?? above.function }, flat);
}

/** The routes and event handlers of a book, with mounts resolved, in order of declaration. */
export function flatten(
  book: Book,
  given: Inherited = { prefix: '/', layers: [], function: 'APIHandler' },
  flat: Flat = { routes: [], events: [], listeners: [] },
): Flat {
  const { options } = book;
  const above = { ...given, auth: options.defaultAuth ?? given.auth, cors: corsOf(options, given) };
  for (const entry of book.entries) {
    if (entry.kind === 'route') flat.routes.push(flatRoute(entry, above));
    flattenHandler(entry, flat);
    flattenListener(entry, flat);
    flattenMount(entry, above, flat);
  }
  return flat;
}
