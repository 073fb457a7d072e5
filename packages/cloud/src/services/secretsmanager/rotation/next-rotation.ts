import { invalidParameter } from '../secret-error.js';
import type { RotationRules } from '../secret-record.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const RATE = /^rate\((\d+) (hours?|days?)\)$/;
const CRON = /^cron\(.+\)$/;

/** @throws AwsError InvalidParameterException */
export function checkRules({ AutomaticallyAfterDays: days, ScheduleExpression: schedule }: RotationRules): void {
  if (days !== undefined && schedule !== undefined) {
    throw invalidParameter('You can specify AutomaticallyAfterDays or ScheduleExpression, not both.');
  }
  if (schedule !== undefined && !RATE.test(schedule) && !CRON.test(schedule)) {
    throw invalidParameter(`Invalid ScheduleExpression: ${schedule}`);
  }
}

/** Epoch milliseconds; undefined where nothing rotates by itself. A cron expression rotates on the next day here. */
export function nextRotation(rules: RotationRules, now: number): number | undefined {
  const { AutomaticallyAfterDays: days, ScheduleExpression: schedule } = rules;
  if (days !== undefined) return now + days * DAY;
  if (schedule === undefined) return undefined;
  const [, count = '1', unit = 'day'] = RATE.exec(schedule) ?? [];
  return now + Number(count) * (unit.startsWith('hour') ? HOUR : DAY);
}
