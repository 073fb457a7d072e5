import type { StableState, StackResource } from '../stack/stack.js';
import type { Graph } from '../template/graph.js';
import { sameValue } from '../template/json.js';
import { cleanUp, deleteResources } from './clean-up.js';
import { restoreResource } from './resource-work.js';
import type { StackRun } from './stack-run.js';
import { walk } from './walk.js';

/** Undoes a create that failed: everything it made goes, but what its policy retains. */
export async function rollBackCreate(run: StackRun): Promise<void> {
  const failed = await deleteResources(
    run,
    [...run.resources.values()].map((resource) => ({
      resource,
      isCurrent: true,
      policy: policyOnRollback(run, resource),
    })),
  );
  if (failed.length === 0) await run.setStatus('ROLLBACK_COMPLETE', undefined, { outputs: [], operation: undefined });
  else await run.setStatus('ROLLBACK_FAILED', `The following resource(s) failed to delete: [${failed.join(', ')}]. `);
}

/** Undoes an update: every resource becomes what it was, then what the update made goes. */
export async function rollBackUpdate(run: StackRun, stable: StableState): Promise<void> {
  const before = new Map(stable.resources.map((resource) => [resource.logicalId, resource]));
  const graph: Graph = new Map(stable.resources.map(({ logicalId, needs }) => [logicalId, new Set(needs)]));
  const failed = await walk(
    graph,
    async (logicalId) => {
      const resource = before.get(logicalId);
      return resource ? rollBackResource(run, resource) : true;
    },
    'continue',
  );
  if (failed.length > 0) {
    await run.setStatus(
      'UPDATE_ROLLBACK_FAILED',
      `The following resource(s) failed to update: [${failed.join(', ')}]. `,
    );
    return;
  }
  await run.setStatus('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  await cleanUpAfterRollback(run, stable);
}

/** The last part of a rollback, which a restart may find under way. */
export async function cleanUpAfterRollback(run: StackRun, stable: StableState): Promise<void> {
  const before = new Set(stable.resources.map(({ logicalId }) => logicalId));
  await cleanUp(
    run,
    (logicalId) => before.has(logicalId),
    (resource) => policyOnRollback(run, resource),
  );
  await run.setStatus('UPDATE_ROLLBACK_COMPLETE', undefined, { stable: undefined, operation: undefined });
}

/** Retain keeps a resource even from the rollback of the operation that made it; RetainExceptOnCreate does not. */
function policyOnRollback({ operation }: StackRun, { deletionPolicy }: StackResource): 'Delete' | 'Retain' {
  return deletionPolicy === 'Retain' && !operation.retainExceptOnCreate ? 'Retain' : 'Delete';
}

async function rollBackResource(run: StackRun, before: StackResource): Promise<boolean> {
  const current = run.resources.get(before.logicalId);
  if (current?.incarnation === before.incarnation) {
    const untouched =
      current.pending === undefined &&
      sameValue(current.properties, before.properties) &&
      sameValue(current.stackTags, before.stackTags);
    if (untouched && current.status !== 'UPDATE_FAILED') {
      if (current.time !== before.time) await run.keepResource(before);
      return true;
    }
    if (run.operation.skip.includes(before.logicalId)) {
      await run.setResource(before, { status: 'UPDATE_COMPLETE' });
      return true;
    }
    return untouched ? markRestored(run, before) : restoreResource(run, current, before);
  }
  // The update put another resource in its place: the old one, still there, takes its name back.
  const others = run.stack.leftovers.filter(({ incarnation }) => incarnation !== before.incarnation);
  const leftovers = current && current.physicalId !== '' ? [...others, current] : others;
  await run.setResource(before, { status: 'UPDATE_COMPLETE' }, { leftovers });
  return true;
}

async function markRestored(run: StackRun, before: StackResource): Promise<boolean> {
  await run.setResource(before, { status: 'UPDATE_COMPLETE' });
  return true;
}
