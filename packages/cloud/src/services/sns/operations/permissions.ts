import { parseJson } from '../../../core/json.js';
import { onTopic, snsOperation } from '../service-state.js';
import { invalidParameter } from '../sns-error.js';
import { parseTopicArn, topicArn } from '../topic-name.js';
import { defaultPolicy, type TopicRecord } from '../topic-record.js';

interface Policy {
  readonly Version: string;
  readonly Id?: string;
  readonly Statement: readonly Statement[];
}

interface Statement {
  readonly Sid?: string;
}

/** The actions that a topic's policy can allow ("AddPermission" of the SNS API reference). */
const ACTIONS = [
  'AddPermission',
  'DeleteTopic',
  'GetDataProtectionPolicy',
  'GetTopicAttributes',
  'ListSubscriptionsByTopic',
  'ListTagsForResource',
  'Publish',
  'PutDataProtectionPolicy',
  'Receive',
  'RemovePermission',
  'SetTopicAttributes',
  'Subscribe',
];

/** The policy of a topic, which was checked when it was set. */
function policyOf(topic: TopicRecord): Policy {
  const policy = parseJson(topic.attributes.Policy ?? defaultPolicy(topic)) as Policy;
  return { ...policy, Statement: [policy.Statement].flat() };
}

function withStatements(topic: TopicRecord, Statement: readonly Statement[]): TopicRecord {
  const Policy = JSON.stringify({ ...policyOf(topic), Statement });
  return { ...topic, attributes: { ...topic.attributes, Policy } };
}

/** One value alone, several as a list, as SNS writes policies. */
const oneOrMore = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 ? (values[0] ?? '') : values;

export const addPermission = snsOperation({
  name: 'AddPermission',
  parse: ({ TopicArn, Label: label, AWSAccountId: accounts, ActionName: actions }, scope) => ({
    topic: parseTopicArn(TopicArn, scope),
    label,
    accounts,
    actions,
  }),
  access: (row) => [onTopic(row, 'AddPermission')],
  handle: async ({ topic, label, accounts, actions }, _call, { topics }) => {
    const record = topics.get(topic);
    const { Statement } = policyOf(record);
    if (Statement.some(({ Sid }) => Sid === label)) throw invalidParameter('Statement already exists');
    if (actions.some((action) => action !== '*' && !ACTIONS.includes(action))) {
      throw invalidParameter('Policy statement action out of service scope!');
    }
    const statement = {
      Sid: label,
      Effect: 'Allow',
      Principal: { AWS: oneOrMore(accounts.map((account) => `arn:aws:iam::${account}:root`)) },
      Action: oneOrMore(actions.map((action) => `SNS:${action}`)),
      Resource: topicArn(topic),
    };
    await topics.put(withStatements(record, [...Statement, statement]));
  },
});

export const removePermission = snsOperation({
  name: 'RemovePermission',
  parse: ({ TopicArn, Label: label }, scope) => ({ topic: parseTopicArn(TopicArn, scope), label }),
  access: (row) => [onTopic(row, 'RemovePermission')],
  handle: async ({ topic, label }, _call, { topics }) => {
    const record = topics.get(topic);
    const left = policyOf(record).Statement.filter(({ Sid }) => Sid !== label);
    await topics.put(withStatements(record, left));
  },
});
