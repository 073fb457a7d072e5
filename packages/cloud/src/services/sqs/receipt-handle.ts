import { AwsError } from '../../core/aws-error.js';
import { type QueueName, queueArn } from '../../core/queue-name.js';
import type { QueuedMessage } from './message.js';

/** The contents of a receipt handle: the message, and this one receipt of it. */
export interface Receipt {
  readonly sequence: string;
  readonly receiptId: string;
}

export function receiptHandle(queue: QueueName, { sequence, delivery }: QueuedMessage): string {
  return Buffer.from(`${queueArn(queue)} ${sequence} ${delivery.receiptId}`).toString('base64');
}

/** @throws AwsError ReceiptHandleIsInvalid */
export function parseReceiptHandle(handle: string, queue: QueueName): Receipt {
  const [arn, sequence, receiptId] = Buffer.from(handle, 'base64').toString().split(' ');
  if (arn !== queueArn(queue) || sequence === undefined || receiptId === undefined) {
    throw new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
  }
  return { sequence, receiptId };
}
