import type { AnyResourceType } from '../../../core/resource-type.js';
import { resourcePolicyResource } from './resource-policy.js';
import { streamResource } from './stream.js';
import { streamConsumerResource } from './stream-consumer.js';

export const resourceTypes: readonly AnyResourceType[] = [
  resourcePolicyResource,
  streamConsumerResource,
  streamResource,
];
