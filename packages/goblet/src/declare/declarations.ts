import type { SourceLine } from '../definition.js';
import type { DeclaredOptions } from './declared-options.js';

/** A handler, a middleware or a value. The declaration has checked its types, which are erased here. */
export type AnyHandler = (request: unknown, next?: () => Promise<unknown>) => unknown;

/** A middleware, or the values of a scope. */
export type Step = AnyHandler | Readonly<Record<string, AnyHandler>>;

/** The steps of one app, router or scope; a scope's steps follow those of its parent. */
export interface Layer {
  readonly parent: Layer | undefined;
  readonly steps: Step[];
}

export interface RouteEntry {
  readonly kind: 'route';
  readonly method: string;
  readonly path: string;
  readonly options: DeclaredOptions;
  readonly handler: AnyHandler;
  /** The handle that the verb returned. */
  readonly handle: object;
  readonly layer: Layer;
  readonly source: SourceLine | undefined;
}
export interface EventEntry {
  readonly kind: 'event';
  readonly name: string;
  readonly handler: AnyHandler;
  readonly source: SourceLine | undefined;
}
export interface MountEntry {
  readonly kind: 'mount';
  readonly prefix: string;
  readonly record: Declarations;
  readonly function: string | undefined;
  readonly layer: Layer;
  readonly source: SourceLine | undefined;
}
/** A listener of `onError`. */
export interface ListenerEntry {
  readonly kind: 'listener';
  readonly handler: AnyHandler;
}

export type Entry = RouteEntry | EventEntry | MountEntry | ListenerEntry;

/** The options of an app or a router, as far as its routes inherit them. */
export interface InheritedOptions {
  readonly defaultAuth?: string;
  readonly cors?: DeclaredOptions['cors'];
}

/** Everything declared on one app or router, scopes included. */
export interface Declarations<O extends InheritedOptions = InheritedOptions> {
  readonly entries: Entry[];
  readonly options: O;
  /** Only under tooling. */
  readonly checks: Checks | undefined;
}

/** A route with mounts resolved up to the app or router that it is seen from. */
export interface Declared {
  readonly method: string;
  readonly path: string;
  readonly source: SourceLine | undefined;
  /** Where its router was mounted, for a route of a router. */
  readonly mounted?: SourceLine | undefined;
}

/** The state against which declarations are checked. */
export interface Checks {
  /** Every route that the app or router serves, including mounted ones, by method and path. */
  readonly declared: Map<string, Declared>;
  /** The name of the variable at each level that has one. */
  readonly variables: Map<string, { readonly name: string; readonly by: Declared }>;
  readonly mountedIn: {
    readonly record: Declarations;
    readonly prefix: string;
    readonly source: SourceLine | undefined;
  }[];
  /** True once its container exists: nothing can be declared any more. */
  started: boolean;
  /** Where the app was created. */
  source: SourceLine | undefined;
}

/** The target of a declaration: an app, a router, or a scope of either. */
export interface Declaring {
  readonly record: Declarations;
  readonly layer: Layer;
}
