import type { Graph } from '../template/graph.js';

/**
 * Visits every node of a graph, each as soon as all it needs are done, as many at once as there are.
 * @param visit answers whether it succeeded
 * @param whenOneFails 'stop' starts nothing new; 'continue' only leaves out what needs the failed one
 * @returns the nodes that failed, in the order they did
 * @throws what `visit` threw, when all that was started has ended
 */
export async function walk(
  graph: Graph,
  visit: (id: string) => Promise<boolean>,
  whenOneFails: 'stop' | 'continue',
): Promise<readonly string[]> {
  const waiting = new Set(graph.keys());
  const done = new Set<string>();
  const failed: string[] = [];
  const thrown: unknown[] = [];
  const running = new Set<Promise<void>>();

  const isReady = (id: string): boolean =>
    [...(graph.get(id) ?? [])].every((need) => done.has(need) || !graph.has(need));
  const start = (id: string): void => {
    waiting.delete(id);
    const run = visit(id)
      .then(
        (succeeded) => {
          if (succeeded) done.add(id);
          else failed.push(id);
        },
        (error: unknown) => {
          thrown.push(error);
        },
      )
      .finally(() => running.delete(run));
    running.add(run);
  };

  for (;;) {
    const goesOn = thrown.length === 0 && (failed.length === 0 || whenOneFails === 'continue');
    if (goesOn) for (const id of [...waiting]) if (isReady(id)) start(id);
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (thrown.length > 0) throw thrown[0];
  return failed;
}
