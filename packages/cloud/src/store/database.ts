import type { AbstractLevel } from 'abstract-level';

/** LevelDB as classic-level and memory-level both give it: text keys, byte values. */
export type Level = AbstractLevel<Buffer | Uint8Array | string, string, Uint8Array>;

export type Operation =
  | { readonly type: 'put'; readonly key: string; readonly value: Uint8Array }
  | { readonly type: 'del'; readonly key: string };

/** The LevelDB of a store. One on disk may be closed and opened again beneath its users. */
export interface Database {
  /** How it is called in messages: its folder. */
  readonly name: string;
  /** The one that is open, or will be in a moment. */
  readonly level: () => Level | Promise<Level>;
  /** Writes all or none of the operations; durable when it resolves. */
  readonly write: (operations: readonly Operation[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** One write goes in as it is: LevelDB's batches take an object apart for each of theirs. */
export function commit(level: Level, operations: readonly Operation[]): Promise<void> {
  const [only] = operations;
  if (only && operations.length === 1)
    return only.type === 'del' ? level.del(only.key) : level.put(only.key, only.value);
  return level.batch([...operations]);
}
