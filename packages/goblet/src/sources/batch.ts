import type { AuthorizerDefinition } from '../definition.js';
import type { Reach } from './websocket/connections.js';

/** The decoded records of an event, and the answer to Lambda when the handler is done. */
export interface Batch {
  readonly records: readonly unknown[];
  answer(result: unknown): unknown;
  /** The answer to Lambda if the handler threw this error; `undefined`, or no method, if the invocation fails. */
  refusal?(error: unknown): unknown;
}

/** Logs the reason why a record does not reach the handler. */
export type LogRecord = (message: string, fields: object) => void;

/** The parts of an app that its sources need to read events. */
export interface SourceRuntime {
  readonly auth: Readonly<Record<string, AuthorizerDefinition>>;
  /** Reaches connections; set by tests. */
  readonly reach?: Reach;
}

/** Reads the events of one kind of source. The source carries its reader, so an app has only the readers it uses. */
export type ReadBatch = (event: unknown, log: LogRecord, runtime: SourceRuntime) => Batch | Promise<Batch>;
