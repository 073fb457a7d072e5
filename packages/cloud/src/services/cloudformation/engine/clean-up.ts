import type { StackResource } from '../stack/stack.js';
import { write } from '../stack/stack-store.js';
import { findCircle, type Graph } from '../template/graph.js';
import type { DeletionPolicy } from '../template/template.js';
import { deleteResource } from './resource-work.js';
import type { StackRun } from './stack-run.js';
import { walk } from './walk.js';

/** A physical resource that has to go, and how. */
export interface Doomed {
  readonly resource: StackResource;
  /** True if its logical id still refers to it. */
  readonly isCurrent: boolean;
  readonly policy: DeletionPolicy;
}

/**
 * Deletes resources, those first that others do not need; retained ones are only let go of.
 * @returns the logical ids that could not be deleted
 */
export async function deleteResources(run: StackRun, doomed: readonly Doomed[]): Promise<readonly string[]> {
  const failed = await walk(
    deletionOrder(doomed.map(({ resource }) => resource)),
    async (index) => {
      const one = doomed[Number(index)];
      return one ? deleteOne(run, one) : true;
    },
    'continue',
  );
  return failed.map((index) => doomed[Number(index)]?.resource.logicalId ?? '');
}

async function deleteOne(run: StackRun, { resource, isCurrent, policy }: Doomed): Promise<boolean> {
  if (resource.physicalId === '' || resource.status === 'DELETE_COMPLETE') return true;
  if (policy !== 'Delete' && policy !== 'Snapshot') {
    const { statusReason: _, ...rest } = resource;
    if (isCurrent) await run.setResource(rest, { status: 'DELETE_SKIPPED' });
    else await run.note({ ...rest, status: 'DELETE_SKIPPED' });
    return true;
  }
  return deleteResource(run, resource, isCurrent);
}

/** Each resource, by its place in the list, waits for those that need it. */
function deletionOrder(resources: readonly StackResource[]): Graph {
  const graph = new Map(
    resources.map(({ logicalId }, i) => {
      const dependents = resources.flatMap(({ needs }, j) => (i !== j && needs.includes(logicalId) ? [String(j)] : []));
      return [String(i), new Set(dependents)] as const;
    }),
  );
  // Resources of two deployments may need each other crosswise; then the newest goes first.
  if (findCircle(graph).length === 0) return graph;
  return new Map(resources.map((_, i) => [String(i), new Set(i + 1 < resources.length ? [String(i + 1)] : [])]));
}

/**
 * Deletes the remains of an operation: leftovers of replacements, and resources for which `isWanted` is false.
 * If that fails, the resource stays, as on AWS, and the events say so.
 */
export async function cleanUp(
  run: StackRun,
  isWanted: (logicalId: string) => boolean,
  policyOf: (resource: StackResource, isCurrent: boolean) => DeletionPolicy,
): Promise<void> {
  const unwanted = [...run.resources.values()].filter(({ logicalId }) => !isWanted(logicalId));
  const doomed: Doomed[] = [
    ...run.stack.leftovers.map((resource) => ({ resource, isCurrent: false, policy: policyOf(resource, false) })),
    ...unwanted.map((resource) => ({ resource, isCurrent: true, policy: policyOf(resource, true) })),
  ];
  await deleteResources(run, doomed);
  for (const { logicalId } of unwanted) run.resources.delete(logicalId);
  await run.setStack({ leftovers: [] }, ...unwanted.map(({ logicalId }) => write.resourceGone(run.stack, logicalId)));
}
