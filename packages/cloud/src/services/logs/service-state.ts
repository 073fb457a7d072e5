import type { CloudContext } from '../../core/cloud.js';
import { operationsOf } from '../../model/operation.js';
import { validationError } from '../../model/validate.js';
import type { LogStore } from './log-store.js';

/** The state that the operations of CloudWatch Logs share. */
export interface LogsState {
  readonly context: CloudContext;
  readonly logs: LogStore;
}

/** An operation of CloudWatch Logs. */
export const logsOperation = operationsOf<LogsState, 'logs'>('logs', validationError('InvalidParameterException'));
