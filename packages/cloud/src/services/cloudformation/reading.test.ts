import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DescribeEventsCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  DetectStackDriftCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  ListChangeSetsCommand,
  ListHookResultsCommand,
  ListImportsCommand,
  ListStackResourcesCommand,
  UpdateStackCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import { AwsError } from '../../core/aws-error.js';
import { stackCloud } from './fixtures/stack-cloud.js';

const yaml = `
AWSTemplateFormatVersion: '2010-09-09'
Description: a queue
Parameters:
  Delay: { Type: Number, Default: 5, AllowedValues: [5, 6] }
Resources:
  A:
    Type: AWS::SQS::Queue
    Metadata: { who: me }
    Properties:
      DelaySeconds: !Ref Delay
Outputs:
  Arn: { Value: !GetAtt A.Arn, Export: { Name: !Sub '\${AWS::StackName}-arn' } }
`;

describe('templates', () => {
  test('are given back as they were sent, in YAML too', async () => {
    await using cloud = await stackCloud();
    await cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: yaml }));
    const template = await cloud.client.send(new GetTemplateCommand({ StackName: 'app', TemplateStage: 'Original' }));
    expect(template.TemplateBody).toBe(yaml);
    expect(template.StagesAvailable).toEqual(['Original', 'Processed']);
    expect(cloud.shop.work[0]?.properties).toEqual({ DelaySeconds: 5 });
  });

  test('are summarized and validated', async () => {
    await using cloud = await stackCloud();
    const summary = await cloud.client.send(new GetTemplateSummaryCommand({ TemplateBody: yaml }));
    expect(summary).toMatchObject({
      Description: 'a queue',
      Version: '2010-09-09',
      ResourceTypes: ['AWS::SQS::Queue'],
      ResourceIdentifierSummaries: [{ ResourceType: 'AWS::SQS::Queue', LogicalResourceIds: ['A'] }],
      Parameters: [
        {
          ParameterKey: 'Delay',
          ParameterType: 'Number',
          DefaultValue: '5',
          ParameterConstraints: { AllowedValues: ['5', '6'] },
        },
      ],
    });
    const validated = await cloud.client.send(new ValidateTemplateCommand({ TemplateBody: yaml }));
    expect(validated).toMatchObject({ Description: 'a queue', Parameters: [{ ParameterKey: 'Delay', NoEcho: false }] });
    const TemplateBody = JSON.stringify({
      Resources: {
        A: { Type: 'AWS::SQS::Queue' },
        B: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::GetAtt': ['A', 'Nope'] } } },
      },
    });
    await expect(cloud.client.send(new ValidateTemplateCommand({ TemplateBody }))).rejects.toThrow(
      'Template error: resource A does not support attribute type Nope in Fn::GetAtt',
    );
  });

  test('come in one way', async () => {
    await using cloud = await stackCloud();
    await expect(cloud.client.send(new CreateStackCommand({ StackName: 'app' }))).rejects.toThrow(
      'Either Template URL or Template Body must be specified.',
    );
  });

  test('may name a type of AWS that this cloud lacks where no condition brings it to life', async () => {
    await using cloud = await stackCloud();
    const template = (wanted: string) =>
      JSON.stringify({
        Conditions: { Wanted: { 'Fn::Equals': [wanted, 'yes'] } },
        Resources: {
          A: { Type: 'AWS::SQS::Queue' },
          K: { Type: 'AWS::CloudFormation::HookVersion', Condition: 'Wanted', Properties: {} },
        },
      });
    await cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: template('no') }));
    expect((await cloud.stack('app')).StackStatus).toBe('CREATE_COMPLETE');
    await expect(
      cloud.client.send(new CreateStackCommand({ StackName: 'two', TemplateBody: template('yes') })),
    ).rejects.toThrow(
      'Template format error: Unrecognized resource types: [AWS::CloudFormation::HookVersion]. AWS has them, this cloud does not',
    );
  });
});

describe('resources', () => {
  test('are listed and described, with their metadata', async () => {
    await using cloud = await stackCloud();
    await cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: yaml }));
    const { StackResourceSummaries: listed } = await cloud.client.send(
      new ListStackResourcesCommand({ StackName: 'app' }),
    );
    const [one] = listed ?? [];
    expect(one).toMatchObject({
      LogicalResourceId: 'A',
      ResourceType: 'AWS::SQS::Queue',
      ResourceStatus: 'CREATE_COMPLETE',
    });
    const { StackResourceDetail } = await cloud.client.send(
      new DescribeStackResourceCommand({ StackName: 'app', LogicalResourceId: 'A' }),
    );
    expect(StackResourceDetail).toMatchObject({
      PhysicalResourceId: one?.PhysicalResourceId,
      Metadata: '{"who":"me"}',
    });
    const { StackResources } = await cloud.client.send(
      new DescribeStackResourcesCommand({ PhysicalResourceId: one?.PhysicalResourceId }),
    );
    expect(StackResources?.map(({ StackName }) => StackName)).toEqual(['app']);
  });
});

test('an import is told with its importers', async () => {
  await using cloud = await stackCloud();
  await cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: yaml }));
  await expect(cloud.client.send(new ListImportsCommand({ ExportName: 'app-arn' }))).rejects.toThrow(
    "Export 'app-arn' is not imported by any stack.",
  );
  await cloud.deploy('user', {
    Resources: { T: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { 'Fn::ImportValue': 'app-arn' } } } },
  });
  const { Imports } = await cloud.client.send(new ListImportsCommand({ ExportName: 'app-arn' }));
  expect(Imports).toEqual(['user']);
});

test('change sets of a stack are listed until another is executed', async () => {
  await using cloud = await stackCloud();
  await cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: yaml }));
  const TemplateBody = JSON.stringify({ Resources: { A: { Type: 'AWS::SQS::Queue' } } });
  await cloud.client.send(new CreateChangeSetCommand({ StackName: 'app', ChangeSetName: 'idle', TemplateBody }));
  const names = async () =>
    (await cloud.client.send(new ListChangeSetsCommand({ StackName: 'app' }))).Summaries?.map(
      (one) => one.ChangeSetName,
    );
  expect(await names()).toEqual(['idle']);
  await cloud.deploy('app', { Resources: { B: { Type: 'AWS::SQS::Queue' } } });
  expect(await names()).toEqual([]);
});

test('events of failures are found without the others', async () => {
  await using cloud = await stackCloud();
  cloud.shop.hook = ({ what }) => {
    if (what === 'create') throw new AwsError('InvalidParameter', 'no');
  };
  await cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: yaml }));
  const { OperationEvents } = await cloud.client.send(
    new DescribeEventsCommand({ StackName: 'app', Filters: { FailedEvents: true } }),
  );
  expect(OperationEvents?.map(({ LogicalResourceId, ResourceStatus }) => [LogicalResourceId, ResourceStatus])).toEqual([
    ['A', 'CREATE_FAILED'],
  ]);
  expect((await cloud.client.send(new ListHookResultsCommand({}))).HookResults).toEqual([]);
});

test('UsePreviousTemplate and UsePreviousValue keep what was', async () => {
  await using cloud = await stackCloud();
  const Parameters = [{ ParameterKey: 'Delay', ParameterValue: '6' }];
  await cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: yaml, Parameters }));
  const update = new UpdateStackCommand({
    StackName: 'app',
    UsePreviousTemplate: true,
    Parameters: [{ ParameterKey: 'Delay', UsePreviousValue: true }],
    Tags: [{ Key: 'a', Value: 'b' }],
  });
  await cloud.client.send(update);
  const { Stacks } = await cloud.client.send(new DescribeStacksCommand({ StackName: 'app' }));
  expect(Stacks?.[0]).toMatchObject({ StackStatus: 'UPDATE_COMPLETE', Parameters, Tags: [{ Key: 'a', Value: 'b' }] });
});

test('drift detection is refused by name', async () => {
  await using cloud = await stackCloud();
  await expect(cloud.client.send(new DetectStackDriftCommand({ StackName: 'app' }))).rejects.toThrow(
    'DetectStackDrift',
  );
});

test('stacks of other accounts and regions are not seen', async () => {
  await using cloud = await stackCloud();
  await cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: yaml }));
  for (const target of [{ region: 'us-east-1' }, { account: '111111111111' }]) {
    const other = new CloudFormationClient(cloud.clientConfig(target));
    expect((await other.send(new DescribeStacksCommand({}))).Stacks).toEqual([]);
  }
});

test('what happens to a stack is told to the terminal', async () => {
  await using cloud = await stackCloud();
  await cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: yaml }));
  const told = cloud.events.filter((event) => event.kind === 'stack');
  expect(told.map(({ stackName, status }) => [stackName, status])).toEqual([
    ['app', 'CREATE_IN_PROGRESS'],
    ['app', 'CREATE_COMPLETE'],
  ]);
});

test('events come in pages, and a token of another call is refused', async () => {
  await using cloud = await stackCloud();
  const Resources = Object.fromEntries(
    Array.from({ length: 40 }, (_, n) => [`Q${n}`, { Type: 'AWS::SQS::Queue' }] as const),
  );
  await cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: JSON.stringify({ Resources }) }));
  const first = await cloud.client.send(new DescribeStackEventsCommand({ StackName: 'app' }));
  const { NextToken } = first;
  const second = await cloud.client.send(new DescribeStackEventsCommand({ StackName: 'app', NextToken }));
  const ids = [...(first.StackEvents ?? []), ...(second.StackEvents ?? [])].map(({ EventId }) => EventId);
  expect([first.StackEvents?.length, second.NextToken]).toEqual([100, undefined]);
  expect(new Set(ids).size).toBe(40 * 3 + 2);
  await expect(cloud.client.send(new ListStackResourcesCommand({ StackName: 'app', NextToken }))).rejects.toMatchObject(
    { name: 'ValidationError', message: 'Invalid NextToken' },
  );
});
