import { template, topic } from '../cloudformation.js';
import { ANY_TIME, type RecordedService } from '../recorded-case.js';

const ALLOW_ALL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

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
