import type { CloudContext } from '../../core/cloud.js';
import type { MetricSource } from '../../core/service-metrics.js';

/** The metrics of a topic ("Monitoring Amazon SNS topics using CloudWatch" of the SNS developer guide). */
export function topicMetrics({ metrics }: Pick<CloudContext, 'metrics'>, topicArn: string): MetricSource | undefined {
  const [, , , region = '', account = '', TopicName = ''] = topicArn.split(':');
  return metrics.of('AWS/SNS', { account, region }, TopicName, () => [{ TopicName }]);
}
