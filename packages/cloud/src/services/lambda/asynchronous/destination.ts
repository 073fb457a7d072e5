import { isFifo, parseQueueArn, queueUrl } from '../../../core/queue-name.js';
import { randomId } from '../../../core/random-id.js';
import type { FunctionRole, RoleCalls } from '../invocation/role-calls.js';
import { invalidParameter } from '../lambda-error.js';

/** The kinds of destinations of Lambda: the service in the ARN. */
export type DestinationKind = 'sqs' | 'sns' | 'lambda' | 'events' | 's3';

/** The record that a destination receives. */
export interface DestinationMessage {
  readonly record: object;
  /** Of the function, with its qualifier; event buses name it beside themselves. */
  readonly functionArn: string;
  readonly succeeded: boolean;
  /** Where a bucket keeps it: `aws/lambda/async/users` */
  readonly folder: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

type DestinationCall = readonly [service: string, operation: string, input: object];

interface Kind {
  /** As it is named in messages. */
  readonly name: string;
  readonly isArn: (arn: string) => boolean;
  /** The call that tells it, which the function's role has to be allowed to make. */
  readonly call: (arn: string, message: DestinationMessage) => DestinationCall;
}

const TOPIC = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/;
const FUNCTION = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/;
const BUS = /^arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus\/[\w./-]{1,256}$/;
const BUCKET = /^arn:aws[a-z-]*:s3:::([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])$/;

export function urlOf(arn: string): string {
  const queue = parseQueueArn(arn);
  if (queue === undefined) throw new Error(`${arn} is no queue`);
  return queueUrl(queue);
}

const KINDS: Readonly<Record<DestinationKind, Kind>> = {
  sqs: {
    name: 'standard SQS queues',
    isArn: (arn) => {
      const queue = parseQueueArn(arn);
      return queue !== undefined && !isFifo(queue);
    },
    call: (arn, { record }) => ['sqs', 'SendMessage', { QueueUrl: urlOf(arn), MessageBody: JSON.stringify(record) }],
  },
  sns: {
    name: 'standard SNS topics',
    isArn: (arn) => TOPIC.test(arn),
    call: (TopicArn, { record }) => ['sns', 'Publish', { TopicArn, Message: JSON.stringify(record) }],
  },
  lambda: {
    name: 'functions',
    isArn: (arn) => FUNCTION.test(arn),
    call: (FunctionName, { record }) => [
      'lambda',
      'Invoke',
      { FunctionName, InvocationType: 'Event', Payload: Buffer.from(JSON.stringify(record)) },
    ],
  },
  events: {
    name: 'event buses',
    isArn: (arn) => BUS.test(arn),
    call: (EventBusName, { record, functionArn, succeeded }) => [
      'events',
      'PutEvents',
      {
        Entries: [
          {
            EventBusName,
            Source: 'lambda',
            DetailType: `Lambda Function Invocation Result - ${succeeded ? 'Success' : 'Failure'}`,
            Resources: [EventBusName, functionArn],
            Detail: JSON.stringify(record),
          },
        ],
      },
    ],
  },
  s3: {
    name: 'S3 buckets',
    isArn: (arn) => BUCKET.test(arn),
    call: (arn, { record, folder, now }) => [
      's3',
      'PutObject',
      { Bucket: BUCKET.exec(arn)?.[1], Key: `${folder}/${datedName(now)}`, Body: Buffer.from(JSON.stringify(record)) },
    ],
  },
};

/** `2026/12/01/2026-12-01T08.00.00-<uuid>`, as Lambda names records in buckets. */
function datedName(now: number): string {
  const text = new Date(now).toISOString().slice(0, 19);
  return `${text.slice(0, 10).replaceAll('-', '/')}/${text.replaceAll(':', '.')}-${randomId.uuid()}`;
}

const kindOf = (arn: string, kinds: readonly DestinationKind[]): Kind | undefined =>
  kinds.map((kind) => KINDS[kind]).find(({ isArn }) => isArn(arn));

export const isDestination = (arn: string, kinds: readonly DestinationKind[]): boolean =>
  kindOf(arn, kinds) !== undefined;

/**
 * @param of what it is the destination of, for the message
 * @throws AwsError InvalidParameterValueException
 */
export function checkDestination(arn: string, kinds: readonly DestinationKind[], of: string): void {
  if (isDestination(arn, kinds)) return;
  const names = kinds.map((kind) => KINDS[kind].name).join(', ');
  throw invalidParameter(`The local cloud has ${names} as destinations of ${of}, and ${arn} is none`);
}

/** Tells a destination under the function's role. Throws where that may not, or there is no such destination. */
export async function tellDestination(
  calls: RoleCalls,
  role: FunctionRole,
  arn: string,
  message: DestinationMessage,
): Promise<void> {
  const kind = kindOf(arn, ['sqs', 'sns', 'lambda', 'events', 's3']);
  if (kind === undefined) throw new Error(`${arn} is no destination`);
  await calls.call(role, ...kind.call(arn, message));
}
