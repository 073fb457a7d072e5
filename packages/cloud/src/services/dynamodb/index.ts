import type { ServiceMaker } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import { installExpressionParsers } from './input/expression-parsers.js';
import { operations } from './operations/index.js';
import { unsupported } from './operations/unsupported.js';
import { Partitions } from './partitions.js';
import { protocol } from './protocol.js';
import { resourceTypes } from './resources/index.js';
import { TableKeys } from './table-key.js';

/** DynamoDB, its streams included. */
export const dynamoDb: ServiceMaker = (context) => {
  installExpressionParsers();
  const partitions = new Partitions(context);
  const state = {
    partition: partitions.get.bind(partitions),
    remember: partitions.remember.bind(partitions),
    reviewPolicy: context.reviewPolicy,
    endpoint: context.endpoint,
    keys: new TableKeys(context),
    metrics: context.metrics,
  };
  return {
    name: 'dynamodb',
    signingNames: ['dynamodb'],
    protocol,
    operations: bindOperations(state, operations),
    refusedOperations: unsupported.map(({ name }) => name),
    resourceTypes,
    start: () => partitions.start(),
    stop: () => partitions.stop(),
  };
};
