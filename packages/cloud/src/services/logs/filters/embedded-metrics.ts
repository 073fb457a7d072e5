import { isObject, parseJson } from '../../../core/json.js';

/** Values of a metric that come of log events. */
export interface MetricReport {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly (readonly [name: string, value: string])[];
  readonly value: number | readonly number[];
  readonly unit?: string | undefined;
  /** Epoch milliseconds. */
  readonly time: number;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function objectIn(message: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = parseJson(message);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** One number, or a list of at most a hundred. */
function numbersIn(value: unknown): number | readonly number[] | undefined {
  if (typeof value === 'number') return value;
  const list = listOf(value).filter((each) => typeof each === 'number');
  return list.length > 0 ? list.slice(0, 100) : undefined;
}

/**
 * The metrics that a log event carries in CloudWatch's embedded metric format ("Specification: Embedded metric format");
 * none of any other event.
 *
 * @param received when the event came in, in epoch milliseconds
 */
export function embeddedMetrics(message: string, received: number): readonly MetricReport[] {
  // Most events have none, and need not be parsed.
  if (!message.includes('"_aws"')) return [];
  const root = objectIn(message);
  const metadata = root?._aws;
  if (root === undefined || !isObject(metadata)) return [];
  const time = typeof metadata.Timestamp === 'number' ? metadata.Timestamp : received;
  return listOf(metadata.CloudWatchMetrics).flatMap((directive) => {
    if (!isObject(directive) || typeof directive.Namespace !== 'string') return [];
    const { Namespace: namespace } = directive;
    const sets = directive.Dimensions === undefined ? [[]] : listOf(directive.Dimensions).map(listOf);
    return listOf(directive.Metrics).flatMap((metric) => {
      if (!isObject(metric) || typeof metric.Name !== 'string') return [];
      const { Name: name, Unit } = metric;
      const value = numbersIn(root[name]);
      if (value === undefined) return [];
      return sets.map((set): MetricReport => {
        const dimensions = set.map((each) => [String(each), String(root[String(each)] ?? '')] as const);
        return { namespace, name, dimensions, value, unit: typeof Unit === 'string' ? Unit : undefined, time };
      });
    });
  });
}
