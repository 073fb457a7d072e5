import type { AuthorizerDefinition } from '../definition.js';
import type { Reach } from './websocket/connections.js';

/** The decoded records of an event, and what Lambda is answered when the handler is done. */
export interface Batch {
  readonly records: readonly unknown[];
  answer(result: unknown): unknown;
  /** What Lambda is answered where the handler threw this; `undefined` where the invocation fails, as it does without. */
  refusal?(error: unknown): unknown;
}

/** Logs what keeps a record from the handler. */
export type LogRecord = (message: string, fields: object) => void;

/** What of an app its sources read their events by. */
export interface SourceRuntime {
  readonly auth: Readonly<Record<string, AuthorizerDefinition>>;
  /** How connections are reached, where tests say so. */
  readonly reach?: Reach;
}

/** How a kind of source reads its events; carried by the source, so that an app has only the readers it uses. */
export type ReadBatch = (event: unknown, log: LogRecord, runtime: SourceRuntime) => Batch | Promise<Batch>;
