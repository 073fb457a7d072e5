import type { StreamBatch } from './stream-batch.js';
import { arrivalOf, type StreamEventRecord, sequenceOf } from './table-stream-record.js';

/** Why Lambda gives records up. */
export type DiscardCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** How the last invocation of a batch ended. */
export interface LastInvocation {
  readonly requestId: string;
  readonly executedVersion: string;
  readonly functionError?: string;
}

/** Times without fractions, as AWS's examples have them. */
const seconds = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');

/**
 * The message to the destination of a batch that Lambda gave up ("Retaining discarded records for a DynamoDB event
 * source"): the position of the records, not their contents.
 */
export function discardedBatch(given: {
  readonly batch: StreamBatch<StreamEventRecord>;
  readonly condition: DiscardCondition;
  readonly functionArn: string;
  readonly streamArn: string;
  readonly shardId: string;
  readonly invocation: LastInvocation | undefined;
  /** True for buckets, which keep the records themselves too. */
  readonly withPayload: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}): object {
  const { batch, condition, functionArn, streamArn, shardId, invocation, withPayload, now } = given;
  const [first] = batch.records;
  const last = batch.records.at(-1);
  if (first === undefined || last === undefined) throw new Error('a batch without records cannot be given up');
  return {
    requestContext: {
      ...(invocation && { requestId: invocation.requestId }),
      functionArn,
      condition,
      approximateInvokeCount: batch.invocations,
    },
    ...(invocation && {
      responseContext: {
        statusCode: 200,
        executedVersion: invocation.executedVersion,
        functionError: invocation.functionError ?? null,
      },
    }),
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: sequenceOf(first),
      endSequenceNumber: sequenceOf(last),
      approximateArrivalOfFirstRecord: seconds(arrivalOf(first)),
      approximateArrivalOfLastRecord: seconds(arrivalOf(last)),
      batchSize: batch.records.length,
      streamArn,
    },
    ...(withPayload && { payload: JSON.stringify({ Records: batch.records }) }),
  };
}
