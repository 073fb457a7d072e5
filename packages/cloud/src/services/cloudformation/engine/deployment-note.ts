import type { ResourceTypes } from '../resource-types.js';
import type { StackResource } from '../stack/stack.js';

/** As many types are named, the others counted. */
const NAMED = 8;

/**
 * One line about a deployed stack: what of it is only recorded.
 * @returns undefined where all of it is simulated
 */
export function deploymentNote(resources: Iterable<StackResource>, types: ResourceTypes): string | undefined {
  const counts = new Map<string, number>();
  for (const { type } of resources) {
    if (types.standing(type) === 'recorded') counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  if (counts.size === 0) return undefined;
  const all = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const named = all.slice(0, NAMED).map(([type, count]) => (count === 1 ? type : `${count} ${type}`));
  const others = all.length > NAMED ? ` and ${all.length - NAMED} more types` : '';
  return `Only recorded here, nothing of it runs: ${named.join(', ')}${others}.`;
}
