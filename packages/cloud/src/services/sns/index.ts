import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { queryProtocol } from '../../gateway/protocols/query.js';
import { operations } from './operations/index.js';
import { PublishedStore } from './published-store.js';
import { resourceTypes } from './resources/index.js';
import { TopicStore } from './topic-store.js';

/** Amazon SNS: standard and FIFO topics that deliver to functions and queues. */
export function sns(context: CloudContext): Service {
  const topics = new TopicStore(context.store);
  const published = new PublishedStore(context);
  return {
    name: 'sns',
    signingNames: ['sns'],
    protocol: queryProtocol('sns'),
    operations: bindOperations({ context, topics, published }, operations),
    resourceTypes,
    start: async () => {
      await topics.load();
      await published.load();
    },
  };
}
