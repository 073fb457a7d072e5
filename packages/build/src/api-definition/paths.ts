import { BuildError } from '../errors.js';
import type { InventoryLine, InventoryRoute } from '../inventory.js';

/**
 * API Gateway stores paths as a tree in which one node has at most one variable child. Its import refuses `/a/{x}`
 * beside `/a/{y}`, and `/a/{x}` beside `/a/{x+}`.
 * @throws BuildError GOBLET_BUILD_NOT_SUPPORTED with both lines
 */
export function checkPaths(routes: readonly InventoryRoute[]): void {
  const variables = new Map<string, { readonly variable: string; readonly route: InventoryRoute }>();
  for (const route of routes) {
    let parent = '';
    for (const segment of route.path.split('/').slice(1)) {
      if (segment.startsWith('{')) {
        const known = variables.get(parent);
        if (known !== undefined && known.variable !== segment) throw clash(parent, segment, route, known);
        variables.set(parent, { variable: segment, route });
      }
      parent = `${parent}/${segment}`;
    }
  }
}

function clash(
  parent: string,
  segment: string,
  route: InventoryRoute,
  known: { readonly variable: string; readonly route: InventoryRoute },
): BuildError {
  return new BuildError(
    'GOBLET_BUILD_NOT_SUPPORTED',
    `API Gateway accepts one variable under ${parent}/, but there are ${known.variable}${at(known.route.source)} and ${segment}${at(route.source)}; give them the same name`,
  );
}

/** ` (app.ts:12)`, or an empty text if the line is unknown. */
export function at(line: InventoryLine | undefined): string {
  return line === undefined ? '' : ` (${line.file}:${line.line})`;
}
