import { checkSchedule, scheduledEvent } from '#parts/tooling';
import { hasShape } from '../lambda/event-shape.js';
import type { ReadBatch } from './batch.js';
import { EventRefused } from './record-refused.js';
import { newSource, type Source } from './source.js';

/** One run of a schedule. */
export interface ScheduleRecord {
  readonly time: Date;
}

const readSchedule: ReadBatch = (given) => {
  const event: unknown = Object(given);
  if (!hasShape(event, { 'time?': 'time' })) throw new EventRefused('an EventBridge schedule');
  return { records: [{ time: new Date(event.time ?? Date.now()) }], answer: () => undefined };
};

/**
 * A schedule: `rate(1 day)` or `cron(0 10 * * ? *)`.
 * @throws DeclarationError when the expression is neither
 * @example
 * const app = new App('reports', { sources: { nightly: schedule('cron(0 3 * * ? *)') } });
 * app.on('nightly', ({ records: [{ time }] }) => writeReport(time));
 */
export function schedule(expression: string): Source<'schedule', ScheduleRecord, Date> {
  checkSchedule(schedule, expression);
  return newSource(
    'schedule',
    { expression },
    {
      read: readSchedule,
      event: scheduledEvent(),
    },
  );
}
