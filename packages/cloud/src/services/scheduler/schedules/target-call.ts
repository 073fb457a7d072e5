import type { Scope } from '../../../core/operation.js';
import { parseQueueArn, queueUrl } from '../../../core/queue-name.js';
import { parseArn } from '../../../kit/arn.js';
import type { Target } from './schedule-record.js';

/** The call that a target is: a service, its operation and the input, and where it lands. */
export interface TargetCall {
  readonly service: string;
  readonly operation: string;
  readonly input: object;
  readonly lands: Scope;
}

/** The services by the names that the SDK has for them in universal targets. */
const SDK_NAMES: Readonly<Record<string, string>> = {
  cloudwatch: 'cloudwatch',
  cloudwatchlogs: 'logs',
  dynamodb: 'dynamodb',
  eventbridge: 'events',
  iam: 'iam',
  kinesis: 'kinesis',
  kms: 'kms',
  lambda: 'lambda',
  scheduler: 'scheduler',
  secretsmanager: 'secretsmanager',
  sns: 'sns',
  sqs: 'sqs',
  ssm: 'ssm',
};

const UNIVERSAL = /^arn:aws[a-z-]*:scheduler:::aws-sdk:(?<sdk>[a-z0-9]+):(?<action>[a-zA-Z0-9]+)$/;

/**
 * The call of a target; undefined for a service that this cloud does not run.
 * @param input the text that the target gets
 */
export function targetCall(target: Target, input: string, owner: Scope): TargetCall | undefined {
  const { Arn: arn, SqsParameters, EventBridgeParameters, KinesisParameters } = target;
  const { sdk = '', action = '' } = UNIVERSAL.exec(arn)?.groups ?? {};
  if (action !== '') {
    const service = SDK_NAMES[sdk];
    const operation = action.charAt(0).toUpperCase() + action.slice(1);
    return service === undefined ? undefined : { service, operation, input: objectIn(input), lands: owner };
  }
  const queue = parseQueueArn(arn);
  if (queue) {
    const message = { QueueUrl: queueUrl(queue), MessageBody: input, MessageGroupId: SqsParameters?.MessageGroupId };
    return { service: 'sqs', operation: 'SendMessage', input: message, lands: queue };
  }
  const parsed = parseArn(arn);
  if (parsed === undefined) return undefined;
  const { account, region, service, resource } = parsed;
  const lands = { account, region };
  if (service === 'lambda') {
    const invocation = { FunctionName: arn, InvocationType: 'Event', Payload: Buffer.from(input) };
    return { service, operation: 'Invoke', input: invocation, lands };
  }
  if (service === 'kinesis' && resource.startsWith('stream/')) {
    const record = { StreamARN: arn, PartitionKey: KinesisParameters?.PartitionKey, Data: Buffer.from(input) };
    return { service, operation: 'PutRecord', input: record, lands };
  }
  if (service === 'sns') return { service, operation: 'Publish', input: { TopicArn: arn, Message: input }, lands };
  if (service === 'events' && resource.startsWith('event-bus/')) {
    const { DetailType, Source } = EventBridgeParameters ?? {};
    return {
      service,
      operation: 'PutEvents',
      input: { Entries: [{ EventBusName: arn, DetailType, Source, Detail: input }] },
      lands,
    };
  }
  return undefined;
}

function objectIn(text: string): object {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? value : {};
}
