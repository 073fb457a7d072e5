import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from '../../../../../tests/property-runs.js';
import { parseSchedule } from './schedule-expression.js';

const MINUTE = 60_000;
const at = (text: string): number => Date.parse(`${text}Z`);
const text = (time: number | undefined) => (time === undefined ? undefined : new Date(time).toISOString().slice(0, 16));

test.each([
  ['rate(1 minute)', 'rate(5 minutes)', 'rate(12 hours)', 'rate(1 day)'],
  // AWS took these, by the records of LocalStack's tests.
  ['cron(5,35 14 * * ? *)', 'cron(15 10 ? * 6L 2002-2005)', 'cron(0 2 ? * SAT#3 *)', 'cron(0/5 5 ? JAN 1-5 2022)'],
  ['cron(0/15 * * * ? *)', 'cron(0/10 * ? * MON-FRI *)', 'cron(0/5 8-17 ? * MON-FRI *)', 'cron(0 8 1 * ? *)'],
])('%s, %s, %s and %s are schedules', (...expressions) => {
  for (const expression of expressions) expect(() => parseSchedule(expression)).not.toThrow();
});

test.each([
  // AWS refused these, by the same records.
  ...['rate(10 seconds)', 'rate(1 minutes)', 'rate(10 minute)', 'rate()', 'rate(10)', 'rate(foo minutes)'],
  ...['rate(0 minutes)', 'rate(-10 minutes)', 'rate(10 MINUTES)', 'rate( 10 minutes )', ' rate(10 minutes)'],
  ...[
    'cron(0 1 * * * *)',
    'cron(7 20 * * NOT *)',
    'cron(INVALID)',
    'cron(0 dummy ? * MON-FRI *)',
    'cron(71 8 1 * ? *)',
  ],
  // And these its guide rules out.
  ...['cron(0 1 ? * ? *)', 'cron(0 1 1 * MON *)', 'cron(0 1 * * ?)', 'cron(0 1 * * ? * *)', 'cron(0 1 32 * ? *)'],
  ...['cron(0 1 ? * 8 *)', 'cron(0 1 ? * 1#6 *)', 'cron(0 1 ? * 0 *)', 'cron(0/0 1 * * ? *)', 'cron(5-1 1 * * ? *)'],
  ...['cron(0 1 * * ? 1969)', 'cron(0 1 32W * ? *)', 'cron(0 1 * 13 ? *)', 'at(2026-01-01T00:00:00)', 'cron()', ''],
])('%s is no schedule', (expression) => {
  expect(() => parseSchedule(expression)).toThrow();
});

test.each([
  ['cron(0 10 * * ? *)', '2026-11-28T10:00', '2026-11-29T10:00'],
  ['cron(0 10 * * ? *)', '2026-11-28T09:59', '2026-11-28T10:00'],
  ['cron(0 18 ? * MON-FRI *)', '2026-11-28T00:00', '2026-11-30T18:00'],
  ['cron(0 8 1 * ? *)', '2026-12-01T08:00', '2027-01-01T08:00'],
  ['cron(0 0 L * ? *)', '2028-02-01T00:00', '2028-02-29T00:00'],
  ['cron(0 0 31 * ? *)', '2026-11-01T00:00', '2026-12-31T00:00'],
  ['cron(0 0 29 2 ? *)', '2026-01-01T00:00', '2028-02-29T00:00'],
  // 28 November 2026 is a Saturday; 1 August 2026 and 31 January 2026 are Saturdays, 31 May 2026 is a Sunday.
  ['cron(0 0 28W * ? *)', '2026-11-01T00:00', '2026-11-27T00:00'],
  ['cron(0 0 1W 8 ? *)', '2026-07-31T00:00', '2026-08-03T00:00'],
  ['cron(0 0 31W 5 ? *)', '2026-05-01T00:00', '2026-05-29T00:00'],
  ['cron(0 0 LW 1 ? *)', '2026-01-01T00:00', '2026-01-30T00:00'],
  ['cron(15 10 ? * 6L *)', '2026-11-01T00:00', '2026-11-27T10:15'],
  ['cron(0 0 ? * L *)', '2026-11-23T00:00', '2026-11-28T00:00'],
  ['cron(0 2 ? * SAT#3 *)', '2026-11-01T00:00', '2026-11-21T02:00'],
  ['cron(0 2 ? * 3#5 *)', '2026-11-01T00:00', '2026-12-29T02:00'],
  ['cron(0/15 8-9 * JAN,mar ? 2027)', '2027-01-31T09:45', '2027-03-01T08:00'],
  ['cron(0 0 1 1 ? 2002-2005)', '2026-01-01T00:00', undefined],
  ['cron(0 0 31 2 ? *)', '2026-01-01T00:00', undefined],
])('%s after %s is due at %s', (expression, after, next) => {
  expect(text(parseSchedule(expression).next(at(after), 0))).toBe(next);
});

test('a rate is counted from when it began, and is never due at the moment itself', () => {
  const { next } = parseSchedule('rate(5 minutes)');
  const since = at('2026-11-28T10:00:30');
  expect(next(since, since)).toBe(since + 5 * MINUTE);
  expect(next(since + 5 * MINUTE, since)).toBe(since + 10 * MINUTE);
  expect(next(since + 7 * MINUTE, since)).toBe(since + 10 * MINUTE);
  expect(next(since - MINUTE, since)).toBe(since + 5 * MINUTE);
});

/** One field of random shape, with the values that it means, written down apart from the parser. */
function field(min: number, max: number): fc.Arbitrary<readonly [text: string, has: (value: number) => boolean]> {
  const value = fc.integer({ min, max });
  return fc.oneof(
    fc.constant(['*', () => true] as const),
    value.map((n) => [String(n), (v: number) => v === n] as const),
    fc.tuple(value, value).map(([a, b]) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      return [`${low}-${high}`, (v: number) => v >= low && v <= high] as const;
    }),
    fc
      .tuple(value, fc.integer({ min: 1, max }))
      .map(([n, by]) => [`${n}/${by}`, (v: number) => v >= n && (v - n) % by === 0] as const),
    fc
      .array(value, { minLength: 1, maxLength: 4 })
      .map((list) => [list.join(','), (v: number) => list.includes(v)] as const),
  );
}

test('the next time is the first minute of those that follow at which every field agrees', () => {
  const days = fc.oneof(
    field(1, 31).map(([days, has]) => [`${days} ?`, (time: Date) => has(time.getUTCDate())] as const),
    field(1, 7).map(([days, has]) => [`? ${days}`, (time: Date) => has(time.getUTCDay() + 1)] as const),
  );
  const start = fc.integer({ min: at('2024-02-20T00:00'), max: at('2028-03-10T00:00') });
  fc.assert(
    fc.property(
      field(0, 59),
      field(0, 23),
      field(1, 12),
      days,
      start,
      (minutes, hours, months, [words, onDay], after) => {
        const [ofMonth, ofWeek] = words.split(' ');
        const expression = `cron(${minutes[0]} ${hours[0]} ${ofMonth} ${months[0]} ${ofWeek} *)`;
        const next = parseSchedule(expression).next(after, 0);
        const due = (time: Date): boolean =>
          minutes[1](time.getUTCMinutes()) &&
          hours[1](time.getUTCHours()) &&
          months[1](time.getUTCMonth() + 1) &&
          onDay(time);
        // A week is looked through minute by minute; beyond it only the answer itself.
        const end = Math.min(next ?? Number.POSITIVE_INFINITY, after + 7 * 1440 * MINUTE);
        for (let time = (Math.floor(after / MINUTE) + 1) * MINUTE; time < end; time += MINUTE) {
          if (due(new Date(time))) throw new Error(`${expression} was due at ${text(time)}, not ${text(next)}`);
        }
        if (next !== undefined) expect([next > after, next % MINUTE, due(new Date(next))]).toEqual([true, 0, true]);
      },
    ),
    { numRuns: propertyRuns(300) },
  );
});
