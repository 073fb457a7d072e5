import { failedWith } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';

interface QueueInlinePolicyProperties extends Properties {
  /** The queue's URL. */
  readonly Queue: string;
  readonly PolicyDocument: unknown;
}

async function put(
  id: string,
  { Queue, PolicyDocument }: QueueInlinePolicyProperties,
  { call }: ResourceContext,
): Promise<ResourceState> {
  const Policy = typeof PolicyDocument === 'string' ? PolicyDocument : JSON.stringify(PolicyDocument);
  await call('sqs', 'SetQueueAttributes', { QueueUrl: Queue, Attributes: { Policy } });
  return { attributes: { Id: id } };
}

/** AWS::SQS::QueueInlinePolicy: the policy of one queue. Its physical id is the queue's URL. */
export const queueInlinePolicyResource: ResourceType<QueueInlinePolicyProperties> = {
  type: 'AWS::SQS::QueueInlinePolicy',
  newId: ({ Queue }) => Queue,
  create: put,
  update: (id, properties, _previous, context) => put(id, properties, context),
  delete: async (_id, { Queue }, { call }) => {
    try {
      await call('sqs', 'SetQueueAttributes', { QueueUrl: Queue, Attributes: { Policy: '' } });
    } catch (error) {
      if (!failedWith(error, 'QueueDoesNotExist')) throw error;
    }
  },
};
