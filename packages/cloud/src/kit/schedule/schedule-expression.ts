import { nextOf, parseCron } from './cron-expression.js';

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
/** EventBridge takes neither spaces nor capitals here. */
const EXPRESSION = /^(?:rate\((?<value>\d{1,9}) (?<unit>minute|hour|day)(?<plural>s?)\)|cron\((?<fields>[^()]+)\))$/;

export interface Schedule {
  /**
   * When it is due next; undefined where it never is again.
   * @param after epoch milliseconds
   * @param since epoch milliseconds from which a rate is counted
   */
  readonly next: (after: number, since: number) => number | undefined;
}

/**
 * Reads `rate(1 day)` and `cron(0 10 * * ? *)`, in UTC ("Schedule patterns" of the EventBridge user guide).
 * @throws Error that names what is wrong
 */
export function parseSchedule(expression: string): Schedule {
  const { value, unit = '', plural, fields } = EXPRESSION.exec(expression)?.groups ?? {};
  if (fields !== undefined) {
    const cron = parseCron(fields);
    return { next: (after) => nextOf(cron, after) };
  }
  const count = Number(value);
  const length = UNITS[unit];
  if (length === undefined || count < 1 || (count === 1) !== (plural === '')) {
    throw new Error(`${expression} is neither rate(value unit) nor cron(six fields)`);
  }
  const period = count * length;
  return { next: (after, since) => since + (Math.floor(Math.max(0, after - since) / period) + 1) * period };
}
