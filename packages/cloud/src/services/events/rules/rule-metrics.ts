import type { CloudContext } from '../../../core/cloud.js';
import type { Dimensions, MetricSource } from '../../../core/service-metrics.js';
import type { RuleName } from './rule-name.js';

type Metric = 'FailedInvocations' | 'Invocations' | 'InvocationsSentToDlq' | 'MatchedEvents' | 'TriggeredRules';

/**
 * Counts what happens to a rule ("Monitoring Amazon EventBridge" of the EventBridge user guide). Rules of the default bus
 * are known by their names alone.
 */
export function countOfRule({ metrics }: Pick<CloudContext, 'metrics'>, rule: RuleName, metric: Metric): void {
  const { bus: EventBusName, name: RuleName } = rule;
  const dimensions: Dimensions = EventBusName === 'default' ? { RuleName } : { EventBusName, RuleName };
  const source: MetricSource | undefined = metrics.of(
    'AWS/Events',
    rule,
    `${EventBusName}/${RuleName}`,
    (): readonly Dimensions[] => [dimensions, {}],
  );
  source?.add(metric, 'Count');
}
