import type { Operation } from '../../../core/operation.js';
import type { LogsState } from '../service-state.js';
import { createLogGroup } from './create-log-group.js';
import { createLogStream } from './create-log-stream.js';
import { deleteLogGroup } from './delete-log-group.js';
import { deleteLogStream } from './delete-log-stream.js';
import {
  createDelivery,
  deleteDelivery,
  describeDeliveries,
  getDelivery,
  updateDeliveryConfiguration,
} from './deliveries.js';
import {
  deleteDeliveryDestination,
  deleteDeliveryDestinationPolicy,
  describeDeliveryDestinations,
  getDeliveryDestination,
  getDeliveryDestinationPolicy,
  putDeliveryDestination,
  putDeliveryDestinationPolicy,
} from './delivery-destinations.js';
import {
  deleteDeliverySource,
  describeDeliverySources,
  getDeliverySource,
  putDeliverySource,
} from './delivery-sources.js';
import { describeLogGroups } from './describe-log-groups.js';
import { describeLogStreams } from './describe-log-streams.js';
import { deleteDestination, describeDestinations, putDestination, putDestinationPolicy } from './destinations.js';
import { cancelExportTask, createExportTask, describeExportTasks } from './export-tasks.js';
import { filterLogEvents } from './filter-log-events.js';
import { getLogEvents } from './get-log-events.js';
import { associateKmsKey, disassociateKmsKey } from './group-key.js';
import { deleteMetricFilter, describeMetricFilters, putMetricFilter, testMetricFilter } from './metric-filters.js';
import { putLogEvents } from './put-log-events.js';
import { deleteQueryDefinition, describeQueryDefinitions, putQueryDefinition } from './query-definitions.js';
import { deleteResourcePolicy, describeResourcePolicies, putResourcePolicy } from './resource-policies.js';
import { deleteRetentionPolicy, putRetentionPolicy } from './retention-policy.js';
import {
  deleteSubscriptionFilter,
  describeSubscriptionFilters,
  putSubscriptionFilter,
} from './subscription-filters.js';
import { groupTagging, resourceTagging } from './tagging.js';

// biome-ignore lint/suspicious/noExplicitAny: each operation's input type is its own
export const operations: readonly Operation<LogsState, any, any>[] = [
  associateKmsKey,
  cancelExportTask,
  createDelivery,
  createExportTask,
  createLogGroup,
  createLogStream,
  deleteDelivery,
  deleteDeliveryDestination,
  deleteDeliveryDestinationPolicy,
  deleteDeliverySource,
  deleteDestination,
  deleteLogGroup,
  deleteLogStream,
  deleteMetricFilter,
  deleteQueryDefinition,
  deleteResourcePolicy,
  deleteRetentionPolicy,
  deleteSubscriptionFilter,
  describeDeliveries,
  describeDeliveryDestinations,
  describeDeliverySources,
  describeDestinations,
  describeExportTasks,
  describeLogGroups,
  describeLogStreams,
  describeMetricFilters,
  describeQueryDefinitions,
  describeResourcePolicies,
  describeSubscriptionFilters,
  disassociateKmsKey,
  filterLogEvents,
  getDelivery,
  getDeliveryDestination,
  getDeliveryDestinationPolicy,
  getDeliverySource,
  getLogEvents,
  putDeliveryDestination,
  putDeliveryDestinationPolicy,
  putDeliverySource,
  putDestination,
  putDestinationPolicy,
  putLogEvents,
  putMetricFilter,
  putQueryDefinition,
  putResourcePolicy,
  putRetentionPolicy,
  putSubscriptionFilter,
  testMetricFilter,
  updateDeliveryConfiguration,
  ...groupTagging,
  ...resourceTagging,
];
