import { corsUnder } from '#parts/cors';
import { flattenHandler } from '#parts/events';
import { functionOf } from '#parts/functions';
import { flattenListener } from '#parts/listeners';
import { layersOf } from '#parts/middleware';
import { flattenMount, mountedPath } from '#parts/mounts';
import type { Flat, FlatRoute, Inherited } from './app-runtime.js';
import type { Declarations, RouteEntry } from './declarations.js';
import type { DeclaredOptions } from './declared-options.js';

function namesOf(auth: DeclaredOptions['auth'], inherited: string | undefined): readonly string[] {
  const names = auth ?? inherited;
  // Only `false` opens a route. An invalid name such as '' is required but never found.
  return names === false ? [] : [names ?? []].flat();
}

function flatRoute(entry: RouteEntry, above: Inherited): FlatRoute {
  const { options } = entry;
  return {
    ...above,
    ...entry,
    ...mountedPath(entry, above),
    ...layersOf(entry, above),
    ...functionOf(options, above),
    auth: namesOf(options.auth, above.auth),
    cors: corsUnder(options, above),
  };
}

/** The routes and event handlers of an app or router, with mounts resolved, in order of declaration. */
export function flatten(
  declarations: Declarations,
  given: Inherited = { prefix: '/', layers: [], function: 'APIHandler' },
  flat: Flat = { routes: [], events: [], listeners: [] },
): Flat {
  const { options } = declarations;
  const above = {
    ...given,
    auth: options.defaultAuth ?? given.auth,
    cors: corsUnder(options, given),
  };
  for (const entry of declarations.entries) {
    if (entry.kind === 'route') flat.routes.push(flatRoute(entry, above));
    flattenHandler(entry, flat);
    flattenListener(entry, flat);
    flattenMount(entry, above, (mounted, inherited) => flatten(mounted, inherited, flat));
  }
  return flat;
}
