import type { AccessRow, RowMaker } from '../../core/access.js';
import { AwsError } from '../../core/aws-error.js';
import { operation } from '../../core/operation.js';
import type { RecordStore } from '../../kit/record-store.js';
import type { Executions } from './executions.js';
import type { StateMachine } from './state-machine.js';

/** The state that the operations of Step Functions share. */
export interface StatesState {
  readonly machines: RecordStore<StateMachine>;
  readonly executions: Executions;
}

/** An operation of Step Functions. It reads its input itself: the cloud carries no model of the service. */
export const statesOperation = operation<StatesState>();

type StatesRow<Input> = RowMaker<StatesState, Input>;

/** One action on the state machine that the input names. */
export function onMachine<Input extends { readonly arn: string }>(
  row: StatesRow<Input>,
  action: string,
): AccessRow<StatesState, Input> {
  return row({
    action: `states:${action}`,
    type: 'statemachine',
    on: ({ arn }) => ({ resource: arn }),
    keys: {
      'aws:ResourceTag/*': ({ input, state }) => state.machines.find(input.arn)?.tags,
      'states:StateMachineQualifier': ({ input }) => input.arn.split(':')[7],
    },
  });
}

/** One action on the execution that the input names. The tags are those of its state machine. */
export function onExecution<Input extends { readonly arn: string }>(
  row: StatesRow<Input>,
  action: string,
): AccessRow<StatesState, Input> {
  return row({
    action: `states:${action}`,
    type: 'execution',
    on: ({ arn }) => ({ resource: arn }),
    keys: { 'aws:ResourceTag/*': ({ input, state }) => state.executions.find(input.arn)?.machine.tags },
  });
}

/** A member of an input that is text. @throws AwsError ValidationException where it is needed and absent */
export function textOf(input: unknown, name: string): string {
  const value: unknown = Reflect.get(Object(input), name);
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
  );
}
