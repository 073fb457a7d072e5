import type { Tags } from '../../core/access.js';
import { AwsError } from '../../core/aws-error.js';
import type { Scope } from '../../core/operation.js';
import { partitionOf } from '../../core/partition.js';
import type { TaskMachine } from '../../kit/task-machine.js';

/** A state machine that runs here. */
export interface StateMachine extends Scope {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly tags: Tags;
  readonly machine: TaskMachine;
}

/** @param kind `execution`, whose name is of the machine and its own: `waiter:1` */
export function statesArn(kind: 'stateMachine' | 'execution', name: string, { account, region }: Scope): string {
  return `arn:${partitionOf(region).name}:states:${region}:${account}:${kind}:${name}`;
}

/** Of a machine that is not there, or that is recorded: the two look alike to this service. */
export function noSuchMachine(arn: string): AwsError {
  return new AwsError(
    'StateMachineDoesNotExist',
    `State Machine Does Not Exist: '${arn}'. The local cloud runs only state machines all of whose states call functions; it records the others`,
  );
}
