import { CreateRoleCommand, IAMClient, PutRolePolicyCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  CreateScheduleGroupCommand,
  DeleteScheduleGroupCommand,
  GetScheduleCommand,
  ListScheduleGroupsCommand,
  ListSchedulesCommand,
  ListTagsForResourceCommand,
  SchedulerClient,
  TagResourceCommand,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test, vi } from 'vitest';
import { type TestCloud, testCloud } from '../../testing/index.js';
import { testStack } from '../cloudformation/fixtures/test-stack.js';

const QUEUE = 'arn:aws:sqs:eu-west-1:000000000000:jobs';
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'scheduler.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

const allow = (Action: string, Resource: unknown = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
});

async function clients(cloud: TestCloud, policy: object = allow('sqs:SendMessage')) {
  const config = { ...cloud.clientConfig(), maxAttempts: 1 };
  const iam = new IAMClient(config);
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'caller', AssumeRolePolicyDocument: JSON.stringify(TRUST) }),
  );
  const PolicyDocument = JSON.stringify(policy);
  await iam.send(new PutRolePolicyCommand({ RoleName: 'caller', PolicyName: 'call', PolicyDocument }));
  const sqs = new SQSClient(config);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));
  const received = async () => {
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
    return Messages?.[0]?.Body ?? '';
  };
  return { scheduler: new SchedulerClient(config), roleArn: Role?.Arn ?? '', received, config };
}

/** `at` of a time that comes soon. */
const soon = (): string => `at(${new Date(Date.now() + 1000).toISOString().slice(0, 19)})`;

const schedule = (RoleArn: string, more: Partial<CreateScheduleCommandInput> = {}): CreateScheduleCommandInput => ({
  Name: 'nightly',
  ScheduleExpression: 'cron(0 3 * * ? *)',
  ScheduleExpressionTimezone: 'Europe/Berlin',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: QUEUE, RoleArn, Input: '{"at":"<aws.scheduler.scheduled-time>"}' },
  ...more,
});

test('a schedule is read as it was made, and changed as a whole', async () => {
  await using cloud = await testCloud();
  const { scheduler, roleArn } = await clients(cloud);
  const { ScheduleArn } = await scheduler.send(
    new CreateScheduleCommand(schedule(roleArn, { Description: 'at night' })),
  );
  expect(ScheduleArn).toBe('arn:aws:scheduler:eu-west-1:000000000000:schedule/default/nightly');
  expect(await scheduler.send(new GetScheduleCommand({ Name: 'nightly' }))).toMatchObject({
    ScheduleExpression: 'cron(0 3 * * ? *)',
    Description: 'at night',
    State: 'ENABLED',
    GroupName: 'default',
    Target: { Arn: QUEUE, RetryPolicy: { MaximumRetryAttempts: 185 } },
  });
  await scheduler.send(new UpdateScheduleCommand(schedule(roleArn, { State: 'DISABLED' })));
  const changed = await scheduler.send(new GetScheduleCommand({ Name: 'nightly' }));
  expect([changed.State, changed.Description]).toEqual(['DISABLED', undefined]);
});

test('a single run calls its target under the role, and the schedule goes if that is asked for', async () => {
  await using cloud = await testCloud();
  const { scheduler, roleArn, received } = await clients(cloud);
  const input = {
    ScheduleExpression: soon(),
    ScheduleExpressionTimezone: 'UTC',
    ActionAfterCompletion: 'DELETE' as const,
  };
  await scheduler.send(new CreateScheduleCommand(schedule(roleArn, input)));
  const { at } = JSON.parse(await received());
  expect(input.ScheduleExpression).toBe(`at(${at.slice(0, 19)})`);
  await vi.waitFor(async () => {
    expect((await scheduler.send(new ListSchedulesCommand({}))).Schedules).toEqual([]);
  });
});

test('a universal target is an operation of a service', async () => {
  await using cloud = await testCloud();
  const { scheduler, roleArn, received } = await clients(cloud);
  const Target = {
    RoleArn: roleArn,
    Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage',
    Input: JSON.stringify({ QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/000000000000/jobs', MessageBody: 'hello' }),
  };
  await scheduler.send(
    new CreateScheduleCommand(
      schedule(roleArn, { ScheduleExpression: soon(), ScheduleExpressionTimezone: 'UTC', Target }),
    ),
  );
  expect(await received()).toBe('hello');
});

test('what the role may not do is on the terminal', async () => {
  await using cloud = await testCloud();
  const { scheduler, roleArn } = await clients(cloud, allow('sns:Publish'));
  const input = { ScheduleExpression: soon(), ScheduleExpressionTimezone: 'UTC' };
  await scheduler.send(new CreateScheduleCommand(schedule(roleArn, input)));
  await vi.waitFor(
    () => {
      const warnings = cloud.events.flatMap((event) => (event.kind === 'warning' ? [event.message] : []));
      expect(warnings.join('\n')).toContain(`the schedule nightly could not call ${QUEUE}: AccessDenied`);
    },
    { timeout: 5000 },
  );
});

test.each([
  ['cron(0 1 * * * *)', {}, 'Invalid Schedule Expression cron(0 1 * * * *).'],
  ['rate(10 seconds)', {}, 'Invalid Schedule Expression rate(10 seconds).'],
  ['at(2021-12-31T23:59:59Z)', {}, 'Invalid Schedule Expression at(2021-12-31T23:59:59Z).'],
  [
    'rate(1 hour)',
    { ScheduleExpressionTimezone: 'Europe/Nowhere' },
    'Invalid Schedule Expression Timezone Europe/Nowhere.',
  ],
])('%s %j is refused in the words of AWS', async (ScheduleExpression, more, message) => {
  await using cloud = await testCloud();
  const { scheduler, roleArn } = await clients(cloud);
  const input = schedule(roleArn, { ScheduleExpression, ...more });
  await expect(scheduler.send(new CreateScheduleCommand(input))).rejects.toMatchObject({
    name: 'ValidationException',
    message,
  });
});

test('the unit of a rate is taken with an s and without', async () => {
  await using cloud = await testCloud();
  const { scheduler, roleArn } = await clients(cloud);
  for (const [at, ScheduleExpression] of ['rate(5 minute)', 'rate(1 hours)', 'rate(2 days)'].entries()) {
    await scheduler.send(new CreateScheduleCommand(schedule(roleArn, { Name: `rate-${at}`, ScheduleExpression })));
  }
});

test('a trust policy sees the group of the schedule as the source', async () => {
  await using cloud = await testCloud();
  const { scheduler, roleArn, config } = await clients(cloud);
  const trusting = (source: string) => {
    const condition = {
      StringEquals: { 'aws:SourceAccount': '000000000000' },
      ArnEquals: { 'aws:SourceArn': `arn:aws:scheduler:eu-west-1:000000000000:schedule-group/${source}` },
    };
    const PolicyDocument = JSON.stringify({ ...TRUST, Statement: [{ ...TRUST.Statement[0], Condition: condition }] });
    return new IAMClient(config).send(new UpdateAssumeRolePolicyCommand({ RoleName: 'caller', PolicyDocument }));
  };
  await trusting('another');
  await expect(scheduler.send(new CreateScheduleCommand(schedule(roleArn)))).rejects.toMatchObject({
    name: 'ValidationException',
  });
  await trusting('default');
  await scheduler.send(new CreateScheduleCommand(schedule(roleArn)));
});

test('a role that does not trust the scheduler is refused', async () => {
  await using cloud = await testCloud();
  const { scheduler } = await clients(cloud);
  const input = schedule('arn:aws:iam::000000000000:role/nobody');
  await expect(scheduler.send(new CreateScheduleCommand(input))).rejects.toMatchObject({
    message: 'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
  });
});

test('a group has tags, and takes its schedules with it', async () => {
  await using cloud = await testCloud();
  const { scheduler, roleArn } = await clients(cloud);
  const Tags = [{ Key: 'team', Value: 'shop' }];
  const { ScheduleGroupArn: ResourceArn } = await scheduler.send(
    new CreateScheduleGroupCommand({ Name: 'jobs', Tags }),
  );
  await scheduler.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'stage', Value: 'dev' }] }));
  expect((await scheduler.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags).toHaveLength(2);
  await scheduler.send(new CreateScheduleCommand(schedule(roleArn, { GroupName: 'jobs' })));
  await scheduler.send(new DeleteScheduleGroupCommand({ Name: 'jobs' }));
  expect((await scheduler.send(new ListSchedulesCommand({}))).Schedules).toEqual([]);
  const { ScheduleGroups } = await scheduler.send(new ListScheduleGroupsCommand({}));
  expect(ScheduleGroups?.map(({ Name }) => Name)).toEqual(['default']);
});

test('a stack has a group and a schedule in it, and takes both away', async () => {
  await using cloud = await testCloud();
  const { scheduler, roleArn } = await clients(cloud);
  const stack = testStack(cloud, 'jobs');
  const { Name: _, ...properties } = schedule(roleArn);
  const outputs = await stack.create({
    Resources: {
      Group: { Type: 'AWS::Scheduler::ScheduleGroup', Properties: {} },
      Schedule: { Type: 'AWS::Scheduler::Schedule', Properties: { ...properties, GroupName: { Ref: 'Group' } } },
    },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Schedule', 'Arn'] } } },
  });
  const { Schedules } = await scheduler.send(new ListSchedulesCommand({}));
  expect(Schedules?.map(({ Arn }) => Arn)).toEqual([outputs.Arn]);
  await stack.remove();
  expect((await scheduler.send(new ListSchedulesCommand({}))).Schedules).toEqual([]);
});
