import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCloud, testCloud } from '../../testing/index.js';

let cloud: TestCloud;
let client: CloudFormationClient;

beforeAll(async () => {
  cloud = await testCloud();
  client = new CloudFormationClient(cloud.clientConfig());
});
afterAll(() => cloud.close());

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };

test.each<[type: string, properties: object]>([
  ['AWS::SQS::Queue', { QueueName: 'bad name' }],
  ['AWS::SNS::Topic', { TopicName: 'bad name' }],
  ['AWS::S3::Bucket', { BucketName: 'Bad_Name' }],
  ['AWS::IAM::Role', { RoleName: 'bad name', AssumeRolePolicyDocument: trust }],
  ['AWS::IAM::Role', { AssumeRolePolicyDocument: document }],
  ['AWS::IAM::ManagedPolicy', { PolicyDocument: { Statement: [] } }],
  ['AWS::IAM::User', { UserName: 'bad name' }],
  ['AWS::IAM::Group', { GroupName: 'bad name' }],
  ['AWS::IAM::InstanceProfile', { InstanceProfileName: 'bad name', Roles: ['none'] }],
  ['AWS::IAM::AccessKey', { UserName: 'nobody' }],
  ['AWS::Logs::LogGroup', { LogGroupName: 'bad name' }],
  ['AWS::SSM::Parameter', { Name: 'bad name', Type: 'String', Value: 'a' }],
  ['AWS::Events::EventBus', { Name: 'bad name' }],
  ['AWS::Events::Rule', { Name: 'bad name', ScheduleExpression: 'rate(1 day)' }],
  [
    'AWS::DynamoDB::Table',
    {
      TableName: 'bad name',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    },
  ],
  [
    'AWS::Lambda::Function',
    { FunctionName: 'bad name', Role: 'none', Code: { ZipFile: 'a' }, Handler: 'index.handler', Runtime: 'nodejs22.x' },
  ],
])('%s %j is refused in the words of its service, and nothing of it is deleted', async (Type, Properties) => {
  const StackName = `refused-${Math.random().toString(36).slice(2)}`;
  const TemplateBody = JSON.stringify({ Resources: { Bad: { Type, Properties } } });
  await client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'] }));
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  expect(Stacks?.[0]?.StackStatus).toBe('ROLLBACK_COMPLETE');
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  const statuses = StackEvents.filter(({ LogicalResourceId }) => LogicalResourceId === 'Bad').map(
    ({ ResourceStatus }) => ResourceStatus,
  );
  expect(statuses).toContain('CREATE_FAILED');
  expect(statuses).not.toContain('DELETE_FAILED');
});

test("the reason of a refused queue is SQS's own", async () => {
  const TemplateBody = JSON.stringify({
    Resources: { Bad: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'bad/name' } } },
  });
  await client.send(new CreateStackCommand({ StackName: 'reason', TemplateBody }));
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: 'reason' }));
  expect(StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason).toContain(
    'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
  );
});
