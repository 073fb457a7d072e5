import type { RecordedService } from '../recorded-case.js';

const TOPIC = 'arn:aws:sns:us-east-1:111111111111:news';
const topic = (Attributes: object = {}) => ['CreateTopic', { Name: 'news', Attributes }] as const;
const queue = ['sqs:CreateQueue', { QueueName: 'jobs' }] as const;
const subscription = {
  TopicArn: TOPIC,
  Protocol: 'sqs',
  Endpoint: 'arn:aws:sqs:us-east-1:111111111111:jobs',
  ReturnSubscriptionArn: true,
};
const refused = (message: string) => ({ code: 'InvalidParameterException', message, status: 400 });

/** A filter policy and what SNS says of it; it writes the policy anew without spaces before it looks. */
const policies: readonly (readonly [name: string, policy: object, reason: string])[] = [
  [
    'an empty list',
    { key: [] },
    'Empty arrays are not allowed\n at [Source: (String)"{"key":[]}"; line: 1, column: 10]',
  ],
  [
    'a suffix that is no text',
    { key: [{ suffix: 100 }] },
    'suffix match pattern must be a string\n at [Source: (String)"{"key":[{"suffix":100}]}"; line: 1, column: 22]',
  ],
  [
    'a rule outside of a list',
    { key: { suffix: 'value' } },
    '"suffix" must be an object or an array\n at [Source: (String)"{"key":{"suffix":"value"}}"; line: 1, column: 19]',
  ],
  [
    'a range whose bottom is over its top',
    { key: [{ numeric: ['>', 3, '<', 1] }] },
    'Bottom must be less than top\n at [Source: (String)"{"key":[{"numeric":[">",3,"<",1]}]}"; line: 1, column: 33]',
  ],
  [
    'a second operator that is none of a range',
    { key: [{ numeric: ['>=', 1, '>', 2] }] },
    'Bad numeric range operator: >\n at [Source: (String)"{"key":[{"numeric":[">=",1,">",2]}]}"; line: 1, column: 31]',
  ],
  [
    'existence that is neither true nor false',
    { key: [{ exists: 'no' }] },
    'exists match pattern must be either true or false.\n at [Source: (String)"{"key":[{"exists":"no"}]}"; line: 1, column: 20]',
  ],
];

/** What AWS's SNS was recorded to answer. */
export default {
  service: 'sns',
  cases: [
    ...policies.map(([name, policy, reason]) => ({
      name: `a filter policy with ${name} is refused with its place`,
      recorded: '2024-05' as const,
      given: [topic(), queue],
      ask: [
        'Subscribe',
        { ...subscription, Attributes: { FilterPolicy: JSON.stringify(policy, undefined, 1) } },
      ] as const,
      error: refused(`Invalid parameter: Attributes Reason: FilterPolicy: ${reason}`),
    })),
    {
      name: 'who subscribes again without attributes gets the subscription that is there',
      recorded: '2025-10',
      given: [topic(), queue, ['Subscribe', { ...subscription, Attributes: { RawMessageDelivery: 'True' } }]],
      ask: ['Subscribe', { ...subscription, Attributes: { FilterPolicyScope: 'MessageAttributes' } }],
      answer: { SubscriptionArn: '<Subscribe.SubscriptionArn>' },
    },
    {
      name: 'who subscribes again with other attributes is refused',
      recorded: '2025-10',
      given: [topic(), queue, ['Subscribe', { ...subscription, Attributes: { RawMessageDelivery: 'true' } }]],
      ask: ['Subscribe', { ...subscription, Attributes: { RawMessageDelivery: 'false' } }],
      error: refused('Invalid parameter: Attributes Reason: Subscription already exists with different attributes'),
    },
    {
      name: 'the scope of a filter does not show without a filter',
      recorded: '2025-10',
      given: [topic(), queue, ['Subscribe', { ...subscription, Attributes: { FilterPolicyScope: 'MessageBody' } }]],
      ask: ['GetSubscriptionAttributes', { SubscriptionArn: '<Subscribe.SubscriptionArn>' }],
      at: 'Attributes.FilterPolicyScope',
      answer: undefined,
    },
    {
      name: 'a token of other letters is invalid',
      recorded: '2025-10',
      given: [topic()],
      ask: ['ConfirmSubscription', { TopicArn: TOPIC, Token: 'randomtoken' }],
      error: refused('Invalid token'),
    },
    {
      name: 'a token that nobody was given is a wrong parameter',
      recorded: '2025-10',
      given: [topic()],
      ask: ['ConfirmSubscription', { TopicArn: TOPIC, Token: '51b2ff3edb475b7d91550e0ab6edf0c1' }],
      error: refused('Invalid parameter: Token'),
    },
    {
      name: 'the attributes of delivery logs are answered as they were set',
      recorded: '2023-11',
      given: [
        topic({
          LambdaSuccessFeedbackRoleArn: 'arn:aws:iam::111111111111:role/logs',
          LambdaSuccessFeedbackSampleRate: '100',
        }),
      ],
      ask: ['GetTopicAttributes', { TopicArn: TOPIC }],
      at: 'Attributes.LambdaSuccessFeedbackSampleRate',
      answer: '100',
    },
  ],
} satisfies RecordedService;
