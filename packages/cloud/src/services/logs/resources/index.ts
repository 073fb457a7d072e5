import type { AnyResourceType } from '../../../core/resource-type.js';
import { logGroup } from './log-group.js';
import { logStream } from './log-stream.js';
import { metricFilter } from './metric-filter.js';
import { resourcePolicy } from './resource-policy.js';
import { subscriptionFilter } from './subscription-filter.js';

export const resourceTypes: readonly AnyResourceType[] = [
  logGroup,
  logStream,
  metricFilter,
  resourcePolicy,
  subscriptionFilter,
];
