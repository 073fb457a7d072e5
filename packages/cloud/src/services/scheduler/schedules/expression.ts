import { nextOf, parseCron } from '../../../kit/schedule/cron-expression.js';
import { parseSchedule } from '../../../kit/schedule/schedule-expression.js';
import { invalid } from '../scheduler-error.js';
import { checkZone, timeOf, wallTime } from './time-zone.js';

const AT = /^at\((?<time>\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)$/;
const CRON = /^cron\((?<fields>[^()]+)\)$/;

export interface Timing {
  readonly isOnce: boolean;
  /**
   * When it is due next; undefined where it never is again.
   * @param after epoch milliseconds
   * @param since epoch milliseconds from which a rate is counted
   */
  readonly next: (after: number, since: number) => number | undefined;
}

/**
 * Reads `at(2026-01-01T09:00:00)`, `cron(…)` and `rate(…)` ("Schedule types in EventBridge Scheduler"), in a time zone.
 * @throws AwsError ValidationException
 */
export function parseTiming(expression: string, zone = 'UTC'): Timing {
  try {
    checkZone(zone);
  } catch {
    throw invalid(`Invalid Schedule Expression Timezone ${zone}.`);
  }
  try {
    const { time } = AT.exec(expression)?.groups ?? {};
    if (time !== undefined) return once(Date.parse(`${time}Z`), zone);
    const { fields } = CRON.exec(expression)?.groups ?? {};
    if (fields === undefined) return { isOnce: false, ...parseSchedule(withPlural(expression)) };
    const cron = parseCron(fields);
    return {
      isOnce: false,
      next: (after) => {
        const wall = nextOf(cron, wallTime(after, zone));
        return wall === undefined ? undefined : timeOf(wall, zone);
      },
    };
  } catch {
    throw invalid(`Invalid Schedule Expression ${expression}.`);
  }
}

/** The scheduler takes `rate(5 minute)` and `rate(1 minutes)` as well, which rules do not. */
function withPlural(expression: string): string {
  return expression.replace(/^rate\((\d+) (minute|hour|day)s?\)$/, (_, count: string, unit: string) => {
    return `rate(${count} ${unit}${Number(count) === 1 ? '' : 's'})`;
  });
}

function once(wall: number, zone: string): Timing {
  if (Number.isNaN(wall)) throw new Error('no time');
  const due = timeOf(wall, zone);
  // A time that has passed when the schedule is made still comes, once.
  return { isOnce: true, next: (after, since) => (after < due || since > due ? Math.max(due, since) : undefined) };
}
