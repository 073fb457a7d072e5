import { AwsError } from '../../../core/aws-error.js';
import { failedWith } from '../../../core/aws-failure.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { invalidParameter } from '../sns-error.js';

interface SubscriptionProperties extends Properties {
  readonly TopicArn: string;
  readonly Protocol: string;
  readonly Endpoint?: string;
  /** Of the topic. */
  readonly Region?: string;
}

/** The values to which a setting returns when a template no longer has it. */
const DEFAULTS = {
  RawMessageDelivery: 'false',
  FilterPolicy: '',
  FilterPolicyScope: '',
  RedrivePolicy: '',
  DeliveryPolicy: '',
};

/** The properties are the API's attributes; objects become JSON. */
function attributesOf(properties: SubscriptionProperties): Readonly<Record<string, string>> {
  const { TopicArn, Protocol, Endpoint, Region, ...settings } = properties;
  const entries = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
}

function checkRegion({ Region, TopicArn }: SubscriptionProperties, { region }: ResourceContext): void {
  const own = TopicArn.split(':')[3];
  if (own !== region || (Region ?? region) !== region) {
    throw invalidParameter(
      `TopicArn: the local cloud subscribes to topics of the stack's own region, and ${TopicArn} is elsewhere`,
    );
  }
}

async function configure(
  arn: string,
  properties: SubscriptionProperties,
  { call }: ResourceContext,
): Promise<ResourceState> {
  const { Attributes: found = {} } = await call('sns', 'GetSubscriptionAttributes', { SubscriptionArn: arn });
  const wanted: Record<string, string> = { ...DEFAULTS, ...attributesOf(properties) };
  // A policy is checked under its scope, which so comes before it, and goes after it.
  const order = ['RawMessageDelivery', 'RedrivePolicy', 'FilterPolicyScope', 'FilterPolicy'];
  const others = Object.keys(wanted).filter((name) => !order.includes(name));
  for (const AttributeName of [...order, ...others]) {
    const AttributeValue = wanted[AttributeName] ?? '';
    if ((found[AttributeName] ?? '') === AttributeValue) continue;
    await call('sns', 'SetSubscriptionAttributes', { SubscriptionArn: arn, AttributeName, AttributeValue });
  }
  return { attributes: { Arn: arn } };
}

/** AWS::SNS::Subscription. Its physical id is the subscription's ARN. */
export const subscriptionResource: ResourceType<SubscriptionProperties> = {
  type: 'AWS::SNS::Subscription',
  newId: ({ TopicArn }) => `${TopicArn}:${randomId.uuid()}`,
  create: async (arn, properties, context) => {
    checkRegion(properties, context);
    const { TopicArn, Protocol, Endpoint } = properties;
    try {
      return await configure(arn, properties, context);
    } catch (error) {
      if (!failedWith(error, 'NotFound')) throw error;
    }
    const input = {
      TopicArn,
      Protocol,
      Endpoint,
      Attributes: attributesOf(properties),
      ReturnSubscriptionArn: true,
    };
    const { SubscriptionArn } = await context.call('sns', 'Subscribe', input, arn);
    if (SubscriptionArn === arn) return { attributes: { Arn: arn } };
    throw new AwsError('AlreadyExists', `${Endpoint} is subscribed to ${TopicArn} already, by ${SubscriptionArn}`);
  },
  update: (arn, properties, _previous, context) => configure(arn, properties, context),
  delete: (arn, _properties, { call }) => call('sns', 'Unsubscribe', { SubscriptionArn: arn }),
};
