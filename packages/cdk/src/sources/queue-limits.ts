import { Token } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { visibleTooSoon, windowOfFifo } from '../errors/limits.js';
import { GobletError } from '../goblet-error.js';
import type { InventorySource } from '../inventory.js';
import { isFifo } from './fifo.js';

/**
 * Checks Lambda's rules for reading a queue ("Creating and configuring an Amazon SQS event source mapping").
 * @throws GobletError GOBLET_CDK_FIFO, GOBLET_CDK_VISIBILITY_TIMEOUT
 */
export function checkQueue(source: InventorySource, fn: lambda.Function, queue: sqs.IQueueRef): void {
  const { batchWindow } = source.options as { readonly batchWindow?: number };
  // Without a window, the app itself limits a batch to ten.
  if (isFifo(queue) && batchWindow !== undefined && batchWindow > 0) {
    throw new GobletError(windowOfFifo(source, queue.node.path));
  }
  const hidden = visibilityTimeout(queue);
  if (hidden === undefined || fn.timeout === undefined || fn.timeout.isUnresolved()) return;
  const timeout = fn.timeout.toSeconds();
  if (timeout > hidden) throw new GobletError(visibleTooSoon(source, timeout, queue.node.path, hidden));
}

const DEFAULT_VISIBILITY_TIMEOUT = 30;

/** Seconds; undefined for a queue that is not created in this CDK app. */
function visibilityTimeout(queue: sqs.IQueueRef): number | undefined {
  const resource = queue instanceof sqs.CfnQueue ? queue : queue.node.defaultChild;
  if (!(resource instanceof sqs.CfnQueue)) return undefined;
  const seconds = resource.visibilityTimeout ?? DEFAULT_VISIBILITY_TIMEOUT;
  return Token.isUnresolved(seconds) ? undefined : seconds;
}
