import type { Operation } from './database.js';

interface Waiting {
  readonly operations: readonly Operation[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** LevelDB itself joins writes of up to a megabyte. */
const LARGEST_GROUP = 1 << 20;

function sizeOf(operations: readonly Operation[]): number {
  let size = 0;
  for (const operation of operations)
    size += operation.key.length + (operation.type === 'put' ? operation.value.length : 0);
  return size;
}

/**
 * Writes one group at a time: whatever comes while one is under way is the next group, in the order in which it came.
 * After a failed write LevelDB's log may end in half a record, and what is written behind it does not survive. As
 * nothing is under way beside a write, nothing can be acknowledged after one that failed before that is known here.
 */
export class WriteLine {
  readonly #write: (operations: readonly Operation[]) => Promise<void>;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(write: (operations: readonly Operation[]) => Promise<void>) {
    this.#write = write;
  }

  /** Resolves when these are written, together with none or all of their group. */
  add(operations: readonly Operation[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ operations, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing is under way or waiting. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#nextGroup();
      const [only] = group;
      try {
        await this.#write(only && group.length === 1 ? only.operations : group.flatMap(({ operations }) => operations));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#running = undefined;
  }

  #nextGroup(): Waiting[] {
    let size = 0;
    let count = 0;
    for (const { operations } of this.#waiting) {
      size += sizeOf(operations);
      if (count > 0 && size > LARGEST_GROUP) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }
}
