import { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { InventorySource } from '../inventory.js';

/** A source of the app, and the function that handles it. */
export interface SourceTarget {
  /** The scope of the connecting constructs. */
  readonly scope: Construct;
  readonly source: InventorySource;
  readonly fn: lambda.Function;
  /** The function's role; grants go to a policy of this stack. */
  readonly grantee: iam.IGrantable;
}

/** Binds sources of one kind to a resource, which is given alone or as a member of an object with more properties. */
export interface BoundSource<B> {
  /** In words: `an SNS topic`. */
  readonly takes: string;
  /** The member of the object that has the resource. */
  readonly resource: keyof B & string;
  /** A member that identifies such a resource: the reference that CDK's L1 and L2 constructs have. */
  readonly mark: string;
  readonly bind: (target: SourceTarget, binding: B) => void;
}

/** The options, of those that the app declares, that mappings of queues and streams share. */
export function mappingOptions({ options }: InventorySource): Omit<lambda.EventSourceMappingOptions, 'eventSourceArn'> {
  const { batchSize, batchWindow, filters } = options as MappingOptions;
  return {
    reportBatchItemFailures: true,
    ...(batchSize === undefined ? {} : { batchSize }),
    ...(batchWindow === undefined ? {} : { maxBatchingWindow: Duration.seconds(batchWindow) }),
    ...(filters === undefined ? {} : { filters: filters.map((pattern) => lambda.FilterCriteria.filter(pattern)) }),
  };
}

/** As declared by `goblet` and written in the inventory. */
interface MappingOptions {
  readonly batchSize?: number;
  readonly batchWindow?: number;
  readonly filters?: readonly Record<string, unknown>[];
}
