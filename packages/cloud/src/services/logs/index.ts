import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { jsonProtocol } from '../../gateway/protocols/json.js';
import { DeliveryStore } from './deliveries/delivery-store.js';
import { destinationStore } from './destinations/destination-store.js';
import { ExportTasks } from './exports/export-tasks.js';
import { LogFilters } from './filters/log-filters.js';
import { LogStore } from './log-store.js';
import { operations } from './operations/index.js';
import { queryDefinitionStore } from './query-definition.js';
import { ResourcePolicies } from './resource-policies.js';
import { resourceTypes } from './resources/index.js';

/** Amazon CloudWatch Logs: groups, streams and events. */
export function logs(context: CloudContext): Service {
  const { root } = context.store;
  const policies = new ResourcePolicies(root);
  const destinations = destinationStore(root);
  const filters = new LogFilters(context, destinations);
  const deliveries = new DeliveryStore(root);
  const queryDefinitions = queryDefinitionStore(root);
  const store = new LogStore(context.store, context.now);
  const exports = new ExportTasks(context, store);
  const state = { context, logs: store, policies, filters, destinations, deliveries, exports, queryDefinitions };
  return {
    name: 'logs',
    signingNames: ['logs'],
    protocol: jsonProtocol('logs'),
    operations: bindOperations(state, operations),
    resourceTypes,
    start: async () => {
      for (const each of [policies, filters, destinations, deliveries, queryDefinitions]) await each.load();
      await exports.start();
    },
    stop: () => {
      exports.stop();
      return filters.settled;
    },
  };
}
