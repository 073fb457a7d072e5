import { failedWith } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';

interface TopicPolicyProperties extends Properties {
  readonly Topics: readonly string[];
  readonly PolicyDocument: unknown;
}

async function set(topics: readonly string[], policy: string, { call }: ResourceContext): Promise<void> {
  for (const TopicArn of topics) {
    await call('sns', 'SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue: policy });
  }
}

async function unset(topics: readonly string[], context: ResourceContext): Promise<void> {
  for (const topic of topics) {
    try {
      await set([topic], '', context);
    } catch (error) {
      if (!failedWith(error, 'NotFound')) throw error;
    }
  }
}

async function put(id: string, properties: TopicPolicyProperties, context: ResourceContext): Promise<ResourceState> {
  const { Topics, PolicyDocument } = properties;
  const policy = typeof PolicyDocument === 'string' ? PolicyDocument : JSON.stringify(PolicyDocument);
  await set(Topics, policy, context);
  return { attributes: { Id: id } };
}

/** AWS::SNS::TopicPolicy. Topics that it no longer names, or that it leaves behind, have AWS's own policy again. */
export const topicPolicyResource: ResourceType<TopicPolicyProperties> = {
  type: 'AWS::SNS::TopicPolicy',
  create: put,
  update: async (id, properties, previous, context) => {
    const state = await put(id, properties, context);
    await unset(
      previous.Topics.filter((topic) => !properties.Topics.includes(topic)),
      context,
    );
    return state;
  },
  delete: (_id, { Topics }, context) => unset(Topics, context),
};
