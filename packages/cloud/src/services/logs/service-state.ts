import type { CloudContext } from '../../core/cloud.js';
import type { RecordStore } from '../../kit/record-store.js';
import { operationsOf } from '../../model/operation.js';
import { type Refusal, validationError } from '../../model/validate.js';
import type { DeliveryStore } from './deliveries/delivery-store.js';
import type { Destination } from './destinations/destination-store.js';
import type { ExportTasks } from './exports/export-tasks.js';
import type { LogFilters } from './filters/log-filters.js';
import { invalidParameter } from './log-input.js';
import type { LogStore } from './log-store.js';
import type { QueryDefinition } from './query-definition.js';
import type { ResourcePolicies } from './resource-policies.js';

/** The state that the operations of CloudWatch Logs share. */
export interface LogsState {
  readonly context: CloudContext;
  readonly logs: LogStore;
  readonly policies: ResourcePolicies;
  readonly filters: LogFilters;
  readonly destinations: RecordStore<Destination>;
  readonly deliveries: DeliveryStore;
  readonly exports: ExportTasks;
  readonly queryDefinitions: RecordStore<QueryDefinition>;
}

const refuse = validationError('InvalidParameterException');

/** A name of a group or stream that is too long has a sentence of its own. */
const refuseInput: Refusal = (violations) => {
  const isLong = violations.some(
    ({ path, constraint }) => /^log(Group|Stream)Name$/.test(path) && constraint.includes('length less than'),
  );
  return isLong ? invalidParameter(NAME_TOO_LONG) : refuse(violations);
};

const NAME_TOO_LONG = 'Invalid LogGroup or LogStream, both must have length less than or equal to 512.';

/** An operation of CloudWatch Logs. */
export const logsOperation = operationsOf<LogsState, 'logs'>('logs', refuseInput);

/** An operation of deliveries, which have another error for wrong input. */
export const deliveryOperation = operationsOf<LogsState, 'logs'>('logs', validationError('ValidationException'));
