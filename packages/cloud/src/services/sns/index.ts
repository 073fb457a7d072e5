import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { queryProtocol } from '../../gateway/protocols/query.js';
import { Deliveries } from './delivery.js';
import { linkFront } from './links/link-front.js';
import { operations } from './operations/index.js';
import { Platforms } from './platforms/platforms.js';
import { PublishedStore } from './published-store.js';
import { resourceTypes } from './resources/index.js';
import { SigningKey } from './signing/signing-key.js';
import { Phones } from './sms/phones.js';
import { TopicStore } from './topic-store.js';

/** Amazon SNS: standard and FIFO topics that deliver to functions, queues and HTTP endpoints of this machine. */
export function sns(context: CloudContext): Service {
  const topics = new TopicStore(context.store);
  const published = new PublishedStore(context);
  const signingKey = new SigningKey(context);
  const deliveries = new Deliveries(context, topics, signingKey);
  const platforms = new Platforms(context);
  const phones = new Phones(context);
  const protocol = queryProtocol('sns');
  return {
    name: 'sns',
    signingNames: ['sns'],
    protocol,
    operations: bindOperations({ context, topics, published, deliveries, platforms, phones }, operations),
    resourceTypes,
    fronts: [linkFront(context, topics, signingKey, protocol)],
    start: async () => {
      await Promise.all([topics.load(), published.load(), platforms.load(), phones.load()]);
      await deliveries.resume();
    },
    stop: () => deliveries.stop(),
  };
}
