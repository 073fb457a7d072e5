import { isFifo, parseQueueArn, queueUrl } from '../../../core/queue-name.js';
import type { FunctionRole, RoleCalls } from '../invocation/role-calls.js';
import { invalidParameter } from '../lambda-error.js';

/** The kinds of destinations of Lambda: the service in the ARN. */
export type DestinationKind = 'sqs' | 'sns' | 'lambda';

interface Kind {
  /** As it is named in messages. */
  readonly name: string;
  readonly isArn: (arn: string) => boolean;
  /** The call that tells it, which the function's role has to be allowed to make. */
  readonly call: (arn: string, record: string) => readonly [service: string, operation: string, input: object];
}

const TOPIC = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/;
const FUNCTION = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/;

function urlOf(arn: string): string {
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
    call: (arn, MessageBody) => ['sqs', 'SendMessage', { QueueUrl: urlOf(arn), MessageBody }],
  },
  sns: {
    name: 'standard SNS topics',
    isArn: (arn) => TOPIC.test(arn),
    call: (TopicArn, Message) => ['sns', 'Publish', { TopicArn, Message }],
  },
  lambda: {
    name: 'functions',
    isArn: (arn) => FUNCTION.test(arn),
    call: (FunctionName, record) => [
      'lambda',
      'Invoke',
      { FunctionName, InvocationType: 'Event', Payload: Buffer.from(record) },
    ],
  },
};

const kindOf = (arn: string, kinds: readonly DestinationKind[]): Kind | undefined =>
  kinds.map((kind) => KINDS[kind]).find(({ isArn }) => isArn(arn));

/**
 * @param of what it is the destination of, for the message
 * @throws AwsError InvalidParameterValueException
 */
export function checkDestination(arn: string, kinds: readonly DestinationKind[], of: string): void {
  if (kindOf(arn, kinds)) return;
  const names = kinds.map((kind) => KINDS[kind].name).join(', ');
  throw invalidParameter(`The local cloud has ${names} as destinations of ${of}, and ${arn} is none`);
}

/** Tells a destination under the function's role. Throws where that may not, or there is no such destination. */
export async function tellDestination(
  calls: RoleCalls,
  role: FunctionRole,
  arn: string,
  record: object,
): Promise<void> {
  const kind = kindOf(arn, ['sqs', 'sns', 'lambda']);
  if (kind === undefined) throw new Error(`${arn} is no destination`);
  await calls.call(role, ...kind.call(arn, JSON.stringify(record)));
}
