/** The lock that one operation holds: a whole thing (`write`), or a share that only a `write` excludes. */
export interface LockRequest {
  readonly name: string;
  readonly mode: 'read' | 'write';
}

interface Waiter {
  readonly mode: 'read' | 'write';
  readonly enter: () => void;
}

interface Lock {
  /** How many readers are in, or -1 where a writer is. */
  holders: number;
  readonly queue: Waiter[];
}

export type Release = () => void;

/** Named locks, first come first served: who waits for a `write` is not overtaken by later reads. */
export class Locks {
  readonly #locks = new Map<string, Lock>();

  /** Takes the locks in the order of their names, so that no two operations can wait for each other. */
  async hold(requests: readonly LockRequest[]): Promise<Release> {
    const sorted =
      requests.length > 1 ? [...requests].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)) : requests;
    for (const request of sorted) {
      const waiting = this.#enter(request);
      if (waiting) await waiting;
    }
    return () => {
      for (const request of sorted) this.#leave(request);
    };
  }

  #enter({ name, mode }: LockRequest): Promise<void> | undefined {
    let lock = this.#locks.get(name);
    if (!lock) {
      lock = { holders: 0, queue: [] };
      this.#locks.set(name, lock);
    }
    if (lock.queue.length === 0 && admits(lock, mode)) {
      lock.holders = mode === 'write' ? -1 : lock.holders + 1;
      return undefined;
    }
    const { queue } = lock;
    return new Promise((enter) => queue.push({ mode, enter }));
  }

  #leave({ name, mode }: LockRequest): void {
    const lock = this.#locks.get(name);
    if (!lock) return;
    lock.holders = mode === 'write' ? 0 : lock.holders - 1;
    for (let next = lock.queue[0]; next && admits(lock, next.mode); next = lock.queue[0]) {
      lock.queue.shift();
      lock.holders = next.mode === 'write' ? -1 : lock.holders + 1;
      next.enter();
    }
    if (lock.holders === 0 && lock.queue.length === 0) this.#locks.delete(name);
  }
}

function admits(lock: Lock, mode: 'read' | 'write'): boolean {
  return mode === 'write' ? lock.holders === 0 : lock.holders >= 0;
}
