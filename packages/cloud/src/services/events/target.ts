import type { InputReader } from '../../core/input-reader.js';
import { isFifo, parseQueueArn } from '../../core/queue-name.js';
import { invalid, unsupported } from './events-error.js';
import { parseJsonPath } from './json-path.js';
import { unknownPlaceholder } from './target-input.js';

export interface InputTransformer {
  readonly InputPathsMap?: Readonly<Record<string, string>>;
  readonly InputTemplate: string;
}

export interface RetryPolicy {
  readonly MaximumRetryAttempts?: number;
  readonly MaximumEventAgeInSeconds?: number;
}

/** A target of a rule, as the API has it. */
export interface Target {
  readonly Id: string;
  readonly Arn: string;
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: InputTransformer;
  readonly RetryPolicy?: RetryPolicy;
  readonly DeadLetterConfig?: { readonly Arn: string };
  readonly SqsParameters?: { readonly MessageGroupId: string };
}

const FUNCTION = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:/;
const INPUTS = ['Input', 'InputPath', 'InputTransformer'];
const SUPPORTED = ['Id', 'Arn', ...INPUTS, 'RetryPolicy', 'DeadLetterConfig', 'SqsParameters'];
/** Of a target's id. */
const ID = { pattern: /^[.\-_A-Za-z0-9]+$/, max: 64 };

/**
 * Reads a target.
 * @throws AwsError ValidationException, also for what the local cloud does not support
 */
export function readTarget(input: InputReader): Target {
  const id = input.requiredText('Id', ID);
  const arn = input.requiredText('Arn');
  input.check();
  const names = input.names();
  const foreign = names.find((name) => !SUPPORTED.includes(name));
  if (foreign !== undefined) throw unsupported(`${foreign} of a target (${id})`);
  const queue = parseQueueArn(arn);
  if (!queue && !FUNCTION.test(arn)) {
    throw unsupported(`targets but Lambda functions and SQS queues; target ${id} is ${arn}`);
  }
  if (names.filter((name) => INPUTS.includes(name)).length > 1) {
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`);
  }
  const groupId = input.structure('SqsParameters')?.text('MessageGroupId');
  if (groupId !== undefined && !queue) throw invalid(`Parameter(s) SqsParameters not valid for target: ${id}.`);
  if (groupId === undefined && queue && isFifo(queue)) {
    throw invalid(`Parameter(s) SqsParameters must be specified for target: ${id}.`);
  }
  const target: Target = {
    Id: id,
    Arn: arn,
    ...readInput(input, id),
    ...readRetryPolicy(input.structure('RetryPolicy')),
    ...readDeadLetterConfig(input.structure('DeadLetterConfig'), id),
    ...(groupId !== undefined && { SqsParameters: { MessageGroupId: groupId } }),
  };
  input.check();
  return target;
}

function readInput(input: InputReader, id: string): Pick<Target, 'Input' | 'InputPath' | 'InputTransformer'> {
  const text = input.text('Input');
  if (text !== undefined) return { Input: checked(text, JSON.parse, `JSON syntax error in input for target ${id}.`) };
  const path = input.text('InputPath');
  if (path !== undefined) return { InputPath: checked(path, parseJsonPath, `Invalid InputPath for target ${id}.`) };
  const transformer = input.structure('InputTransformer');
  if (transformer === undefined) return {};
  const InputPathsMap = transformer.textMap('InputPathsMap');
  const read: InputTransformer = {
    ...(InputPathsMap && { InputPathsMap }),
    InputTemplate: transformer.requiredText('InputTemplate', { max: 8192 }),
  };
  for (const path of Object.values(InputPathsMap ?? {})) {
    checked(path, parseJsonPath, `Invalid InputPathsMap for target ${id}: ${path}.`);
  }
  const placeholder = unknownPlaceholder(read);
  if (placeholder !== undefined) {
    throw invalid(`InputTemplate for target ${id} contains invalid placeholder ${placeholder}.`);
  }
  return { InputTransformer: read };
}

function checked(text: string, parse: (text: string) => unknown, message: string): string {
  try {
    parse(text);
    return text;
  } catch {
    throw invalid(message);
  }
}

function readRetryPolicy(policy: InputReader | undefined): Pick<Target, 'RetryPolicy'> {
  if (policy === undefined) return {};
  const attempts = policy.integer('MaximumRetryAttempts', { min: 0, max: 185 });
  const age = policy.integer('MaximumEventAgeInSeconds', { min: 60, max: 86_400 });
  return {
    RetryPolicy: {
      ...(attempts !== undefined && { MaximumRetryAttempts: attempts }),
      ...(age !== undefined && { MaximumEventAgeInSeconds: age }),
    },
  };
}

function readDeadLetterConfig(config: InputReader | undefined, id: string): Pick<Target, 'DeadLetterConfig'> {
  const arn = config?.text('Arn');
  if (arn === undefined) return {};
  const queue = parseQueueArn(arn);
  if (!queue || isFifo(queue))
    throw invalid(`The dead-letter queue of target ${id} must be a standard SQS queue: ${arn}`);
  return { DeadLetterConfig: { Arn: arn } };
}
