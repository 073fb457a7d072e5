import * as sqs from 'aws-cdk-lib/aws-sqs';
import { checkQueue } from './queue-limits.js';
import { type BoundSource, mappingOptions } from './source-target.js';

/** A queue has all its settings itself. */
export interface QueueBinding {
  readonly queue: sqs.IQueueRef;
}

export const queueSource: BoundSource<QueueBinding> = {
  takes: 'an SQS queue',
  resource: 'queue',
  mark: 'queueRef',
  bind: ({ source, fn, grantee }, { queue }) => {
    checkQueue(source, fn, queue);
    const { maxConcurrency } = source.options as { readonly maxConcurrency?: number };
    fn.addEventSourceMapping('Queue', {
      ...mappingOptions(source),
      eventSourceArn: queue.queueRef.queueArn,
      ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
    });
    sqs.QueueGrants.fromQueue(queue).consumeMessages(grantee);
  },
};
