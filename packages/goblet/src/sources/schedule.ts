import { randomUUID } from 'node:crypto';
import { DeclarationError } from '../declare/declaration-error.js';
import { sourceLine } from '../declare/source-line.js';
import { hasShape } from '../lambda/event-shape.js';
import type { ReadBatch } from './batch.js';
import { EventRefused } from './record-refused.js';
import { newSource, onlyOne, type Source, type TestEvent } from './source.js';

export interface ScheduleRecord {
  readonly time: Date;
}

const readSchedule: ReadBatch = (given) => {
  const event: unknown = Object(given);
  if (!hasShape(event, { 'time?': 'time' })) throw new EventRefused('an EventBridge schedule');
  return { records: [{ time: new Date(event.time ?? Date.now()) }], answer: () => undefined };
};

const eventAt = (time: unknown): unknown => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '000000000000',
  time: (time instanceof Date ? time : new Date()).toISOString().replace(/\.\d+Z$/, 'Z'),
  region: 'eu-west-1',
  resources: [],
  detail: {},
});

function scheduledEvent(): TestEvent | undefined {
  if (process.env.GOBLET_OMIT_TOOLING === '1') return undefined;
  return (sent) => eventAt(onlyOne(sent));
}

/**
 * True if EventBridge accepts it ("Schedule expression types"): a rate of one has a singular unit, and a cron
 * expression gives either the day of the month or the day of the week, with `?` for the other.
 */
function isExpression(expression: string): boolean {
  if (/^rate\((1 (minute|hour|day)|(?!1 )[1-9]\d* (minutes|hours|days))\)$/.test(expression)) return true;
  const [, fields = ''] = /^cron\((.+)\)$/.exec(expression) ?? [];
  const { length, 2: dayOfMonth, 4: dayOfWeek } = fields.split(/\s+/);
  return length === 6 && (dayOfMonth === '?' || dayOfWeek === '?');
}

/** @throws DeclarationError */
function checkExpression(expression: string): void {
  if (process.env.GOBLET_OMIT_TOOLING === '1') return;
  if (!isExpression(expression))
    throw new DeclarationError(
      'GOBLET_SCHEDULE',
      `"${expression}" is neither a rate, as rate(1 day) and rate(5 minutes), nor a cron of six fields, as cron(0 10 * * ? *)`,
      sourceLine(schedule),
    );
}

/**
 * A schedule: `rate(1 day)` or `cron(0 10 * * ? *)`.
 * @throws DeclarationError when the expression is neither
 * @example
 * const app = new App('reports', { sources: { nightly: schedule('cron(0 3 * * ? *)') } });
 * app.on('nightly', ({ records: [{ time }] }) => writeReport(time));
 */
export function schedule(expression: string): Source<'schedule', ScheduleRecord, Date> {
  checkExpression(expression);
  return newSource(
    'schedule',
    { expression },
    {
      read: readSchedule,
      event: scheduledEvent(),
    },
  );
}
