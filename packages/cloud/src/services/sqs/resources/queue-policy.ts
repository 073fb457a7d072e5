import { resourcePolicies } from '../../../kit/resource-policies.js';

/** AWS::SQS::QueuePolicy */
export const queuePolicyResource = resourcePolicies({
  type: 'AWS::SQS::QueuePolicy',
  targets: 'Queues',
  set: (QueueUrl, policy, { call }) => call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy: policy } }),
  missing: 'QueueDoesNotExist',
});
