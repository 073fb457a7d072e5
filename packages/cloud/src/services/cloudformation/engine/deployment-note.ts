import type { Scope } from '../../../core/operation.js';
import { isRecordedByProperties, storedPaths } from '../properties/standing.js';
import type { ResourceTypes } from '../resource-types.js';
import type { StackResource } from '../stack/stack.js';

/** As many are named, the others counted. */
const NAMED = 8;

/**
 * One line about a deployed stack: what of it is only recorded, and which properties are stored without effect.
 * @returns undefined where all of it is simulated
 */
export function deploymentNote(
  resources: Iterable<StackResource>,
  types: ResourceTypes,
  scope: Scope,
): string | undefined {
  const counts = new Map<string, number>();
  const stored = new Set<string>();
  for (const { type, properties } of resources) {
    if (types.standing(type) === 'recorded' || isRecordedByProperties(type, properties)) {
      counts.set(type, (counts.get(type) ?? 0) + 1);
      continue;
    }
    for (const path of storedPaths(type, properties, scope)) stored.add(`${path} of ${type}`);
  }
  const recorded = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const sentences = [
    said(
      'Only recorded here, nothing of it runs',
      recorded.map(([type, count]) => (count === 1 ? type : `${count} ${type}`)),
    ),
    said('Stored, no effect here', [...stored].sort()),
  ];
  const note = sentences.filter(Boolean);
  return note.length === 0 ? undefined : [...note, 'See docs/reference/local-cloud.md.'].join(' ');
}

function said(what: string, things: readonly string[]): string {
  if (things.length === 0) return '';
  const others = things.length > NAMED ? ` and ${things.length - NAMED} more` : '';
  return `${what}: ${things.slice(0, NAMED).join(', ')}${others}.`;
}
