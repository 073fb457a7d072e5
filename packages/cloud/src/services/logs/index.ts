import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { jsonProtocol } from '../../gateway/protocols/json.js';
import { LogFilters } from './filters/log-filters.js';
import { LogStore } from './log-store.js';
import { operations } from './operations/index.js';
import { ResourcePolicies } from './resource-policies.js';
import { resourceTypes } from './resources/index.js';

/** Amazon CloudWatch Logs: groups, streams and events. */
export function logs(context: CloudContext): Service {
  const policies = new ResourcePolicies(context.store.root);
  const filters = new LogFilters(context);
  const state = { context, logs: new LogStore(context.store, context.now), policies, filters };
  return {
    name: 'logs',
    signingNames: ['logs'],
    protocol: jsonProtocol('logs'),
    operations: bindOperations(state, operations),
    resourceTypes,
    start: async () => {
      await policies.load();
      await filters.load();
    },
    stop: () => filters.settled,
  };
}
