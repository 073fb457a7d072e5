import {
  AddPermissionCommand,
  CreateTopicCommand,
  GetDataProtectionPolicyCommand,
  GetTopicAttributesCommand,
  PublishCommand,
  PutDataProtectionPolicyCommand,
  RemovePermissionCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';

const TopicArn = 'arn:aws:sns:eu-west-1:000000000000:news';
const OTHER = '111111111111';

async function topicCloud() {
  const cloud = await testCloud();
  const client = (account?: string) =>
    new SNSClient({ ...cloud.clientConfig(account ? { account } : {}), maxAttempts: 1 });
  const sns = client();
  await sns.send(new CreateTopicCommand({ Name: 'news' }));
  return {
    ...cloud,
    client,
    sns,
    statements: async () => {
      const { Attributes = {} } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
      return JSON.parse(Attributes.Policy ?? '{}').Statement;
    },
    allow: (Label: string, ...ActionName: string[]) =>
      sns.send(new AddPermissionCommand({ TopicArn, Label, AWSAccountId: [OTHER], ActionName })),
  };
}

test('a permission stands behind the default statement, and lets the other account publish until it is removed', async () => {
  await using cloud = await topicCloud();
  const publish = new PublishCommand({ TopicArn, Message: 'a' });
  await expect(cloud.client(OTHER).send(publish)).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
  await cloud.allow('one', 'Publish');
  await cloud.allow('two', 'Publish', 'Subscribe');
  const statement = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OTHER}:root` }, Resource: TopicArn };
  expect(await cloud.statements()).toEqual([
    expect.objectContaining({ Sid: '__default_statement_ID' }),
    { ...statement, Sid: 'one', Action: 'SNS:Publish' },
    { ...statement, Sid: 'two', Action: ['SNS:Publish', 'SNS:Subscribe'] },
  ]);
  await cloud.client(OTHER).send(publish);
  for (const Label of ['one', 'two']) await cloud.sns.send(new RemovePermissionCommand({ TopicArn, Label }));
  expect(await cloud.statements()).toHaveLength(1);
  await expect(cloud.client(OTHER).send(publish)).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
});

test('a label is used once, and actions are those of topics', async () => {
  await using cloud = await topicCloud();
  await cloud.allow('one', 'Publish');
  await expect(cloud.allow('one', 'AddPermission')).rejects.toMatchObject({
    message: 'Invalid parameter: Statement already exists',
  });
  await expect(cloud.allow('two', 'InvalidAction')).rejects.toMatchObject({
    message: 'Invalid parameter: Policy statement action out of service scope!',
  });
  const elsewhere = new RemovePermissionCommand({ TopicArn: `${TopicArn}-none`, Label: 'one' });
  await expect(cloud.sns.send(elsewhere)).rejects.toMatchObject({ message: 'Topic does not exist' });
});

test('a data protection policy is kept beside the attributes', async () => {
  await using cloud = await topicCloud();
  const { sns } = cloud;
  const DataProtectionPolicy = JSON.stringify({ Name: 'a', Version: '2021-06-01', Statement: [] });
  const described = new GetTopicAttributesCommand({ TopicArn });
  const { Attributes: before } = await sns.send(described);
  await sns.send(new PutDataProtectionPolicyCommand({ ResourceArn: TopicArn, DataProtectionPolicy }));
  const get = new GetDataProtectionPolicyCommand({ ResourceArn: TopicArn });
  expect((await sns.send(get)).DataProtectionPolicy).toBe(DataProtectionPolicy);
  expect((await sns.send(described)).Attributes).toEqual(before);
});
