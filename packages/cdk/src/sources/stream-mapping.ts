import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { InventorySource } from '../inventory.js';
import { mappingOptions, type SourceTarget } from './source-target.js';

/** The handling of stream records that the function did not process. */
export interface StreamDelivery {
  /**
   * Receives a message about the records that Lambda gave up: after `retryAttempts`, past `maxRecordAge`, or expired.
   * @default - they are lost
   */
  readonly onFailure?: lambda.IEventSourceDlq;
}

/** As declared by `goblet` and written in the inventory. */
interface StreamOptions {
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly bisectBatchOnError: boolean;
  readonly retryAttempts?: number;
  readonly maxRecordAge?: number;
  readonly parallelizationFactor?: number;
}

/** Lets Lambda read a stream for the function. */
export function mapStream(
  { source, fn }: SourceTarget,
  id: string,
  eventSourceArn: string,
  { onFailure }: StreamDelivery,
): void {
  fn.addEventSourceMapping(id, {
    ...mappingOptions(source),
    ...streamOptions(source),
    eventSourceArn,
    ...(onFailure === undefined ? {} : { onFailure }),
  });
}

function streamOptions({ options }: InventorySource): Partial<lambda.EventSourceMappingOptions> {
  const { startingPosition, bisectBatchOnError, retryAttempts, maxRecordAge, parallelizationFactor } =
    options as unknown as StreamOptions;
  return {
    startingPosition: lambda.StartingPosition[startingPosition],
    bisectBatchOnError,
    ...(retryAttempts === undefined ? {} : { retryAttempts }),
    ...(maxRecordAge === undefined ? {} : { maxRecordAge: Duration.seconds(maxRecordAge) }),
    ...(parallelizationFactor === undefined ? {} : { parallelizationFactor }),
  };
}
