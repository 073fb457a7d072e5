import { corsDefinition } from './cors.js';
import { DeclarationError } from './declaration-error.js';
import type { AppDefinition, CorsDefinition, RouteDefinition } from './definition.js';
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

/** What a Lambda function needs of its app: the declarations, and what runs. */
export interface AppRuntime {
  readonly definition: AppDefinition;
  readonly routes: readonly FlatRoute[];
  readonly events: readonly EventEntry[];
  readonly listeners: readonly ((error: unknown, request: unknown) => unknown)[];
  readonly setup: ((start: never) => unknown) | undefined;
  readonly teardown: ((deps: never) => unknown) | undefined;
  readonly debug: boolean;
  readonly logger: Logger | undefined;
}

export interface Flat {
  readonly routes: FlatRoute[];
  readonly events: EventEntry[];
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
  option === undefined ? inherited : corsDefinition(option);

const namesOf = (auth: RouteOptions['auth'], inherited: string | undefined): readonly string[] => {
  if (auth === false) return [];
  const names = auth ?? inherited ?? [];
  return typeof names === 'string' ? [names] : names;
};

function walk(book: Book, above: Inherited, flat: Flat): void {
  const auth = book.options.defaultAuth ?? above.auth;
  const cors = corsOf(book.options.cors, above.cors);
  for (const entry of book.entries) {
    const layers = [...above.layers, ...chain(entry.layer)];
    if (entry.kind === 'event') flat.events.push(entry);
    else if (entry.kind === 'mount')
      walk(
        entry.book,
        {
          prefix: joinPaths(above.prefix, entry.prefix),
          layers,
          function: entry.function ?? above.function,
          auth,
          cors,
        },
        flat,
      );
    else
      flat.routes.push({
        kind: 'route',
        method: entry.method,
        path: joinPaths(above.prefix, entry.path),
        function: entry.options.stream ? `${above.function}Stream` : above.function,
        options: entry.options,
        auth: namesOf(entry.options.auth, auth),
        cors: corsOf(entry.options.cors, cors),
        source: entry.source,
        handler: entry.handler,
        handle: entry.handle,
        layers,
      });
  }
}

/**
 * The routes and event handlers of an app, mounts resolved, in order of declaration.
 * @throws DeclarationError where a route or handler names something that the app does not declare
 */
export function flatten(book: Book, sources: object, auth: object): Flat {
  const flat: Flat = { routes: [], events: [] };
  walk(book, { prefix: '/', layers: [], function: 'APIHandler', auth: undefined, cors: undefined }, flat);
  for (const route of flat.routes)
    for (const name of route.auth)
      if (!Object.hasOwn(auth, name))
        throw new DeclarationError(
          'GOBLET_AUTH_UNKNOWN',
          `${route.method} ${route.path} asks for "${name}", which is not under the app's auth`,
        );
  const handled = new Set<string>();
  for (const { name } of flat.events) {
    if (!Object.hasOwn(sources, name))
      throw new DeclarationError('GOBLET_SOURCE_UNKNOWN', `on("${name}") has no source of that name`);
    if (handled.has(name)) throw new DeclarationError('GOBLET_SOURCE_DUPLICATE', `on("${name}") is declared twice`);
    handled.add(name);
  }
  return flat;
}
