import { parseTiming } from './expression.js';
import type { ScheduleRecord } from './schedule-record.js';

/**
 * When a schedule is due next, epoch milliseconds; undefined if it is never due again. Repeated runs that were due while
 * nothing ran are skipped, single ones are not.
 */
export function nextDue({ settings, modified, fired }: ScheduleRecord, now: number): number | undefined {
  const { ScheduleExpression, ScheduleExpressionTimezone, StartDate, EndDate } = settings;
  const { isOnce, next } = parseTiming(ScheduleExpression, ScheduleExpressionTimezone);
  const since = Math.max(modified, dateOf(StartDate) ?? 0);
  if (isOnce) return fired !== undefined && fired >= modified ? undefined : next(modified - 1, modified - 1);
  const due = next(Math.max(now, since - 1), since);
  const end = dateOf(EndDate);
  return due !== undefined && (end === undefined || due <= end) ? due : undefined;
}

/** Dates are text in the store. */
function dateOf(date: Date | string | undefined): number | undefined {
  return date === undefined ? undefined : new Date(date).getTime();
}
