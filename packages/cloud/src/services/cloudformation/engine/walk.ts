import type { Graph } from '../template/graph.js';

/**
 * Visits every node of a graph, each as soon as all it needs are done, as many at once as there are.
 * @param visit answers whether it succeeded; it must not throw
 * @param whenOneFails 'stop' starts nothing new; 'continue' only leaves out what needs the failed one
 * @returns the nodes that failed, in the order they did
 */
export async function walk(
  graph: Graph,
  visit: (id: string) => Promise<boolean>,
  whenOneFails: 'stop' | 'continue',
): Promise<readonly string[]> {
  const waiting = new Set(graph.keys());
  const done = new Set<string>();
  const failed: string[] = [];
  const running = new Set<Promise<void>>();

  const isReady = (id: string): boolean =>
    [...(graph.get(id) ?? [])].every((need) => done.has(need) || !graph.has(need));
  const start = (id: string): void => {
    waiting.delete(id);
    const run = visit(id).then((succeeded) => {
      running.delete(run);
      if (succeeded) done.add(id);
      else failed.push(id);
    });
    running.add(run);
  };

  for (;;) {
    if (failed.length === 0 || whenOneFails === 'continue') for (const id of [...waiting]) if (isReady(id)) start(id);
    if (running.size === 0) return failed;
    await Promise.race(running);
  }
}
