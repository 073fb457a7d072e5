import type { StreamBatch } from './stream-batch.js';
import type { StreamItem, StreamKind } from './stream-client.js';

/** Why Lambda gives records up. */
export type DiscardCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** How the last invocation of a batch ended. */
export interface LastInvocation {
  readonly requestId: string;
  readonly executedVersion: string;
  readonly functionError?: string;
}

/**
 * The message to the destination of a batch that Lambda gave up ("Retaining discarded records" of DynamoDB and
 * Kinesis event sources): the position of the records, not their contents.
 */
export function discardedBatch<R>(given: {
  readonly batch: StreamBatch<StreamItem<R>>;
  readonly kind: Pick<StreamKind<R>, 'batchInfo' | 'timeText'>;
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
  const { batch, kind, condition, functionArn, streamArn, shardId, invocation, withPayload, now } = given;
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
    [kind.batchInfo]: {
      shardId,
      startSequenceNumber: first.sequence,
      endSequenceNumber: last.sequence,
      approximateArrivalOfFirstRecord: kind.timeText(first.arrival),
      approximateArrivalOfLastRecord: kind.timeText(last.arrival),
      batchSize: batch.records.length,
      streamArn,
    },
    ...(withPayload && { payload: JSON.stringify({ Records: batch.records.map(({ record }) => record) }) }),
  };
}
