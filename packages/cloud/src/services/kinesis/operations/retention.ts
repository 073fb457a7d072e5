import { invalidArgument } from '../kinesis-error.js';
import { kinesisOperation, onStream } from '../service-state.js';
import { STREAM_LIMITS } from '../streams/stream-name.js';
import type { StreamRecord } from '../streams/stream-record.js';
import { withStream } from './stream-input.js';

const SHORTEST = 24;
const LONGEST = 8760;

/** @throws AwsError InvalidArgumentException */
function checkHours(hours: number): void {
  if (hours < SHORTEST) {
    throw invalidArgument(
      `Minimum allowed retention period is ${SHORTEST} hours. Requested retention period (${hours} hours) is too short.`,
    );
  }
  if (hours > LONGEST) {
    throw invalidArgument(
      `Maximum allowed retention period is ${LONGEST} hours. Requested retention period (${hours} hours) is too long.`,
    );
  }
}

const wrongWay = (hours: number, { name, retentionHours }: StreamRecord, way: string, other: string) =>
  invalidArgument(
    `Requested retention period (${hours} hours) for stream ${name} can not be ${way} than existing retention period (${retentionHours} hours). Use ${other}RetentionPeriod API.`,
  );

export const increaseStreamRetentionPeriod = kinesisOperation({
  name: 'IncreaseStreamRetentionPeriod',
  limits: STREAM_LIMITS,
  parse: (input, scope) => withStream(input, scope),
  access: (row) => [onStream(row, 'IncreaseStreamRetentionPeriod')],
  handle: ({ stream, RetentionPeriodHours: hours }, _call, { streams }) =>
    streams.change(stream, (before) => {
      checkHours(hours);
      if (hours < before.retentionHours) throw wrongWay(hours, before, 'shorter', 'Decrease');
      return { ...before, retentionHours: hours };
    }),
});

export const decreaseStreamRetentionPeriod = kinesisOperation({
  name: 'DecreaseStreamRetentionPeriod',
  limits: STREAM_LIMITS,
  parse: (input, scope) => withStream(input, scope),
  access: (row) => [onStream(row, 'DecreaseStreamRetentionPeriod')],
  handle: ({ stream, RetentionPeriodHours: hours }, _call, { streams }) =>
    streams.change(stream, (before) => {
      checkHours(hours);
      if (hours > before.retentionHours) throw wrongWay(hours, before, 'longer', 'Increase');
      return { ...before, retentionHours: hours };
    }),
});
