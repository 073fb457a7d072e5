import type { Operation } from '../../../core/operation.js';
import type { LogsState } from '../service-state.js';
import { createLogGroup } from './create-log-group.js';
import { createLogStream } from './create-log-stream.js';
import { deleteLogGroup } from './delete-log-group.js';
import { deleteLogStream } from './delete-log-stream.js';
import { describeLogGroups } from './describe-log-groups.js';
import { describeLogStreams } from './describe-log-streams.js';
import { filterLogEvents } from './filter-log-events.js';
import { getLogEvents } from './get-log-events.js';
import { deleteMetricFilter, describeMetricFilters, putMetricFilter, testMetricFilter } from './metric-filters.js';
import { putLogEvents } from './put-log-events.js';
import { deleteResourcePolicy, describeResourcePolicies, putResourcePolicy } from './resource-policies.js';
import { deleteRetentionPolicy, putRetentionPolicy } from './retention-policy.js';
import {
  deleteSubscriptionFilter,
  describeSubscriptionFilters,
  putSubscriptionFilter,
} from './subscription-filters.js';
import { groupTagging } from './tagging.js';

// biome-ignore lint/suspicious/noExplicitAny: each operation's input type is its own
export const operations: readonly Operation<LogsState, any, any>[] = [
  createLogGroup,
  createLogStream,
  deleteLogGroup,
  deleteLogStream,
  deleteMetricFilter,
  deleteResourcePolicy,
  deleteRetentionPolicy,
  deleteSubscriptionFilter,
  describeLogGroups,
  describeLogStreams,
  describeMetricFilters,
  describeResourcePolicies,
  describeSubscriptionFilters,
  filterLogEvents,
  getLogEvents,
  putLogEvents,
  putMetricFilter,
  putResourcePolicy,
  putRetentionPolicy,
  putSubscriptionFilter,
  testMetricFilter,
  ...groupTagging,
];
