import type { Compression } from './compression.js';
import { corsDefinition } from './cors.js';
import type { AuthorizerDefinition, CorsDefinition, EnvType, RouteDefinition, SourceDefinition } from './definition.js';
import type { Logger } from './logger.js';
import { joinPaths } from './path.js';
import type { Book, EventEntry, Layer, Run } from './recorder.js';
import type { RouteOptions } from './route-types.js';

/** The key under which an App keeps what a Lambda function of it runs. */
export const RUNTIME: unique symbol = Symbol.for('goblet.runtime') as never;

/** A route with everything that its mounts add to it. */
export interface FlatRoute extends RouteDefinition {
  readonly options: RouteOptions;
  readonly handler: Run;
  readonly handle: object;
  /** Outermost first. */
  readonly layers: readonly Layer[];
}

export interface Flat {
  readonly routes: FlatRoute[];
  readonly events: EventEntry[];
}

/** What a Lambda function needs of its app. */
export interface AppRuntime extends Flat {
  readonly api: 'rest' | 'http';
  readonly env: Readonly<Record<string, EnvType>>;
  readonly sources: Readonly<Record<string, SourceDefinition>>;
  readonly auth: Readonly<Record<string, AuthorizerDefinition>>;
  readonly listeners: readonly Run[];
  readonly setup: ((start: never) => unknown) | undefined;
  readonly teardown: ((deps: never) => unknown) | undefined;
  readonly debug: boolean;
  readonly compression: Compression | undefined;
  readonly logger: Logger | undefined;
}

interface Inherited {
  readonly prefix: string;
  readonly layers: readonly Layer[];
  readonly function: string;
  readonly auth: string | undefined;
  readonly cors: CorsDefinition | undefined;
}

const chain = (layer: Layer): Layer[] => (layer.parent ? [...chain(layer.parent), layer] : [layer]);

const corsOf = (option: RouteOptions['cors'], inherited: CorsDefinition | undefined) =>
  process.env.GOBLET_OMIT_CORS !== '1' && option !== undefined ? corsDefinition(option) : inherited;

function namesOf(auth: RouteOptions['auth'], inherited: string | undefined): readonly string[] {
  if (auth === false) return [];
  const names = auth ?? inherited ?? [];
  return typeof names === 'string' ? [names] : names;
}

/** The routes and event handlers of a book, mounts resolved, in order of declaration. */
export function flatten(
  book: Book,
  above: Inherited = { prefix: '/', layers: [], function: 'APIHandler', auth: undefined, cors: undefined },
  flat: Flat = { routes: [], events: [] },
): Flat {
  const auth = book.options.defaultAuth ?? above.auth;
  const cors = corsOf(book.options.cors, above.cors);
  for (const entry of book.entries) {
    if (entry.kind === 'event') {
      flat.events.push(entry);
      continue;
    }
    const layers = [...above.layers, ...chain(entry.layer)];
    if (entry.kind === 'mount') {
      const prefix = joinPaths(above.prefix, entry.prefix);
      flatten(entry.book, { prefix, layers, function: entry.function ?? above.function, auth, cors }, flat);
      continue;
    }
    const { options } = entry;
    flat.routes.push({
      ...entry,
      path: joinPaths(above.prefix, entry.path),
      function: options.stream ? `${above.function}Stream` : above.function,
      auth: namesOf(options.auth, auth),
      cors: corsOf(options.cors, cors),
      layers,
    });
  }
  return flat;
}
