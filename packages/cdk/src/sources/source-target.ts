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

/** How sources of one kind are bound: to a resource, alone or as a member of an object that says more. */
export interface BoundSource<B> {
  /** In words: `an SNS topic`. */
  readonly takes: string;
  /** The member of the object that is the resource. */
  readonly resource: keyof B & string;
  /** A member by which such a resource is told from others: the reference that CDK's L1 and L2 have. */
  readonly mark: string;
  readonly bind: (target: SourceTarget, binding: B) => void;
}

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
