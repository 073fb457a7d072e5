import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DeleteRolePolicyCommand, IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ClientConfig } from '../processes/deployed-app.js';
import { Feature } from './feature.js';

let app: Feature;
let sqs: SQSClient;
let clientConfig: ClientConfig;

beforeAll(async () => {
  app = await Feature.deployed('Queues');
  clientConfig = app.clientConfig;
  sqs = new SQSClient(clientConfig);
});
afterAll(async () => {
  sqs?.destroy();
});

const LONG = { timeout: 20_000 };
const url = (queue: string) => app.output(`${queue}Url`);
const send = (queue: string, MessageBody: string, more: object = {}) =>
  sqs.send(new SendMessageCommand({ QueueUrl: url(queue), MessageBody, ...more }));

async function jobsFunction() {
  const lambda = new LambdaClient(clientConfig);
  const FunctionName = app.output('JobsFunction');
  return lambda.send(new GetFunctionConfigurationCommand({ FunctionName })).finally(() => lambda.destroy());
}

/** What the handler of jobs has logged, oldest first. */
async function jobs(): Promise<string[]> {
  const { LoggingConfig } = await jobsFunction();
  const logs = new CloudWatchLogsClient(clientConfig);
  const { events = [] } = await logs
    .send(new FilterLogEventsCommand({ logGroupName: LoggingConfig?.LogGroup }))
    .finally(() => logs.destroy());
  return events.flatMap(({ message = '' }) => /job \w+, attempt \d+/.exec(message)?.[0] ?? []);
}

test('a message that a route sends under its queue’s URL reaches the handler of the queue', LONG, async () => {
  const answer = await fetch(`${app.output()}jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ job: 'letter' }),
  });
  expect([answer.status, await answer.json()]).toEqual([202, { id: expect.any(String) }]);
  await expect.poll(jobs, LONG).toContain('job letter, attempt 1');
});

test(
  'a message that its handler gives back ends in the dead-letter queue, and the others of its batch do not',
  LONG,
  async () => {
    await send('Jobs', JSON.stringify({ job: 'parcel' }));
    await send('Jobs', JSON.stringify({ job: 'poison' }));
    const receive = new ReceiveMessageCommand({
      QueueUrl: url('Dead'),
      WaitTimeSeconds: 1,
      MessageSystemAttributeNames: ['All'],
    });
    await expect
      .poll(async () => (await sqs.send(receive)).Messages, LONG)
      .toMatchObject([
        { Body: JSON.stringify({ job: 'poison' }), Attributes: { DeadLetterQueueSourceArn: expect.any(String) } },
      ]);
    const seen = await jobs();
    expect(seen.filter((line) => line.startsWith('job poison'))).toEqual([
      'job poison, attempt 1',
      'job poison, attempt 2',
    ]);
    expect(seen.filter((line) => line.startsWith('job parcel'))).toEqual(['job parcel, attempt 1']);
  },
);

test('a FIFO queue reaches its handler in order', LONG, async () => {
  for (const step of ['one', 'two', 'three']) await send('Steps', step, { MessageGroupId: 'walk' });
  const steps = () => [...app.shown.matchAll(/step walk (\w+)/g)].map(([, step]) => step);
  await expect.poll(steps, LONG).toEqual(['one', 'two', 'three']);
  const counts = new GetQueueAttributesCommand({ QueueUrl: url('Steps'), AttributeNames: ['All'] });
  await expect
    .poll(async () => (await sqs.send(counts)).Attributes, LONG)
    .toMatchObject({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' });
});

test('a role that loses its leave is denied, and the terminal shows what would allow it', LONG, async () => {
  expect(app.shown).not.toContain('sqs:');
  const RoleName = (await jobsFunction()).Role?.split('/').at(-1);
  const iam = new IAMClient(clientConfig);
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  for (const PolicyName of PolicyNames) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  iam.destroy();
  await send('Jobs', JSON.stringify({ job: 'late' }));
  await app.shows(/sqs:(ReceiveMessage|DeleteMessage)/);
});
