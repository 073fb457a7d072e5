import { DeclarationError } from './declaration-error.js';
import type { SourceLine } from './definition.js';
import { captureOf, checkPath, joinPaths } from './path.js';
import type { RouteOptions } from './route-types.js';
import { showLine, sourceLine } from './source-line.js';

/** A handler, a middleware or a value, with the types that the declaration proved erased. */
export type Run = (request: unknown, next?: () => Promise<unknown>) => unknown;

export type Step =
  | { readonly kind: 'use'; readonly run: Run }
  | { readonly kind: 'with'; readonly values: Readonly<Record<string, Run>> };

/** The steps of one app, router or scope; a scope's come after those of what it was made from. */
export interface Layer {
  readonly parent: Layer | undefined;
  readonly steps: Step[];
}

export interface RouteEntry {
  readonly kind: 'route';
  readonly method: string;
  readonly path: string;
  readonly options: RouteOptions;
  readonly handler: Run;
  /** What the verb returned. */
  readonly handle: object;
  readonly layer: Layer;
  readonly source: SourceLine | undefined;
}
export interface EventEntry {
  readonly kind: 'event';
  readonly name: string;
  readonly handler: Run;
  readonly layer: Layer;
  readonly source: SourceLine | undefined;
}
export interface MountEntry {
  readonly kind: 'mount';
  readonly prefix: string;
  readonly book: Book;
  readonly function: string | undefined;
  readonly layer: Layer;
}

interface Declared {
  readonly method: string;
  readonly path: string;
  readonly source: SourceLine | undefined;
}

/** Everything declared on one app or router, scopes included. */
export interface Book {
  readonly entries: (RouteEntry | EventEntry | MountEntry)[];
  readonly options: { readonly defaultAuth?: string; readonly cors?: RouteOptions['cors'] };
  /** Every route that the book serves, mounted ones included, by method and path. */
  readonly declared: Map<string, Declared>;
  /** The name of the variable at each level that has one. */
  readonly variables: Map<string, { readonly name: string; readonly by: Declared }>;
  readonly mountedIn: { readonly book: Book; readonly prefix: string }[];
}

const OPTIONS = /^(body|query|params|headers|response|status|errors|auth|scopes|summary|description|tags|cors|stream)$/;

/** @throws DeclarationError where API Gateway would refuse the two routes side by side */
function admit(book: Book, route: Declared): void {
  const { method, path, source } = route;
  const key = `${method} ${path}`;
  const shown = (declared: Declared) => showLine(declared.source, `${declared.method} ${declared.path}`);
  const same = book.declared.get(key);
  if (same)
    throw new DeclarationError(
      'GOBLET_ROUTE_DUPLICATE',
      `${key} is declared ${source && same.source ? `at ${shown(same)} and ${shown(route)}` : 'twice'}; remove one`,
    );
  let level = '';
  for (const segment of path.split('/')) {
    const [name, greedy] = captureOf(segment) ?? [];
    level += `/${name === undefined ? segment : `{${greedy}}`}`;
    if (name === undefined) continue;
    const other = book.variables.get(level);
    if (!other) book.variables.set(level, { name, by: route });
    else if (other.name !== name)
      throw new DeclarationError(
        'GOBLET_ROUTE_VARIABLE',
        `API Gateway takes one name at a level, but it is {${other.name}} at ${shown(other.by)} and {${name}} at ${shown(route)}`,
      );
  }
  book.declared.set(key, route);
  for (const { book: outer, prefix } of book.mountedIn) admit(outer, { method, path: joinPaths(prefix, path), source });
}

const reaches = (from: Book, to: Book): boolean =>
  from === to || from.entries.some((entry) => entry.kind === 'mount' && reaches(entry.book, to));

/** Records declarations and does nothing else; `Routes` is its typed face. */
export class Recorder {
  readonly book: Book;
  readonly layer: Layer;

  constructor(book: Book, parent?: Layer) {
    this.book = book;
    this.layer = { parent, steps: [] };
  }

  get(path: string, options: unknown, handler?: unknown): unknown {
    return this.declare(['GET'], path, options, handler, this.get);
  }
  post(path: string, options: unknown, handler?: unknown): unknown {
    return this.declare(['POST'], path, options, handler, this.post);
  }
  put(path: string, options: unknown, handler?: unknown): unknown {
    return this.declare(['PUT'], path, options, handler, this.put);
  }
  patch(path: string, options: unknown, handler?: unknown): unknown {
    return this.declare(['PATCH'], path, options, handler, this.patch);
  }
  delete(path: string, options: unknown, handler?: unknown): unknown {
    return this.declare(['DELETE'], path, options, handler, this.delete);
  }
  head(path: string, options: unknown, handler?: unknown): unknown {
    return this.declare(['HEAD'], path, options, handler, this.head);
  }
  options(path: string, options: unknown, handler?: unknown): unknown {
    return this.declare(['OPTIONS'], path, options, handler, this.options);
  }
  route(methods: readonly string[], path: string, options: unknown, handler?: unknown): unknown {
    return this.declare(methods, path, options, handler, this.route);
  }

  with(values: Readonly<Record<string, Run>>): Recorder {
    const scope = new Recorder(this.book, this.layer);
    scope.layer.steps.push({ kind: 'with', values });
    return scope;
  }

  use(run: Run): void {
    this.layer.steps.push({ kind: 'use', run });
  }

  mount(prefix: string, router: Recorder, options?: { readonly function?: string }): void {
    checkPath(prefix);
    if (reaches(router.book, this.book))
      throw new DeclarationError('GOBLET_MOUNT_CYCLE', `the router mounted at ${prefix} would contain itself`);
    for (const route of router.book.declared.values())
      admit(this.book, { ...route, path: joinPaths(prefix, route.path) });
    router.book.mountedIn.push({ book: this.book, prefix });
    this.book.entries.push({
      kind: 'mount',
      prefix,
      book: router.book,
      function: options?.function,
      layer: this.layer,
    });
  }

  on(name: string, handler: Run): void {
    this.book.entries.push({ kind: 'event', name, handler, layer: this.layer, source: sourceLine(this.on) });
  }

  private declare(methods: readonly string[], path: string, second: unknown, third: unknown, verb: Function): unknown {
    const handler = third ?? second;
    const options = (third === undefined ? {} : second) as RouteOptions;
    checkPath(path);
    if (typeof handler !== 'function')
      throw new DeclarationError('GOBLET_ROUTE_HANDLER', `${methods[0]} ${path} has no handler function`);
    for (const key in options)
      if (!OPTIONS.test(key))
        throw new DeclarationError('GOBLET_ROUTE_OPTION', `${methods[0]} ${path} has the unknown option "${key}"`);
    const source = sourceLine(verb);
    const handle = { kind: 'route', method: methods[0], path };
    for (const method of methods) {
      admit(this.book, { method, path, source });
      this.book.entries.push({
        kind: 'route',
        method,
        path,
        options,
        handler: handler as Run,
        handle,
        layer: this.layer,
        source,
      });
    }
    return handle;
  }
}

export function newBook(options: Book['options']): Book {
  return { entries: [], options, declared: new Map(), variables: new Map(), mountedIn: [] };
}
