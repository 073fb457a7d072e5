import type { CloudContext } from '../../core/cloud.js';
import type { Operation, Scope } from '../../core/operation.js';
import type { ServiceMetrics } from '../../core/service-metrics.js';
import { validationError } from './engine/errors.js';
import type { Partition } from './engine/partition.js';
import { ON_ITEMS, type TableKeys } from './table-key.js';
import { measured } from './table-metrics.js';

/** The state that the operations of DynamoDB share: the tables of each account and region. */
export interface DynamoDbState {
  readonly partition: (scope: Scope) => Partition;
  /** Writes down that an account and region has tables, so that the next start looks after them. */
  readonly remember: (scope: Scope) => Promise<void>;
  readonly reviewPolicy: CloudContext['reviewPolicy'];
  /** Where this cloud is reached. */
  readonly endpoint: () => string;
  readonly keys: TableKeys;
  readonly metrics: ServiceMetrics;
}

/** A table named by its ARN may be anywhere. Only the caller's own account and region can be reached here. */
function refuseElsewhere(input: unknown, { account, region }: Scope): void {
  if (typeof input !== 'object' || input === null || !('_tableScope' in input)) return;
  if (input._tableScope === `${account}/${region}`) return;
  throw validationError(`The local cloud does not reach tables of another account or region: ${input._tableScope}`);
}

/** An operation of DynamoDB. */
export function dynamoDbOperation<Input, Output>({
  handle,
  ...definition
}: Operation<DynamoDbState, Input, Output>): Operation<DynamoDbState, Input, Output> {
  const isOnItems = ON_ITEMS.has(definition.name);
  return {
    ...definition,
    handle: (input, call, state) => {
      refuseElsewhere(input, call);
      if (!isOnItems) return handle(input, call, state);
      const asked = state.keys.check(Object(input), call, state.partition(call));
      return measured(state.metrics, call, definition.name, input, async () => {
        if (asked) await asked;
        return handle(input, call, state);
      });
    },
  };
}
