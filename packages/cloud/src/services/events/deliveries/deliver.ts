import type { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import type { Call } from '../../../core/operation.js';
import { type QueueName, queueUrl } from '../../../core/queue-name.js';
import type { RoleSessions } from '../../../kit/role-sessions.js';
import type { RuleName } from '../rules/rule-name.js';
import { type Destination, parseDestination } from '../targets/destination.js';
import { parseJsonPath, valueAt } from '../targets/json-path.js';
import type { Target } from '../targets/target.js';
import { type Matched, targetInput } from '../targets/target-input.js';
import { type DeliveryFailure, failureOf } from './delivery-failure.js';
import { logEvent } from './log-event.js';
import { RoleFailure, type Services, serviceCall, targetCall } from './target-call.js';

/** How an event came to its rule. */
export interface DeliveryWay {
  /** True of an event that came from another bus, and goes to no third one. */
  readonly isForwarded?: boolean | undefined;
  /** The trace of X-Ray that it belongs to. */
  readonly trace?: string | undefined;
}

/** An event for one target. */
export interface Delivered extends Matched, DeliveryWay {
  readonly target: Target;
  /** The role of the rule, for targets that need one and have none. */
  readonly roleArn?: string | undefined;
}

export interface Deliverer {
  readonly context: Services & Pick<CloudContext, 'now'>;
  readonly sessions: RoleSessions;
}

/** Hands an event to its target. */
export async function deliver(deliverer: Deliverer, delivery: Delivered): Promise<DeliveryFailure | undefined> {
  const { rule, target, roleArn } = delivery;
  const destination = parseDestination(target.Arn);
  if (destination === undefined)
    return { code: 'NO_RESOURCE', message: `no such ARN: ${target.Arn}`, retriable: false };
  const input = targetInput(target, delivery);
  if (input === undefined) return { code: 'INVALID_JSON', message: 'The input is not valid JSON.', retriable: false };
  try {
    const call = await targetCall(deliverer.sessions, rule, destination, target.RoleArn, roleArn);
    return await send(deliverer, delivery, destination, input, call);
  } catch (error) {
    return error instanceof RoleFailure ? error : failureOf(error);
  }
}

/** @throws AwsError of the target's service */
async function send(
  { context }: Deliverer,
  { target, event, isForwarded, trace, rule }: Delivered,
  destination: Destination,
  input: string,
  call: Call,
): Promise<DeliveryFailure | undefined> {
  switch (destination.kind) {
    case 'function': {
      const invocation = { FunctionName: destination.arn, InvocationType: 'Event', Payload: Buffer.from(input) };
      // Lambda goes on with the trace of the request.
      const request =
        trace === undefined ? {} : { request: { presigned: false, signed: context.now(), traceId: trace } };
      await context.dispatch('lambda', 'Invoke', invocation, { ...call, ...request });
      return undefined;
    }
    case 'queue': {
      const message = { QueueUrl: queueUrl(destination.at), MessageBody: input, ...target.SqsParameters };
      await context.dispatch('sqs', 'SendMessage', message, call);
      return undefined;
    }
    case 'topic':
      await context.dispatch('sns', 'Publish', { TopicArn: destination.arn, Message: input }, call);
      return undefined;
    case 'stream': {
      const path = target.KinesisParameters?.PartitionKeyPath;
      const partition = path === undefined ? event.id : valueAt(event, parseJsonPath(path));
      const record = {
        StreamName: destination.stream,
        PartitionKey: typeof partition === 'string' ? partition : JSON.stringify(partition ?? event.id),
        Data: Buffer.from(input),
      };
      await context.dispatch('kinesis', 'PutRecord', record, call);
      return undefined;
    }
    case 'logGroup':
      await writeLog(context, destination.group, event.id, input, call);
      return undefined;
    case 'bus': {
      if (isForwarded) {
        const hop = destination.at.account === rule.account ? 'THIRD_REGION' : 'THIRD_ACCOUNT';
        return { code: `${hop}_HOP_DETECTED`, message: 'an event goes to no third event bus', retriable: false };
      }
      await context.dispatch('events', 'ForwardEvent', { bus: destination.at, event, trace }, call);
      return undefined;
    }
    case 'apiDestination': {
      const invocation = { destination: destination.at, parameters: target.HttpParameters ?? {}, input };
      return context.dispatch('events', 'InvokeApiDestination', invocation, call);
    }
  }
}

/** Each event has a stream of its own. One that a try before this made is gone on with. */
async function writeLog(
  { dispatch, now }: Deliverer['context'],
  logGroupName: string,
  logStreamName: string,
  input: string,
  call: Call,
): Promise<void> {
  const stream = { logGroupName, logStreamName };
  await dispatch('logs', 'CreateLogStream', stream, call).catch((error: AwsError) => {
    if (error.code !== 'ResourceAlreadyExistsException') throw error;
  });
  await dispatch('logs', 'PutLogEvents', { ...stream, logEvents: [logEvent(input, now())] }, call);
}

/** Sends a message to a dead-letter queue for a rule. @throws AwsError of SQS */
export async function sendToQueue(
  services: Services,
  rule: RuleName,
  queue: QueueName,
  message: object,
): Promise<void> {
  await services.dispatch('sqs', 'SendMessage', { QueueUrl: queueUrl(queue), ...message }, serviceCall(rule, queue));
}
