import { DeclarationError } from './declaration-error.js';
import type { Schema, SourceDefinition } from './definition.js';
import type { Batch, ReadBatch } from './events.js';
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
  /** Gives the record back to its queue, the others stay done. */
  fail(reason?: unknown): void;
}

export interface QueueOptions {
  /** @default 10 */
  readonly batchSize?: number;
  /** Seconds. @default 0 */
  readonly batchWindow?: number;
}

interface SqsEvent {
  readonly Records?: readonly {
    readonly messageId: string;
    readonly body: string;
    readonly attributes?: { readonly ApproximateReceiveCount?: string };
  }[];
}

/**
 * Reads the event of an SQS queue ("Using Lambda with Amazon SQS"). A record that its schema refuses never reaches
 * the handler: it is logged and given back, and ends in the dead-letter queue where there is one.
 */
const readQueue =
  (schema: Schema): ReadBatch =>
  async (given, log): Promise<Batch> => {
    const failed = new Set<string>();
    const records: QueueRecord[] = [];
    for (const { messageId: id, body, attributes } of (given as SqsEvent).Records ?? []) {
      const refuse = (issues: unknown) => {
        failed.add(id);
        log('The record does not match its schema', { record: id, issues });
      };
      let value: unknown;
      try {
        value = JSON.parse(body);
      } catch {
        refuse('not valid JSON');
        continue;
      }
      const result = await schema['~standard'].validate(value);
      if (result.issues) {
        refuse(result.issues);
        continue;
      }
      const fail = (reason?: unknown) => {
        failed.add(id);
        log('The record failed', { record: id, reason });
      };
      records.push({ id, body: result.value, attempts: Number(attributes?.ApproximateReceiveCount ?? 1), fail });
    }
    return {
      records,
      answer: () => ({ batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) }),
    };
  };

/**
 * An SQS queue whose message bodies are JSON of this schema.
 * @example sources: { jobs: queue(Job, { batchSize: 5 }) }
 */
export function queue<B extends Schema>(
  body: B,
  options?: QueueOptions,
): Source<'queue', QueueRecord<StandardSchemaV1.InferOutput<B>>> {
  return { kind: 'queue', options: { ...options, body, read: readQueue(body) } };
}

export interface ScheduleRecord {
  readonly time: Date;
}

const readSchedule: ReadBatch = (given) => ({
  records: [{ time: new Date((given as { time?: string }).time ?? Date.now()) }],
  answer: () => undefined,
});

/**
 * A schedule: `rate(1 day)` or `cron(0 10 * * ? *)`.
 * @throws DeclarationError when the expression is neither
 */
export function schedule(expression: string): Source<'schedule', ScheduleRecord> {
  if (!/^(rate|cron)\(.+\)$/.test(expression))
    throw new DeclarationError('GOBLET_SCHEDULE', `"${expression}" is neither rate(…) nor cron(…)`);
  return { kind: 'schedule', options: { expression, read: readSchedule } };
}

const readDirect: ReadBatch = (given) => ({ records: [given], answer: (result) => result });

/** A function that is invoked directly: one record, the payload; what the handler returns is the answer. */
export function lambda(): Source<'lambda', unknown> {
  return { kind: 'lambda', options: { read: readDirect } };
}
