import { type DaysOf, parseCronDays } from './cron-days.js';
import { type FieldRange, parseCronField } from './cron-field.js';

const MINUTE: FieldRange = { name: 'minute', min: 0, max: 59 };
const HOUR: FieldRange = { name: 'hour', min: 0, max: 23 };
const MONTH: FieldRange = {
  name: 'month',
  min: 1,
  max: 12,
  words: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
};
const YEAR: FieldRange = { name: 'year', min: 1970, max: 2199 };
const MINUTES = 60_000;

export interface CronExpression {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: DaysOf;
  readonly months: ReadonlySet<number>;
  readonly years: ReadonlySet<number>;
}

/**
 * Reads the six fields of a cron expression as EventBridge has them: minutes, hours, day of month, month, day of week, year.
 * @throws Error that names what is wrong
 */
export function parseCron(fields: string): CronExpression {
  const [minutes = '', hours = '', dayOfMonth = '', month = '', dayOfWeek = '', year = '', ...others] = fields
    .trim()
    .split(/\s+/);
  if (year === '' || others.length > 0) throw new Error('a cron expression has six fields');
  return {
    minutes: parseCronField(minutes, MINUTE),
    hours: parseCronField(hours, HOUR),
    days: parseCronDays(dayOfMonth, dayOfWeek),
    months: parseCronField(month, MONTH),
    years: parseCronField(year, YEAR),
  };
}

/**
 * When it is due next, in UTC; undefined where it never is again.
 * @param after epoch milliseconds
 */
export function nextOf(cron: CronExpression, after: number): number | undefined {
  const first = (Math.floor(after / MINUTES) + 1) * MINUTES;
  const start = new Date(first);
  for (let year = start.getUTCFullYear(); year <= YEAR.max; year++) {
    if (!cron.years.has(year)) continue;
    for (const month of ascending(cron.months)) {
      const monthStart = Date.UTC(year, month - 1);
      if (Date.UTC(year, month) <= first) continue;
      const length = (Date.UTC(year, month) - monthStart) / (24 * 60 * MINUTES);
      const days = cron.days({ length, firstWeekday: new Date(monthStart).getUTCDay() + 1 });
      for (const day of ascending(days)) {
        if (Date.UTC(year, month - 1, day + 1) <= first) continue;
        for (const hour of ascending(cron.hours)) {
          for (const minute of ascending(cron.minutes)) {
            const time = Date.UTC(year, month - 1, day, hour, minute);
            if (time >= first) return time;
          }
        }
      }
    }
  }
  return undefined;
}

const ascending = (values: ReadonlySet<number>): readonly number[] => [...values].sort((a, b) => a - b);
