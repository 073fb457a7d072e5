import type { Scope } from '../../core/operation.js';
import { operation } from '../../core/operation.js';
import type { Partition } from './engine/partition.js';

/** What the operations of DynamoDB share: the tables of each account and region. */
export interface DynamoDbState {
  readonly partition: (scope: Scope) => Partition;
  /** Writes down that an account and region has tables, so that the next start looks after them. */
  readonly remember: (scope: Scope) => Promise<void>;
  /** Where this cloud is reached. */
  readonly endpoint: () => string;
}

/** An operation of DynamoDB. */
export const dynamoDbOperation = operation<DynamoDbState>();
