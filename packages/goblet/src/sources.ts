import type { Schema, SourceDefinition } from './definition.js';
import type { StandardSchemaV1 } from './standard-schema.js';

/** A need for events. It gets its name under `sources`, its resource from the construct, its handler from `app.on`. */
export interface Source<K extends SourceDefinition['kind'] = SourceDefinition['kind'], R = unknown>
  extends SourceDefinition {
  readonly kind: K;
  readonly _record?: R;
}

export interface QueueRecord<B = unknown> {
  readonly id: string;
  readonly body: B;
  /** How often it has been received, this time included. */
  readonly attempts: number;
}

export interface QueueOptions {
  /** @default 10 */
  readonly batchSize?: number;
  /** Seconds. @default 0 */
  readonly batchWindow?: number;
}

/**
 * An SQS queue whose message bodies are JSON of this schema.
 * @example sources: { jobs: queue(Job, { batchSize: 5 }) }
 */
export function queue<B extends Schema>(
  body: B,
  options?: QueueOptions,
): Source<'queue', QueueRecord<StandardSchemaV1.InferOutput<B>>> {
  return { kind: 'queue', options: { ...options, body } };
}

export interface ScheduleRecord {
  readonly time: Date;
}

/**
 * A schedule: `rate(1 day)` or `cron(0 10 * * ? *)`.
 * @throws TypeError when the expression is neither
 */
export function schedule(expression: string): Source<'schedule', ScheduleRecord> {
  if (!/^(rate|cron)\(.+\)$/.test(expression))
    throw new TypeError(`GOBLET_SCHEDULE_EXPRESSION: "${expression}" is neither rate(…) nor cron(…)`);
  return { kind: 'schedule', options: { expression } };
}
