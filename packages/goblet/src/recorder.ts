import {
  admit,
  admitMount,
  checkFunction,
  checkOpen,
  checkRoute,
  checkValues,
  type Declared,
  newChecks,
} from './declaration-checks.js';
import type { DeclaredOptions } from './declared-options.js';
import type { SourceLine } from './definition.js';
import { sourceLine } from './source-line.js';

/** A handler, a middleware or a value, with the types that the declaration proved erased. */
export type Run = (request: unknown, next?: () => Promise<unknown>) => unknown;

/** A middleware, or the values of a scope. */
export type Step = Run | Readonly<Record<string, Run>>;

/** The steps of one app, router or scope; a scope's come after those of what it was made from. */
export interface Layer {
  readonly parent: Layer | undefined;
  readonly steps: Step[];
}

export interface RouteEntry {
  readonly kind: 'route';
  readonly method: string;
  readonly path: string;
  readonly options: DeclaredOptions;
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
  readonly source: SourceLine | undefined;
}
export interface MountEntry {
  readonly kind: 'mount';
  readonly prefix: string;
  readonly book: Book;
  readonly function: string | undefined;
  readonly layer: Layer;
  readonly source: SourceLine | undefined;
}

/** Everything declared on one app or router, scopes included. */
export interface Book {
  readonly entries: (RouteEntry | EventEntry | MountEntry)[];
  readonly options: { readonly defaultAuth?: string; readonly cors?: DeclaredOptions['cors'] };
  readonly checks: Checks;
}

/** What declarations are checked against. */
export interface Checks {
  /** Every route that the book serves, mounted ones included, by method and path. */
  readonly declared: Map<string, Declared>;
  /** The name of the variable at each level that has one. */
  readonly variables: Map<string, { readonly name: string; readonly by: Declared }>;
  readonly mountedIn: { readonly book: Book; readonly prefix: string; readonly source: SourceLine | undefined }[];
  /** Its container was made, so that what it serves is settled. */
  started: boolean;
}

/** Records declarations and does nothing else; `Routes` is its typed face. */
export class Recorder {
  readonly book: Book;
  readonly layer: Layer;

  constructor(book: Book, parent?: Layer) {
    this.book = book;
    this.layer = { parent, steps: [] };
  }

  route(methods: readonly string[], path: string, second: unknown, third?: unknown, verb?: Function): unknown {
    const handler = (third ?? second) as Run;
    const options = (third === undefined ? {} : second) as DeclaredOptions;
    const source = process.env.GOBLET_OMIT_TOOLING !== '1' ? sourceLine(verb ?? this.route) : undefined;
    if (process.env.GOBLET_OMIT_TOOLING !== '1') {
      checkRoute(methods, path, options, handler, source);
      checkOpen(this.book, `${methods.join(', ')} ${path}`, source);
      for (const method of methods) admit(this.book, { method, path, source });
    }
    const handle = { kind: 'route', method: methods[0], path };
    for (const method of methods)
      this.book.entries.push({ kind: 'route', method, path, options, handler, handle, layer: this.layer, source });
    return handle;
  }

  with(values: Readonly<Record<string, Run>>): Recorder {
    if (process.env.GOBLET_OMIT_TOOLING !== '1') checkValues(values, sourceLine(this.with));
    if (process.env.GOBLET_OMIT_MIDDLEWARE !== '1') {
      const scope = new Recorder(this.book, this.layer);
      scope.layer.steps.push(values);
      return scope;
    }
    return this;
  }

  use(run: Run): void {
    if (process.env.GOBLET_OMIT_TOOLING !== '1') {
      const source = sourceLine(this.use);
      checkFunction(run, 'use()', source);
      checkOpen(this.book, 'a middleware', source);
    }
    if (process.env.GOBLET_OMIT_MIDDLEWARE !== '1') this.layer.steps.push(run);
  }

  mount(prefix: string, router: Recorder, options?: { readonly function?: string }): void {
    const source = process.env.GOBLET_OMIT_TOOLING !== '1' ? sourceLine(this.mount) : undefined;
    if (process.env.GOBLET_OMIT_TOOLING !== '1') admitMount(this.book, router, prefix, options, source);
    if (process.env.GOBLET_OMIT_MOUNTS !== '1')
      this.book.entries.push({
        kind: 'mount',
        prefix,
        book: router.book,
        function: options?.function,
        layer: this.layer,
        source,
      });
  }

  on(name: string, handler: Run): void {
    const source = process.env.GOBLET_OMIT_TOOLING !== '1' ? sourceLine(this.on) : undefined;
    if (process.env.GOBLET_OMIT_TOOLING !== '1') {
      checkFunction(handler, `on("${name}")`, source);
      checkOpen(this.book, `on("${name}")`, source);
    }
    if (process.env.GOBLET_OMIT_EVENTS !== '1') this.book.entries.push({ kind: 'event', name, handler, source });
  }
}

for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']) {
  const declare = function (this: Recorder, path: string, options: unknown, handler?: unknown): unknown {
    return this.route([method], path, options, handler, process.env.GOBLET_OMIT_TOOLING !== '1' ? declare : undefined);
  };
  Object.assign(Recorder.prototype, { [method.toLowerCase()]: declare });
}

export function newBook(options: Book['options']): Book {
  const checks = process.env.GOBLET_OMIT_TOOLING !== '1' ? newChecks() : undefined;
  return { entries: [], options, checks: checks as Checks };
}
