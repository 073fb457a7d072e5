import { isFifo, parseQueueArn } from '../../../core/queue-name.js';
import type { Constraint } from '../../../model/constraints.js';
import { invalid, refuseMembers, unsupported } from '../events-error.js';
import { NAME } from '../service-state.js';
import { type Destination, parseDestination } from './destination.js';
import { parseJsonPath } from './json-path.js';
import type { Target } from './target.js';
import { unknownPlaceholder } from './target-input.js';

const ARN: Constraint = { min: 1, max: 1600 };
const INPUT: Constraint = { max: 8192 };

/** The limits of PutTargets' list. */
export const TARGETS: Constraint = {
  min: 1,
  max: 100,
  each: {
    members: {
      Id: NAME,
      Arn: ARN,
      RoleArn: ARN,
      Input: INPUT,
      InputPath: { max: 256 },
      InputTransformer: { members: { InputPathsMap: { max: 100 }, InputTemplate: { min: 1, max: 8192 } } },
      KinesisParameters: { members: { PartitionKeyPath: { max: 256 } } },
      DeadLetterConfig: { members: { Arn: ARN } },
      RetryPolicy: {
        members: { MaximumRetryAttempts: { min: 0, max: 185 }, MaximumEventAgeInSeconds: { min: 60, max: 86_400 } },
      },
    },
  },
};

const INPUTS = ['Input', 'InputPath', 'InputTransformer'];
const SUPPORTED = [
  'Id',
  'Arn',
  'RoleArn',
  ...INPUTS,
  'RetryPolicy',
  'DeadLetterConfig',
  'SqsParameters',
  'KinesisParameters',
  'HttpParameters',
];

/** @throws AwsError ValidationException, also for what the local cloud does not support */
export function checkTarget(target: Target): void {
  const { Id: id, Arn: arn } = target;
  refuseMembers(target, SUPPORTED, `a target (${id})`);
  if (!arn.startsWith('arn:')) {
    throw invalid(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`);
  }
  const destination = parseDestination(arn);
  if (destination === undefined) throw unsupported(`targets such as that of target ${id}: ${arn}`);
  checkParameters(target, destination);
  checkInput(target);
  const { DeadLetterConfig } = target;
  const deadLetters = DeadLetterConfig?.Arn === undefined ? undefined : parseQueueArn(DeadLetterConfig.Arn);
  if (DeadLetterConfig?.Arn !== undefined && (!deadLetters || isFifo(deadLetters))) {
    throw invalid(`The dead-letter queue of target ${id} must be a standard SQS queue: ${DeadLetterConfig.Arn}`);
  }
}

/**
 * Kinds of destinations that have no policy of their own are called under a role.
 * @param ruleRole of the rule, for targets without one
 * @throws AwsError ValidationException
 */
export function checkRole({ Arn, RoleArn }: Target, ruleRole: string | undefined): void {
  const kind = parseDestination(Arn)?.kind;
  if ((kind === 'stream' || kind === 'apiDestination') && (RoleArn ?? ruleRole) === undefined) {
    throw invalid(`RoleArn is required for target ${Arn}.`);
  }
}

/** Members that one kind of destination has. */
function checkParameters(target: Target, { kind, at }: Destination): void {
  const { Id: id, SqsParameters, KinesisParameters, HttpParameters } = target;
  const only = { SqsParameters: 'queue', KinesisParameters: 'stream', HttpParameters: 'apiDestination' } as const;
  const given = { SqsParameters, KinesisParameters, HttpParameters };
  for (const name of ['SqsParameters', 'KinesisParameters', 'HttpParameters'] as const) {
    if (given[name] !== undefined && kind !== only[name]) {
      throw invalid(`Parameter(s) ${name} not valid for target: ${id}.`);
    }
  }
  if (kind === 'queue' && isFifo(at) && SqsParameters?.MessageGroupId === undefined) {
    throw invalid(`Parameter(s) SqsParameters must be specified for target: ${id}.`);
  }
}

function checkInput(target: Target): void {
  const { Id: id, Input, InputPath, InputTransformer } = target;
  if ([Input, InputPath, InputTransformer].filter((each) => each !== undefined).length > 1) {
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`);
  }
  if (Input !== undefined) checked(Input, JSON.parse, `JSON syntax error in input for target ${id}.`);
  if (InputPath !== undefined) checked(InputPath, parseJsonPath, `Invalid InputPath for target ${id}.`);
  if (InputTransformer === undefined) return;
  for (const path of Object.values(InputTransformer.InputPathsMap ?? {})) {
    checked(path, parseJsonPath, `Invalid InputPathsMap for target ${id}: ${path}.`);
  }
  const unknown = unknownPlaceholder(InputTransformer);
  if (unknown !== undefined) {
    throw invalid(`InputTemplate for target ${id} contains invalid placeholder ${unknown}.`);
  }
}

function checked(text: string, read: (text: string) => unknown, message: string): void {
  try {
    read(text);
  } catch {
    throw invalid(message);
  }
}
