import type { FunctionRole, RoleCalls } from '../invocation/role-calls.js';
import { invalidParameter } from '../lambda-error.js';
import { isDestination, urlOf } from './destination.js';

/** An event that a function did not handle. */
export interface DeadLetter {
  readonly requestId: string;
  /** Text of the JSON. */
  readonly payload: string;
  /** Of the last try; its HTTP status, and what the function threw. */
  readonly errorCode: number;
  readonly errorMessage: string;
}

/** Bytes of an error's message in an attribute. */
const LONGEST_MESSAGE = 1024;

/** @throws AwsError InvalidParameterValueException for what is neither a queue nor a topic */
export function checkDeadLetterTarget(arn: string): void {
  if (isDestination(arn, ['sqs', 'sns'])) return;
  throw invalidParameter(`The dead letter target ${arn} is neither a standard SQS queue nor a standard SNS topic.`);
}

/**
 * Sends an event to a function's dead-letter queue or topic, as it came, with what went wrong in attributes
 * ("Adding a dead-letter queue", AWS Lambda Developer Guide).
 */
export async function sendDeadLetter(
  calls: RoleCalls,
  role: FunctionRole,
  target: string,
  { requestId, payload, errorCode, errorMessage }: DeadLetter,
): Promise<void> {
  const text = (StringValue: string, DataType = 'String') => ({ DataType, StringValue });
  const MessageAttributes = {
    RequestID: text(requestId),
    ErrorCode: text(String(errorCode), 'Number'),
    ErrorMessage: text(errorMessage.slice(0, LONGEST_MESSAGE) || 'unknown'),
  };
  if (isDestination(target, ['sqs'])) {
    await calls.call(role, 'sqs', 'SendMessage', { QueueUrl: urlOf(target), MessageBody: payload, MessageAttributes });
  } else {
    await calls.call(role, 'sns', 'Publish', { TopicArn: target, Message: payload, MessageAttributes });
  }
}
