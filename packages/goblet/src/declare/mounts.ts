import type { SourceLine } from '../definition.js';
import type { Inherited } from './app-runtime.js';
import type { Book, Declaring, Entry, RouteEntry } from './book.js';
import { layersOf } from './layers.js';
import { joinPaths } from './path.js';

export function addMount(
  { book, layer }: Declaring,
  prefix: string,
  router: Declaring,
  options: { readonly function?: string } | undefined,
  source: SourceLine | undefined,
): void {
  book.entries.push({ kind: 'mount', prefix, book: router.book, function: options?.function, layer, source });
}

/** Flattens the router of a mount by `flatten`. */
export function flattenMount(
  entry: Entry,
  above: Inherited,
  flatten: (book: Book, inherited: Inherited) => void,
): void {
  if (entry.kind !== 'mount') return;
  flatten(entry.book, {
    ...above,
    ...layersOf(entry, above),
    prefix: joinPaths(above.prefix, entry.prefix),
    function: entry.function ?? above.function,
  });
}

/** The path of a route behind the prefixes of its mounts. */
export const mountedPath = ({ path }: RouteEntry, { prefix }: Inherited) => ({ path: joinPaths(prefix, path) });
