import { inUse } from '../kinesis-error.js';
import { kinesisOperation, onStream } from '../service-state.js';
import { STREAM_LIMITS } from '../streams/stream-name.js';
import { withStream } from './stream-input.js';

export const deleteStream = kinesisOperation({
  name: 'DeleteStream',
  limits: STREAM_LIMITS,
  parse: (input, scope) => withStream(input, scope),
  access: (row) => [onStream(row, 'DeleteStream')],
  handle: async ({ stream, EnforceConsumerDeletion = false }, _call, { streams, consumers }) => {
    const { account, name } = streams.get(stream);
    const registered = consumers.list(stream);
    if (registered.length > 0 && !EnforceConsumerDeletion) {
      throw inUse(
        `DeleteStream can't delete ${account}:${name} because there are consumers associated with this data stream. To delete ${name} anyway, set the EnforceConsumerDeletion parameter to true to force the deletion of all the consumers that are associated with it.`,
      );
    }
    for (const consumer of registered) await consumers.delete(consumer);
    await streams.delete(stream);
  },
});
