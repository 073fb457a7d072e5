import type { AnyResourceType } from '../../../core/resource-type.js';
import { queueResource } from './queue.js';
import { queuePolicyResource } from './queue-policy.js';

export const resourceTypes: readonly AnyResourceType[] = [queueResource, queuePolicyResource];
