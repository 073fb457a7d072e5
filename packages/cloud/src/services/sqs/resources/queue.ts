import { failedWith } from '../../../core/aws-failure.js';
import { queueArn, queueUrl } from '../../../core/queue-name.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { isOwn, stackTags, type TagList } from '../../../core/stack-tags.js';
import { defaultAttributes } from '../queue-attributes.js';
import { parseQueueUrl } from '../queue-name.js';

interface QueueProperties extends Properties {
  readonly QueueName?: string;
  readonly FifoQueue?: boolean | string;
  readonly MaximumMessageSize?: number | string;
  readonly Tags?: TagList;
}

const LONGEST_NAME = 80;
/** Texts that are taken away where a template no longer has them. */
const OPTIONAL = ['RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId'];

const isFifoQueue = ({ FifoQueue }: QueueProperties): boolean => String(FifoQueue ?? false) === 'true';

function newName({ QueueName, ...properties }: QueueProperties, { stackName, logicalId }: ResourceContext): string {
  if (QueueName !== undefined) return QueueName;
  const end = `-${randomId.upper(12)}${isFifoQueue(properties) ? '.fifo' : ''}`;
  return `${`${stackName}-${logicalId}`.slice(0, LONGEST_NAME - end.length)}${end}`;
}

/** The properties are the API's attributes; objects become JSON. */
function attributesOf({ QueueName, Tags, FifoQueue, ...properties }: QueueProperties): Record<string, string> {
  const entries = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]);
  return {
    ...Object.fromEntries(entries),
    ...(isFifoQueue({ FifoQueue: FifoQueue ?? false }) && { FifoQueue: 'true' }),
  };
}

/** The end of a URL that was made here. SQS itself refuses a name that it does not take, in its own words. */
const nameIn = (url: string): string => url.split('/').slice(4).join('/');

function stateOf(url: string, context: ResourceContext): ResourceState {
  const queue = parseQueueUrl(url, context);
  return { attributes: { Arn: queueArn(queue), QueueName: queue.name, QueueUrl: url } };
}

/** The limit that CloudFormation sets once a template no longer has one. A new queue takes longer messages. */
const MAXIMUM_SIZE_TAKEN_BACK = '262144';

async function configure(
  url: string,
  properties: QueueProperties,
  previous: QueueProperties,
  context: ResourceContext,
): Promise<void> {
  const { FifoQueue: _fixed, MaximumMessageSize: _longest, ...defaults } = defaultAttributes(isFifoQueue(properties));
  const absent = Object.fromEntries(OPTIONAL.map((name) => [name, '']));
  const { FifoQueue: _same, ...wanted } = attributesOf(properties);
  const Attributes = {
    ...defaults,
    KmsDataKeyReusePeriodSeconds: '300',
    ...absent,
    ...(previous.MaximumMessageSize !== undefined && { MaximumMessageSize: MAXIMUM_SIZE_TAKEN_BACK }),
    // A queue has one kind of encryption.
    ...(wanted.KmsMasterKeyId !== undefined && { SqsManagedSseEnabled: 'false' }),
    ...wanted,
  };
  await context.call('sqs', 'SetQueueAttributes', { QueueUrl: url, Attributes });
}

async function tag(url: string, properties: QueueProperties, context: ResourceContext): Promise<void> {
  const wanted = stackTags(properties.Tags, context);
  const { Tags: found = {} } = await context.call('sqs', 'ListQueueTags', { QueueUrl: url });
  const gone = Object.keys(found).filter((key) => !(key in wanted));
  if (gone.length > 0) await context.call('sqs', 'UntagQueue', { QueueUrl: url, TagKeys: gone });
  if (Object.entries(wanted).some(([key, value]) => found[key] !== value)) {
    await context.call('sqs', 'TagQueue', { QueueUrl: url, Tags: wanted }, url);
  }
}

/** AWS::SQS::Queue. Its physical id is the queue's URL, AWS's own. */
export const queueResource: ResourceType<QueueProperties> = {
  type: 'AWS::SQS::Queue',
  newId: (properties, context) => {
    const { account, region } = context;
    return queueUrl({ account, region, name: newName(properties, context) });
  },
  create: async (url, properties, context) => {
    const tags = stackTags(properties.Tags, context);
    const input = { QueueName: nameIn(url), Attributes: attributesOf(properties), tags };
    try {
      await context.call('sqs', 'CreateQueue', input, url);
    } catch (error) {
      if (!failedWith(error, 'QueueNameExists')) throw error;
      // A create that was cut off is taken up; anybody else's queue is not.
      const { Tags: found } = await context.call('sqs', 'ListQueueTags', { QueueUrl: url });
      if (!isOwn(found, tags)) throw error;
      await configure(url, properties, {}, context);
    }
    return stateOf(url, context);
  },
  update: async (url, properties, previous, context) => {
    await configure(url, properties, previous, context);
    await tag(url, properties, context);
    return stateOf(url, context);
  },
  delete: async (url, _properties, context) => {
    try {
      await context.call('sqs', 'DeleteQueue', { QueueUrl: url });
    } catch (error) {
      if (!failedWith(error, 'QueueDoesNotExist')) throw error;
    }
  },
};
