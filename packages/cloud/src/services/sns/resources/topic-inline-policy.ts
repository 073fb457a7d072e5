import { failedWith } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';

interface TopicInlinePolicyProperties extends Properties {
  readonly TopicArn: string;
  readonly PolicyDocument: unknown;
}

async function set(TopicArn: string, policy: string, { call }: ResourceContext): Promise<void> {
  await call('sns', 'SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue: policy });
}

async function put(
  id: string,
  { TopicArn, PolicyDocument }: TopicInlinePolicyProperties,
  context: ResourceContext,
): Promise<ResourceState> {
  await set(TopicArn, typeof PolicyDocument === 'string' ? PolicyDocument : JSON.stringify(PolicyDocument), context);
  return { attributes: { Id: id } };
}

/** AWS::SNS::TopicInlinePolicy: the policy of one topic. Its physical id is the topic's ARN. */
export const topicInlinePolicyResource: ResourceType<TopicInlinePolicyProperties> = {
  type: 'AWS::SNS::TopicInlinePolicy',
  newId: ({ TopicArn }) => TopicArn,
  create: put,
  update: (id, properties, _previous, context) => put(id, properties, context),
  delete: async (_id, { TopicArn }, context) => {
    try {
      await set(TopicArn, '', context);
    } catch (error) {
      if (!failedWith(error, 'NotFound')) throw error;
    }
  },
};
