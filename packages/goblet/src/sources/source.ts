import type { SourceDefinition } from '../definition.js';
import type { ReadBatch } from './batch.js';

export type SourceKind = SourceDefinition['kind'];

/** A need for events. It gets its name under `sources`, its resource from the construct, its handler from `app.on`. */
export interface Source<K extends SourceKind = SourceKind, R = unknown, S = unknown> extends SourceDefinition {
  readonly kind: K;
  readonly _record?: R;
  /** What a test sends to it. */
  readonly _sent?: S;
}

/** A pattern in the language that EventBridge, Lambda's event filters and SNS filter policies have in common. */
export type Pattern = Readonly<Record<string, unknown>>;

/** What a queue or a topic finds in its messages where another source publishes to it. */
export interface Carried {
  /** @throws RecordRefused */
  decode(value: unknown): unknown;
  /** The value that AWS would put into the message, for tests. */
  readonly encode: ((sent: unknown) => unknown) | undefined;
}

/** The event that AWS would send the function of a source, for what a test sends. */
export type TestEvent = (sent: readonly unknown[]) => unknown;

/** What a source does beside being declared; none of it is in the inventory. */
interface Parts {
  readonly read: ReadBatch;
  /** Left out of what a Lambda function bundles. */
  readonly event: TestEvent | undefined;
  readonly carried?: Carried;
}

/** A source of these options. */
export function newSource<K extends SourceKind>(kind: K, options: object, parts: Parts): Source<K, never, never> {
  const { carried, ...functions } = parts;
  return { kind, options: { ...options, ...functions, ...(carried && { carried: () => carried }) } };
}

/** What the messages of a queue or a topic carry, if it is events of another source. */
export const carriedBy = (source: SourceDefinition): Carried => (source.options.carried as () => Carried)();

/** For tests of sources that deliver one event at a time. @throws TypeError for more */
export function onlyOne(sent: readonly unknown[]): unknown {
  if (sent.length > 1) throw new TypeError('GOBLET_TEST_SEND: the source delivers one event at a time; send it alone');
  return sent[0];
}
