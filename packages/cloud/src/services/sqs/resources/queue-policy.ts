import { AwsError } from '../../../core/aws-error.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';

interface QueuePolicyProperties extends Properties {
  readonly Queues: readonly string[];
  readonly PolicyDocument: unknown;
}

async function set(queues: readonly string[], policy: string, { call }: ResourceContext): Promise<void> {
  for (const QueueUrl of queues) await call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy: policy } });
}

async function unset(queues: readonly string[], context: ResourceContext): Promise<void> {
  for (const queue of queues) {
    try {
      await set([queue], '', context);
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== 'QueueDoesNotExist') throw error;
    }
  }
}

async function put(id: string, properties: QueuePolicyProperties, context: ResourceContext): Promise<ResourceState> {
  const { Queues, PolicyDocument } = properties;
  const policy = typeof PolicyDocument === 'string' ? PolicyDocument : JSON.stringify(PolicyDocument);
  await set(Queues, policy, context);
  return { attributes: { Id: id } };
}

export const queuePolicyResource: ResourceType<QueuePolicyProperties> = {
  type: 'AWS::SQS::QueuePolicy',
  create: put,
  update: async (id, properties, previous, context) => {
    const state = await put(id, properties, context);
    await unset(
      previous.Queues.filter((queue) => !properties.Queues.includes(queue)),
      context,
    );
    return state;
  },
  delete: (_id, { Queues }, context) => unset(Queues, context),
};
