import { createHash } from 'node:crypto';

export interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

/** A metric of one account and region. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  /** By name. */
  readonly dimensions: readonly Dimension[];
}

interface Named {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly Dimension[] | undefined;
}

export function metricOf({ Namespace, MetricName, Dimensions = [] }: Named): Metric {
  const dimensions = [...Dimensions].sort((a, b) => (a.Name < b.Name ? -1 : 1));
  return { namespace: Namespace, name: MetricName, dimensions };
}

/** One text for each metric, for keys. */
export function metricId({ namespace, name, dimensions }: Metric): string {
  const text = JSON.stringify([namespace, name, dimensions.map(({ Name, Value }) => [Name, Value])]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
