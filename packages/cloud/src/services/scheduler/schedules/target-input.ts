import { type ScheduleRecord, scheduleArn } from './schedule-record.js';

export interface Execution {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly scheduled: number;
  readonly attempt: number;
}

const seconds = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');

/** The text that a target gets: its own with the context in place ("Adding context attributes"), else an event. */
export function targetInput(record: ScheduleRecord, { id, scheduled, attempt }: Execution): string {
  const { Input: text } = record.settings.Target;
  const arn = scheduleArn(record);
  if (text === undefined) {
    return JSON.stringify({
      version: '0',
      id,
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account: record.account,
      time: seconds(scheduled),
      region: record.region,
      resources: [arn],
      detail: '{}',
    });
  }
  return text
    .replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.scheduled-time>', seconds(scheduled))
    .replaceAll('<aws.scheduler.execution-id>', id)
    .replaceAll('<aws.scheduler.attempt-number>', String(attempt));
}
