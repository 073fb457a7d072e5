import { unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceType } from '../../../core/resource-type.js';
import { stackTags, type TagList } from '../../../core/stack-tags.js';

interface ConsumerProperties extends Properties {
  readonly ConsumerName: string;
  readonly StreamARN: string;
  readonly Tags?: TagList;
}

/** AWS::Kinesis::StreamConsumer. Its physical id is its ARN, of which the moment of its registration is a part. */
export const streamConsumerResource: ResourceType<ConsumerProperties> = {
  type: 'AWS::Kinesis::StreamConsumer',
  newId: ({ StreamARN, ConsumerName }) => `${StreamARN}/consumer/${ConsumerName}:${Math.floor(Date.now() / 1000)}`,
  create: async (arn, properties, context) => {
    const { StreamARN, ConsumerName } = properties;
    const input = { StreamARN, ConsumerName, Tags: stackTags(properties.Tags, context) };
    const { Consumer } = await context.call('kinesis', 'RegisterStreamConsumer', input, arn);
    const { ConsumerStatus, ConsumerCreationTimestamp } = Consumer ?? {};
    return {
      attributes: {
        ConsumerARN: arn,
        ConsumerName,
        StreamARN,
        ConsumerStatus,
        ConsumerCreationTimestamp: ConsumerCreationTimestamp?.toISOString(),
      },
    };
  },
  // Whatever changes replaces it.
  update: async () => ({}),
  delete: (ConsumerARN, _properties, { call }) =>
    unlessGone(call('kinesis', 'DeregisterStreamConsumer', { ConsumerARN })),
};
