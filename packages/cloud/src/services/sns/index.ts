import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { queryProtocol } from '../../gateway/query-protocol.js';
import { operations } from './operations/index.js';
import { resourceTypes } from './resources/index.js';
import { TopicStore } from './topic-store.js';

/** Amazon SNS: standard topics that deliver to functions and queues. */
export function sns(context: CloudContext): Service {
  const topics = new TopicStore(context.store);
  return {
    name: 'sns',
    signingNames: ['sns'],
    protocol: queryProtocol({ xmlns: 'http://sns.amazonaws.com/doc/2010-03-31/', version: '2010-03-31' }),
    operations: bindOperations({ context, topics }, operations),
    resourceTypes,
    start: () => topics.load(),
  };
}
