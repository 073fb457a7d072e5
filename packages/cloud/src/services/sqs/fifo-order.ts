import type { QueuedMessage } from './message.js';

/**
 * The messages of a FIFO queue in the order in which they can be received: as many of one group as there are, then the
 * next. A group waits for its messages that are out, and the group that has been visible longest comes first.
 *
 * @param all in the order of sending
 * @param now epoch milliseconds
 */
export function inFifoOrder(all: readonly QueuedMessage[], now: number): readonly QueuedMessage[] {
  const blocked = new Set<string | undefined>();
  const groups = new Map<string | undefined, QueuedMessage[]>();
  for (const queued of all) {
    const { groupId } = queued.message;
    if (queued.delivery.visibleAt > now) blocked.add(groupId);
    if (blocked.has(groupId)) continue;
    const group = groups.get(groupId) ?? [];
    group.push(queued);
    groups.set(groupId, group);
  }
  const visibleSince = ([first]: readonly QueuedMessage[]): number => first?.delivery.visibleAt ?? now;
  return [...groups.values()].sort((a, b) => visibleSince(a) - visibleSince(b)).flat();
}
