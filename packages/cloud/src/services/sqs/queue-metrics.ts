import type { CloudContext } from '../../core/cloud.js';
import type { QueueName } from '../../core/queue-name.js';
import type { MetricSource } from '../../core/service-metrics.js';
import type { MessageQueue } from './message-queue.js';

/** The metrics of a queue ("Available CloudWatch metrics for Amazon SQS" of the SQS developer guide). */
export function queueMetrics({ metrics }: Pick<CloudContext, 'metrics'>, queue: QueueName): MetricSource | undefined {
  return metrics.of('AWS/SQS', queue, queue.name, () => [{ QueueName: queue.name }]);
}

/** Has the lengths of queues reported with everything else. @param queues those that there are now */
export function sampleQueues(context: CloudContext, queues: () => Iterable<MessageQueue>): void {
  const seen = new Set<MessageQueue>();
  context.metrics.beforeReport(() => {
    for (const queue of queues()) {
      const { visible, inFlight, delayed } = queue.counts();
      // A queue that has been empty all the time has nothing to say.
      if (visible + inFlight + delayed > 0) seen.add(queue);
      if (!seen.has(queue)) continue;
      const source = queueMetrics(context, queue.record);
      source?.set('ApproximateNumberOfMessagesVisible', 'Count', visible);
      source?.set('ApproximateNumberOfMessagesNotVisible', 'Count', inFlight);
      source?.set('ApproximateNumberOfMessagesDelayed', 'Count', delayed);
      source?.set('ApproximateAgeOfOldestMessage', 'Seconds', Math.floor(queue.oldestAge() / 1000));
    }
  });
}
