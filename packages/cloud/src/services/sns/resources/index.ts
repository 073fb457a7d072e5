import type { AnyResourceType } from '../../../core/resource-type.js';
import { subscriptionResource } from './subscription.js';
import { topicResource } from './topic.js';
import { topicInlinePolicyResource } from './topic-inline-policy.js';
import { topicPolicyResource } from './topic-policy.js';

export const resourceTypes: readonly AnyResourceType[] = [
  subscriptionResource,
  topicInlinePolicyResource,
  topicPolicyResource,
  topicResource,
];
