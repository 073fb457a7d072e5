import { template, topic } from '../cloudformation.js';
import { ANY_TIME, ANY_UUID, type RecordedService } from '../recorded-case.js';

const ALLOW_ALL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

const rolledBackBy = (Arn: string, Type: string) => ({
  StackName: 'app',
  TemplateBody: topic,
  RollbackConfiguration: { RollbackTriggers: [{ Arn, Type }] },
});

/** The recorded answers of AWS's CloudFormation about stacks. */
export default {
  service: 'cloudformation',
  cases: [
    {
      name: 'a stack has no member for parameters, capabilities and outputs that it has none of, and one for tags',
      recorded: '2025-10',
      given: [['CreateStack', { StackName: 'app', TemplateBody: topic }]],
      ask: ['DescribeStacks', { StackName: 'app' }],
      at: 'Stacks.0',
      answer: {
        CreationTime: ANY_TIME,
        DisableRollback: false,
        DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
        EnableTerminationProtection: false,
        LastOperations: [{ OperationType: 'CREATE_STACK', OperationId: ANY_UUID }],
        NotificationARNs: [],
        RollbackConfiguration: {},
        StackId: '<CreateStack.StackId>',
        StackName: 'app',
        StackStatus: 'CREATE_COMPLETE',
        Tags: [],
      },
      eventually: true,
    },
    {
      name: 'a stack that was created says no reason for that, whatever its resources are',
      recorded: '2025-08',
      given: [
        [
          'CreateStack',
          {
            StackName: 'app',
            TemplateBody: template(
              { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '100.30.20.0/20' } } },
              { Description: 'test <env>.test.net' },
            ),
          },
        ],
      ],
      ask: ['DescribeStacks', { StackName: 'app' }],
      at: 'Stacks.0',
      answer: {
        CreationTime: ANY_TIME,
        Description: 'test <env>.test.net',
        DisableRollback: false,
        DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
        EnableTerminationProtection: false,
        LastOperations: [{ OperationType: 'CREATE_STACK', OperationId: ANY_UUID }],
        NotificationARNs: [],
        RollbackConfiguration: {},
        StackId: '<CreateStack.StackId>',
        StackName: 'app',
        StackStatus: 'CREATE_COMPLETE',
        Tags: [],
      },
      eventually: true,
    },
    {
      name: 'a deleted stack names its deletion as the last operation',
      recorded: '2026-02',
      given: [
        ['CreateStack', { StackName: 'app', TemplateBody: topic }],
        ['DeleteStack', { StackName: '<CreateStack.StackId>' }],
      ],
      ask: ['DescribeStacks', { StackName: '<CreateStack.StackId>' }],
      at: 'Stacks.0.LastOperations',
      answer: [{ OperationType: 'DELETE_STACK', OperationId: ANY_UUID }],
      eventually: true,
    },
    {
      name: 'a resource without metadata has an empty one',
      recorded: '2025-10',
      given: [['CreateStack', { StackName: 'app', TemplateBody: topic }]],
      ask: ['DescribeStackResource', { StackName: 'app', LogicalResourceId: 'Topic' }],
      at: 'StackResourceDetail.Metadata',
      answer: '{}',
      eventually: true,
    },
    {
      name: 'a rollback trigger of another type than an alarm is refused',
      recorded: '2022-11',
      ask: ['CreateStack', rolledBackBy('one', 'Another')],
      error: { code: 'ValidationError', message: 'Rollback Trigger Type not supported', status: 400 },
    },
    {
      name: 'a rollback trigger whose ARN names no alarm is refused',
      recorded: '2022-11',
      ask: ['CreateStack', rolledBackBy('arn:aws:cloudwatch:us-east-1:123456789012:one', 'AWS::CloudWatch::Alarm')],
      error: {
        code: 'ValidationError',
        message: "RelativeId of a Rollback Trigger's ARN is incorrect",
        status: 400,
      },
    },
    {
      name: 'a policy of no identity is neither made nor deleted',
      recorded: '2023-09',
      given: [
        [
          'CreateStack',
          {
            StackName: 'app',
            Capabilities: ['CAPABILITY_IAM'],
            TemplateBody: template({
              Broken: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'one', PolicyDocument: ALLOW_ALL } },
            }),
          },
        ],
      ],
      ask: ['DescribeStacks', { StackName: 'app' }],
      at: 'Stacks.0.StackStatusReason',
      answer: 'The following resource(s) failed to delete: [Broken]. ',
      eventually: true,
    },
  ],
} satisfies RecordedService;
