import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';

const QUEUE = 'arn:aws:sqs:eu-west-1:000000000000:jobs';
const GROUP = 'sns/eu-west-1/000000000000/news';

/** A topic whose deliveries to queues are logged, and a queue that lets it send or not. */
async function loggedTopic(queueTakes: boolean, writes = 'logs:*') {
  const cloud = await testCloud();
  const config = { ...cloud.clientConfig(), maxAttempts: 1 };
  const iam = new IAMClient(config);
  const policy = (statement: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
  const trust = policy({ Principal: { Service: 'sns.amazonaws.com' }, Action: 'sts:AssumeRole' });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'logs', AssumeRolePolicyDocument: trust }));
  const PolicyDocument = policy({ Action: writes, Resource: '*' });
  await iam.send(new PutRolePolicyCommand({ RoleName: 'logs', PolicyName: 'logs', PolicyDocument }));
  const Attributes = {
    SQSSuccessFeedbackRoleArn: Role?.Arn ?? '',
    SQSSuccessFeedbackSampleRate: '100',
    SQSFailureFeedbackRoleArn: Role?.Arn ?? '',
  };
  const sns = new SNSClient(config);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'news', Attributes }));
  const Policy = policy({ Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: QUEUE });
  const queue = { QueueName: 'jobs', ...(queueTakes && { Attributes: { Policy } }) };
  await new SQSClient(config).send(new CreateQueueCommand(queue));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: QUEUE }));
  const { MessageId } = await sns.send(new PublishCommand({ TopicArn, Message: 'hello' }));
  const logs = new CloudWatchLogsClient(config);
  return {
    ...cloud,
    MessageId,
    logged: async (logGroupName: string): Promise<readonly unknown[]> => {
      const asked = logs.send(new FilterLogEventsCommand({ logGroupName }));
      const { events = [] } = await asked.catch(() => ({ events: [] }));
      return events.map(({ message = '{}' }: { message?: string | undefined }) => JSON.parse(message));
    },
    warnings: () => cloud.events.flatMap((event) => (event.kind === 'warning' ? [event.message] : [])),
  };
}

test('a delivery is logged by the role that the topic names', async () => {
  await using cloud = await loggedTopic(true);
  await expect
    .poll(() => cloud.logged(GROUP), { timeout: 30_000 })
    .toEqual([
      {
        notification: {
          messageMD5Sum: '5d41402abc4b2a76b9719d911017c592',
          messageId: cloud.MessageId,
          topicArn: 'arn:aws:sns:eu-west-1:000000000000:news',
          timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/),
        },
        delivery: {
          deliveryId: expect.any(String),
          destination: QUEUE,
          providerResponse: expect.stringContaining('"sqsMessageId":'),
          dwellTimeMs: expect.any(Number),
          statusCode: 200,
        },
        status: 'SUCCESS',
      },
    ]);
});

test('a delivery that fails is logged in a group of its own', async () => {
  await using cloud = await loggedTopic(false);
  await expect
    .poll(() => cloud.logged(`${GROUP}/Failure`), { timeout: 30_000 })
    .toEqual([expect.objectContaining({ status: 'FAILURE' })]);
});

test('a role that may not write logs none, and the terminal shows it', async () => {
  await using cloud = await loggedTopic(true, 's3:*');
  await expect
    .poll(cloud.warnings, { timeout: 30_000 })
    .toContainEqual(expect.stringContaining(`are not logged in ${GROUP}: User: `));
  expect(await cloud.logged(GROUP)).toEqual([]);
});
