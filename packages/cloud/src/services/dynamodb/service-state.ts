import type { Scope } from '../../core/operation.js';
import { operation } from '../../core/operation.js';
import type { Partition } from './engine/partition.js';

/** What the operations of DynamoDB share: the tables of each account and region. */
export interface DynamoDbState {
  readonly partition: (scope: Scope) => Partition;
}

/** An operation of DynamoDB. */
export const dynamoDbOperation = operation<DynamoDbState>();
