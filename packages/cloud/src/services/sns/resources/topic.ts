import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { stackTags, type TagList } from '../../../core/stack-tags.js';
import { fromTagList, toTagList } from '../../../kit/tags.js';
import { LOGGED_PROTOCOLS } from '../delivery-status.js';
import { invalidParameter } from '../sns-error.js';
import { topicArn } from '../topic-name.js';

interface SubscriptionProperty {
  readonly Protocol: string;
  readonly Endpoint: string;
}

interface TopicProperties extends Properties {
  readonly TopicName?: string;
  readonly FifoTopic?: boolean | string;
  readonly Subscription?: readonly SubscriptionProperty[];
  readonly Tags?: TagList;
  readonly DataProtectionPolicy?: object;
  readonly DeliveryStatusLogging?: readonly StatusLogging[];
}

/** The roles that log the deliveries of a protocol, and how many of them. */
interface StatusLogging {
  readonly Protocol: string;
  readonly SuccessFeedbackRoleArn?: string;
  readonly SuccessFeedbackSampleRate?: string;
  readonly FailureFeedbackRoleArn?: string;
}

const LONGEST_NAME = 256;
/** The values to which a setting returns when a template no longer has it. */
const DEFAULTS = {
  ArchivePolicy: '',
  ContentBasedDeduplication: '',
  DeliveryPolicy: '',
  DisplayName: '',
  FifoThroughputScope: '',
  KmsMasterKeyId: '',
  SignatureVersion: '',
  TracingConfig: '',
};

function newName({ TopicName, FifoTopic }: TopicProperties, { stackName, logicalId }: ResourceContext): string {
  if (TopicName !== undefined) return TopicName;
  const end = `-${randomId.upper(12)}${String(FifoTopic) === 'true' ? '.fifo' : ''}`;
  return `${`${stackName}-${logicalId}`.slice(0, LONGEST_NAME - end.length)}${end}`;
}

/** The properties are the API's attributes; objects become JSON. */
function attributesOf(properties: TopicProperties): Readonly<Record<string, string>> {
  const { TopicName, Subscription, Tags, DataProtectionPolicy, DeliveryStatusLogging = [], ...settings } = properties;
  const entries = Object.entries(settings).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(
      entries.map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
    ),
    ...Object.assign({}, ...DeliveryStatusLogging.map(feedbackOf)),
  };
}

/** The attributes by which a topic has the deliveries of a protocol logged. */
function feedbackOf({ Protocol, ...settings }: StatusLogging): Readonly<Record<string, string>> {
  const protocol = LOGGED_PROTOCOLS.find((each) => each === PROTOCOLS[Protocol.toLowerCase()]);
  if (protocol === undefined) throw invalidParameter(`DeliveryStatusLogging: ${Protocol} is no protocol`);
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [`${protocol}${name}`, String(value)]));
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  application: 'Application',
  firehose: 'Firehose',
  'http/s': 'HTTP',
  lambda: 'Lambda',
  sqs: 'SQS',
};

/** The logging settings to which a topic returns when a template no longer has them. */
const NO_FEEDBACK: Readonly<Record<string, string>> = Object.fromEntries(
  LOGGED_PROTOCOLS.flatMap((protocol) =>
    ['SuccessFeedbackRoleArn', 'SuccessFeedbackSampleRate', 'FailureFeedbackRoleArn'].map((name) => [
      `${protocol}${name}`,
      '',
    ]),
  ),
);

async function protect(arn: string, { DataProtectionPolicy }: TopicProperties, { call }: ResourceContext) {
  const policy = DataProtectionPolicy === undefined ? '' : JSON.stringify(DataProtectionPolicy);
  await call('sns', 'PutDataProtectionPolicy', { ResourceArn: arn, DataProtectionPolicy: policy });
}

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

function stateOf(arn: string): ResourceState {
  return { attributes: { TopicArn: arn, TopicName: nameOf(arn) } };
}

async function configure(arn: string, properties: TopicProperties, { call }: ResourceContext): Promise<void> {
  const { Attributes: found = {} } = await call('sns', 'GetTopicAttributes', { TopicArn: arn });
  const { FifoTopic: _fixed, ...wanted }: Readonly<Record<string, string>> = {
    ...DEFAULTS,
    ...NO_FEEDBACK,
    ...attributesOf(properties),
  };
  for (const [AttributeName, AttributeValue] of Object.entries(wanted)) {
    if ((found[AttributeName] ?? '') === AttributeValue) continue;
    await call('sns', 'SetTopicAttributes', { TopicArn: arn, AttributeName, AttributeValue });
  }
}

async function tag(arn: string, properties: TopicProperties, context: ResourceContext): Promise<void> {
  const wanted = stackTags(properties.Tags, context);
  const { Tags: found } = await context.call('sns', 'ListTagsForResource', { ResourceArn: arn });
  const gone = Object.keys(fromTagList(found)).filter((key) => !(key in wanted));
  if (gone.length > 0) await context.call('sns', 'UntagResource', { ResourceArn: arn, TagKeys: gone });
  await context.call('sns', 'TagResource', { ResourceArn: arn, Tags: toTagList(wanted) }, arn);
}

/** The subscriptions that the topic itself lists; subscribing again changes nothing. */
async function subscribe(
  arn: string,
  { Subscription = [] }: TopicProperties,
  previous: readonly SubscriptionProperty[],
  { call }: ResourceContext,
): Promise<void> {
  const isSame =
    (a: { readonly Protocol?: string | undefined; readonly Endpoint?: string | undefined }) =>
    (b: SubscriptionProperty) =>
      a.Protocol === b.Protocol && a.Endpoint === b.Endpoint;
  for (const each of Subscription) await call('sns', 'Subscribe', { TopicArn: arn, ...each });
  const gone = previous.filter((each) => !Subscription.some(isSame(each)));
  if (gone.length === 0) return;
  const { Subscriptions = [] } = await call('sns', 'ListSubscriptionsByTopic', { TopicArn: arn });
  for (const { SubscriptionArn, ...each } of Subscriptions) {
    if (gone.some(isSame(each))) await call('sns', 'Unsubscribe', { SubscriptionArn });
  }
}

/** AWS::SNS::Topic. Its physical id is the topic's ARN. */
export const topicResource: ResourceType<TopicProperties> = {
  type: 'AWS::SNS::Topic',
  newId: (properties, context) => {
    const { account, region } = context;
    return topicArn({ account, region, name: newName(properties, context) });
  },
  create: async (arn, properties, context) => {
    // A create that was cut off finds its own topic; that of somebody else has other tags, and is refused.
    const input = {
      Name: nameOf(arn),
      Attributes: attributesOf(properties),
      Tags: toTagList(stackTags(properties.Tags, context)),
    };
    await context.call('sns', 'CreateTopic', input, arn);
    if (properties.DataProtectionPolicy !== undefined) await protect(arn, properties, context);
    await subscribe(arn, properties, [], context);
    return stateOf(arn);
  },
  update: async (arn, properties, previous, context) => {
    await configure(arn, properties, context);
    if (properties.DataProtectionPolicy ?? previous.DataProtectionPolicy) await protect(arn, properties, context);
    await tag(arn, properties, context);
    await subscribe(arn, properties, previous.Subscription ?? [], context);
    return stateOf(arn);
  },
  delete: (arn, _properties, { call }) => call('sns', 'DeleteTopic', { TopicArn: arn }),
};
