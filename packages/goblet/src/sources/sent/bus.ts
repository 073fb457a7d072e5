import { randomUUID } from 'node:crypto';
import type { Carried, Pattern } from '../source.js';

/** An event on the bus in a test. */
export interface BusSent<D> {
  readonly detail: D;
  /** @default - the first source in the pattern, else 'test' */
  readonly source?: string;
  /** @default - the first detail type in the pattern, else 'test' */
  readonly detailType?: string;
  readonly resources?: readonly string[];
}

const firstOf = (values: unknown): string =>
  Array.isArray(values) && typeof values[0] === 'string' ? values[0] : 'test';

const eventOf = (pattern: Pattern, sent: BusSent<unknown>): object => ({
  version: '0',
  id: randomUUID(),
  'detail-type': sent.detailType ?? firstOf(pattern['detail-type']),
  source: sent.source ?? firstOf(pattern.source),
  account: '000000000000',
  time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  region: 'eu-west-1',
  resources: sent.resources ?? [],
  detail: sent.detail,
});

/** Builds the event of a bus for an event from a test. */
export function busEncoder(pattern: Pattern): Carried['encode'] {
  return (sent) => eventOf(pattern, sent as BusSent<unknown>);
}
