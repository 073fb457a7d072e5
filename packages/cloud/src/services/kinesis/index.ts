import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { jsonProtocol } from '../../gateway/protocols/json.js';
import { jsonOrCbor } from '../../gateway/protocols/negotiated.js';
import { ConsumerStore } from './consumers/consumer-store.js';
import { operations } from './operations/index.js';
import { resourceTypes } from './resources/index.js';
import { StreamStore } from './streams/stream-store.js';

/** Amazon Kinesis Data Streams: streams, their records and consumers. */
export function kinesis(context: CloudContext): Service {
  const streams = new StreamStore(context);
  const consumers = new ConsumerStore(context);
  return {
    name: 'kinesis',
    signingNames: ['kinesis'],
    protocol: jsonOrCbor(jsonProtocol('kinesis'), 'kinesis'),
    operations: bindOperations({ context, streams, consumers }, operations),
    resourceTypes,
    start: async () => {
      await consumers.load();
      await streams.start();
    },
    stop: () => streams.stop(),
  };
}
