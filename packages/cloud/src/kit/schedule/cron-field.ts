/** The values of one field of a cron expression, and the words for them. */
export interface FieldRange {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names of the values from `min` on: `JAN`, `SUN` */
  readonly words?: readonly string[];
}

/**
 * Reads `*`, `5`, `MON-FRI`, `0/15`, `1-10/3` and lists of them; undefined means every value.
 * @throws Error that names the field
 */
export function parseCronField(text: string, range: FieldRange): ReadonlySet<number> {
  return new Set(text.split(',').flatMap((part) => valuesOf(part, range)));
}

function valuesOf(part: string, range: FieldRange): readonly number[] {
  const [span = '', step, ...others] = part.split('/');
  if (others.length > 0) throw wrong(part, range);
  const [from, to] = spanOf(span, range, step !== undefined);
  const by = step === undefined ? 1 : wholeNumber(step);
  if (by === undefined || by < 1 || by > range.max) throw wrong(part, range);
  const values: number[] = [];
  for (let value = from; value <= to; value += by) values.push(value);
  return values;
}

function spanOf(span: string, range: FieldRange, open: boolean): readonly [from: number, to: number] {
  if (span === '*') return [range.min, range.max];
  const [first = '', last, ...others] = span.split('-');
  if (others.length > 0) throw wrong(span, range);
  const from = parseCronValue(first, range);
  const to = last === undefined ? (open ? range.max : from) : parseCronValue(last, range);
  if (to < from) throw wrong(span, range);
  return [from, to];
}

/** One value, as a number or a word. */
export function parseCronValue(text: string, range: FieldRange): number {
  const word = range.words?.indexOf(text.toUpperCase()) ?? -1;
  const value = word >= 0 ? range.min + word : wholeNumber(text);
  if (value === undefined || value < range.min || value > range.max) throw wrong(text, range);
  return value;
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}

function wrong(text: string, { name, min, max }: FieldRange): Error {
  return new Error(`${text || 'nothing'} is no ${name}: ${min} to ${max}`);
}
