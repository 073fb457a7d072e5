import type { CloudContext } from '../../core/cloud.js';
import { operationsOf } from '../../model/operation.js';
import { validationError } from '../../model/validate.js';
import type { LogFilters } from './filters/log-filters.js';
import type { LogStore } from './log-store.js';
import type { ResourcePolicies } from './resource-policies.js';

/** The state that the operations of CloudWatch Logs share. */
export interface LogsState {
  readonly context: CloudContext;
  readonly logs: LogStore;
  readonly policies: ResourcePolicies;
  readonly filters: LogFilters;
}

/** An operation of CloudWatch Logs. */
export const logsOperation = operationsOf<LogsState, 'logs'>('logs', validationError('InvalidParameterException'));
