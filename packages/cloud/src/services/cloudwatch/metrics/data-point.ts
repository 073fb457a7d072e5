import { invalidCombination, invalidValue } from '../cloudwatch-error.js';

/** The reported values of a metric at one time. */
export interface DataPoint {
  /** Epoch milliseconds. */
  readonly time: number;
  readonly unit: string;
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Values and how often each was reported; none of those that came as statistics. */
  readonly values?: readonly (readonly [value: number, count: number])[] | undefined;
}

export interface Datum {
  readonly Timestamp?: Date | undefined;
  readonly Value?: number | undefined;
  readonly Values?: readonly number[] | undefined;
  readonly Counts?: readonly number[] | undefined;
  readonly StatisticValues?:
    | { readonly SampleCount: number; readonly Sum: number; readonly Minimum: number; readonly Maximum: number }
    | undefined;
  readonly Unit?: string | undefined;
}

/**
 * @param path of the datum in the request, for messages: `MetricData.member.1`
 * @throws AwsError InvalidParameterCombination, InvalidParameterValue
 */
export function dataPointOf(datum: Datum, path: string, now: number): DataPoint {
  const { Value, Values, Counts, StatisticValues, Unit: unit = 'None', Timestamp } = datum;
  const exclusive = (other: string) =>
    invalidCombination(
      `The parameters ${path}.Value and ${path}.${other} are mutually exclusive and you have specified both.`,
    );
  if (Value !== undefined && Values !== undefined) throw exclusive('Values');
  if (Value !== undefined && StatisticValues !== undefined) throw exclusive('StatisticValues');
  if (Values && Counts && Values.length !== Counts.length) {
    throw invalidValue(`The parameters ${path}.Values and ${path}.Counts must be of the same size.`);
  }
  const time = Timestamp?.getTime() ?? now;
  if (StatisticValues) {
    const { SampleCount: count, Sum: sum, Minimum: minimum, Maximum: maximum } = StatisticValues;
    return { time, unit, count, sum, minimum, maximum };
  }
  const values = (Values ?? (Value === undefined ? [] : [Value])).map(
    (value, at) => [value, Counts?.[at] ?? 1] as const,
  );
  if (values.length === 0)
    throw invalidValue(`At least one of the parameters must be specified: ${path}.Value, Values, StatisticValues.`);
  const numbers = values.map(([value]) => value);
  return {
    time,
    unit,
    count: values.reduce((sum, [, count]) => sum + count, 0),
    sum: values.reduce((sum, [value, count]) => sum + value * count, 0),
    minimum: Math.min(...numbers),
    maximum: Math.max(...numbers),
    values,
  };
}
