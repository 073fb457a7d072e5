import type { SourceLine } from '../definition.js';
import type { Inherited } from './app-runtime.js';
import type { Declarations, Declaring, Entry, RouteEntry } from './declarations.js';
import { layersOf } from './layers.js';
import { joinPaths } from './path.js';

export function addMount(
  { record, layer }: Declaring,
  prefix: string,
  router: Declaring,
  options: { readonly function?: string } | undefined,
  source: SourceLine | undefined,
): void {
  record.entries.push({
    kind: 'mount',
    prefix,
    record: router.record,
    function: options?.function,
    layer,
    source,
  });
}

/** Flattens the router of a mount by `flatten`. */
export function flattenMount(
  entry: Entry,
  above: Inherited,
  flatten: (declarations: Declarations, inherited: Inherited) => void,
): void {
  if (entry.kind !== 'mount') return;
  flatten(entry.record, {
    ...above,
    ...layersOf(entry, above),
    prefix: joinPaths(above.prefix, entry.prefix),
    function: entry.function ?? above.function,
  });
}

/** The path of a route behind the prefixes of its mounts. */
export const mountedPath = ({ path }: RouteEntry, { prefix }: Inherited) => ({ path: joinPaths(prefix, path) });
