import type { SourceDefinition } from '../definition.js';
import { oneAtATime } from '../errors/testing.js';
import type { ReadBatch } from './batch.js';

export type SourceKind = SourceDefinition['kind'];

/** A need for events. It gets its name under `sources`, its resource from the construct, its handler from `app.on`. */
export interface Source<K extends SourceKind = SourceKind, R = unknown, S = unknown> extends SourceDefinition {
  readonly kind: K;
  readonly _record?: R;
  /** The value that a test sends to it. */
  readonly _sent?: S;
}

/** A pattern in the language that EventBridge, Lambda's event filters and SNS filter policies share. */
export type Pattern = Readonly<Record<string, unknown>>;

/** The content of a queue's or topic's messages if another source publishes to it. */
export interface Carried {
  /** @throws RecordRefused */
  decode(value: unknown): unknown;
  /** The value that AWS would put into the message, for tests. */
  readonly encode: ((sent: unknown) => unknown) | undefined;
}

/** Builds the event that AWS would send to the function of a source, from the values of a test. */
export type TestEvent = (sent: readonly unknown[]) => unknown;

/** The behavior of a source; none of it is in the inventory. */
interface Parts {
  readonly read: ReadBatch;
  /** Omitted from a Lambda bundle. */
  readonly event: TestEvent | undefined;
  readonly carried?: Carried;
}

/** A source with these options. */
export function newSource<K extends SourceKind>(kind: K, options: object, parts: Parts): Source<K, never, never> {
  const { carried, ...functions } = parts;
  return { kind, options: { ...options, ...functions, ...(carried && { carried: () => carried }) } };
}

/** The source whose events the messages of a queue or a topic carry, if any. */
export const carriedBy = (source: SourceDefinition): Carried => (source.options.carried as () => Carried)();

/**
 * For tests of sources that deliver one event at a time.
 * @throws TypeError for more than one
 */
export function onlyOne(sent: readonly unknown[]): unknown {
  if (sent.length > 1) throw new TypeError(oneAtATime);
  return sent[0];
}
