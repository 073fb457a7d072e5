import { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { InventorySource } from '../inventory.js';

/** A source of the app, and the function that handles it. */
export interface SourceTarget {
  /** Where what connects them is made. */
  readonly scope: Construct;
  readonly source: InventorySource;
  readonly fn: lambda.Function;
  /** The function's role, by a policy of this stack. */
  readonly grantee: iam.IGrantable;
}

/** Connects a source of one kind to what it is bound to. */
export type BindSource<B> = (target: SourceTarget, binding: B) => void;

/** What the mappings of queues and streams have in common, of the options that the app declares. */
export function mappingOptions({ options }: InventorySource): Omit<lambda.EventSourceMappingOptions, 'eventSourceArn'> {
  const { batchSize, batchWindow, filters } = options as MappingOptions;
  return {
    reportBatchItemFailures: true,
    ...(batchSize === undefined ? {} : { batchSize }),
    ...(batchWindow === undefined ? {} : { maxBatchingWindow: Duration.seconds(batchWindow) }),
    ...(filters === undefined ? {} : { filters: filters.map((pattern) => lambda.FilterCriteria.filter(pattern)) }),
  };
}

/** As `goblet` declares them and the inventory has them. */
interface MappingOptions {
  readonly batchSize?: number;
  readonly batchWindow?: number;
  readonly filters?: readonly Record<string, unknown>[];
}
