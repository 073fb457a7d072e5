import { resourcePolicies } from '../../../kit/resource-policies.js';

/** AWS::SNS::TopicPolicy */
export const topicPolicyResource = resourcePolicies({
  type: 'AWS::SNS::TopicPolicy',
  targets: 'Topics',
  set: (TopicArn, policy, { call }) =>
    call('sns', 'SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue: policy }),
  missing: 'NotFound',
});
