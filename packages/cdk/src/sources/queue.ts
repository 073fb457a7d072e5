import * as sqs from 'aws-cdk-lib/aws-sqs';
import { type BindSource, mappingOptions } from './source-target.js';

export const bindQueue: BindSource<sqs.IQueueRef> = ({ source, fn, grantee }, queue) => {
  const { maxConcurrency } = source.options as { readonly maxConcurrency?: number };
  fn.addEventSourceMapping('Queue', {
    ...mappingOptions(source),
    eventSourceArn: queue.queueRef.queueArn,
    ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
  });
  sqs.QueueGrants.fromQueue(queue).consumeMessages(grantee);
};
