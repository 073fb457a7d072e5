import { type FieldRange, parseCronField, parseCronValue } from './cron-field.js';

/** A month, and the weekday that it starts with: 1 is Sunday, as in cron expressions. */
export interface Month {
  readonly length: number;
  readonly firstWeekday: number;
}

/** The days of a month at which an expression is due. */
export type DaysOf = (month: Month) => ReadonlySet<number>;

const DAY_OF_MONTH: FieldRange = { name: 'day of the month', min: 1, max: 31 };
const DAY_OF_WEEK: FieldRange = {
  name: 'day of the week',
  min: 1,
  max: 7,
  words: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
};
const OCCURRENCE: FieldRange = { name: 'occurrence in the month', min: 1, max: 5 };

const weekdayOf = (day: number, { firstWeekday }: Month): number => ((firstWeekday + day - 2) % 7) + 1;
const daysOf = ({ length }: Month): readonly number[] => Array.from({ length }, (_, index) => index + 1);

/**
 * The two fields of days, of which one must be `?` ("Cron expressions" of the EventBridge user guide).
 * @throws Error that names the field
 */
export function parseCronDays(ofMonth: string, ofWeek: string): DaysOf {
  if ((ofMonth === '?') === (ofWeek === '?'))
    throw new Error('one of day of month and day of week must be ?, and one not');
  return ofWeek === '?' ? parseDaysOfMonth(ofMonth) : parseDaysOfWeek(ofWeek);
}

function parseDaysOfMonth(text: string): DaysOf {
  if (text === 'L') return ({ length }) => new Set([length]);
  if (text === 'LW') return (month) => new Set([nearestWorkday(month.length, month)]);
  if (text.endsWith('W')) {
    const day = parseCronValue(text.slice(0, -1), DAY_OF_MONTH);
    return (month) => new Set(day > month.length ? [] : [nearestWorkday(day, month)]);
  }
  const days = parseCronField(text, DAY_OF_MONTH);
  return ({ length }) => new Set([...days].filter((day) => day <= length));
}

/** Monday to Friday, nearest to a day and in its month. */
function nearestWorkday(day: number, month: Month): number {
  switch (weekdayOf(day, month)) {
    case 7:
      return day > 1 ? day - 1 : day + 2;
    case 1:
      return day < month.length ? day + 1 : day - 2;
    default:
      return day;
  }
}

function parseDaysOfWeek(text: string): DaysOf {
  const [weekday = '', occurrence, ...others] = text.split('#');
  if (occurrence !== undefined && others.length === 0) {
    const wanted = parseCronValue(weekday, DAY_OF_WEEK);
    const nth = parseCronValue(occurrence, OCCURRENCE);
    return (month) => {
      const day = daysOf(month).filter((each) => weekdayOf(each, month) === wanted)[nth - 1];
      return new Set(day === undefined ? [] : [day]);
    };
  }
  if (text !== 'L' && text.endsWith('L')) {
    const wanted = parseCronValue(text.slice(0, -1), DAY_OF_WEEK);
    return (month) =>
      new Set(
        daysOf(month)
          .filter((day) => weekdayOf(day, month) === wanted)
          .slice(-1),
      );
  }
  // The last day of the week is its seventh.
  const weekdays = parseCronField(text === 'L' ? '7' : text, DAY_OF_WEEK);
  return (month) => new Set(daysOf(month).filter((day) => weekdays.has(weekdayOf(day, month))));
}
