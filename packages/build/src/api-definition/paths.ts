import { BuildError } from '../build-error.js';
import { type Variable, variablesDiffer } from '../errors/support.js';
import type { InventoryRoute } from '../inventory.js';

/**
 * API Gateway stores paths as a tree in which one node has at most one variable child. Its import refuses `/a/{x}`
 * beside `/a/{y}`, and `/a/{x}` beside `/a/{x+}`.
 * @throws BuildError GOBLET_BUILD_NOT_SUPPORTED with both lines
 */
export function checkPaths(routes: readonly InventoryRoute[]): void {
  const variables = new Map<string, Variable>();
  for (const route of routes) {
    let parent = '';
    for (const segment of route.path.split('/').slice(1)) {
      if (segment.startsWith('{')) {
        const known = variables.get(parent);
        const found = { variable: segment, source: route.source };
        if (known !== undefined && known.variable !== segment)
          throw new BuildError(variablesDiffer(parent, known, found));
        variables.set(parent, found);
      }
      parent = `${parent}/${segment}`;
    }
  }
}
