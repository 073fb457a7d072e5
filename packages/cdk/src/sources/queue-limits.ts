import { Token } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { GobletError } from '../errors.js';
import { at, type InventorySource } from '../inventory.js';
import { isFifo } from './fifo.js';

/**
 * Checks Lambda's rules for reading a queue ("Creating and configuring an Amazon SQS event source mapping").
 * @throws GobletError GOBLET_CDK_FIFO, GOBLET_CDK_VISIBILITY_TIMEOUT
 */
export function checkQueue(source: InventorySource, fn: lambda.Function, queue: sqs.IQueueRef): void {
  const name = `${source.name}${at(source.source)}`;
  const { batchWindow } = source.options as { readonly batchWindow?: number };
  // Without a window, the app itself limits a batch to ten.
  if (isFifo(queue) && batchWindow !== undefined && batchWindow > 0) {
    throw new GobletError(
      'GOBLET_CDK_FIFO',
      `${name} has a batchWindow, but ${queue.node.path} is a FIFO queue, for which Lambda does not accept one; leave batchWindow out, and keep batchSize at 10 or less`,
    );
  }
  const hidden = visibilityTimeout(queue);
  if (hidden === undefined || fn.timeout === undefined || fn.timeout.isUnresolved()) return;
  const timeout = fn.timeout.toSeconds();
  if (timeout <= hidden) return;
  throw new GobletError(
    'GOBLET_CDK_VISIBILITY_TIMEOUT',
    `${name} may run ${timeout} seconds, but the queue ${queue.node.path} hides messages for ${hidden}; give the queue a visibilityTimeout of at least that (AWS recommends six times as much), or the function a shorter timeout`,
  );
}

const DEFAULT_VISIBILITY_TIMEOUT = 30;

/** Seconds; undefined for a queue that is not created in this CDK app. */
function visibilityTimeout(queue: sqs.IQueueRef): number | undefined {
  const resource = queue instanceof sqs.CfnQueue ? queue : queue.node.defaultChild;
  if (!(resource instanceof sqs.CfnQueue)) return undefined;
  const seconds = resource.visibilityTimeout ?? DEFAULT_VISIBILITY_TIMEOUT;
  return Token.isUnresolved(seconds) ? undefined : seconds;
}
