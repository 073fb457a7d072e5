import type { AnyResourceType } from '../../../core/resource-type.js';
import { queueResource } from './queue.js';
import { queueInlinePolicyResource } from './queue-inline-policy.js';
import { queuePolicyResource } from './queue-policy.js';

export const resourceTypes: readonly AnyResourceType[] = [
  queueInlinePolicyResource,
  queuePolicyResource,
  queueResource,
];
