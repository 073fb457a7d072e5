import { bindOperations, type Scope } from '../../core/operation.js';
import type { ServiceMaker } from '../../core/service.js';
import { Partition } from './engine/partition.js';
import { operations } from './operations/index.js';
import { protocol } from './protocol.js';

/** DynamoDB, its streams included. */
export const dynamoDb: ServiceMaker = (context) => {
  const partitions = new Map<string, Partition>();
  const partition = ({ account, region }: Scope): Partition => {
    const name = `${account}/${region}`;
    let found = partitions.get(name);
    if (!found) {
      found = new Partition({ account, region }, context.store.area(account, region, 'dynamodb'), context.now);
      partitions.set(name, found);
    }
    return found;
  };
  return {
    name: 'dynamodb',
    signingNames: ['dynamodb'],
    protocol,
    operations: bindOperations({ partition }, operations),
    resourceTypes: [],
  };
};
