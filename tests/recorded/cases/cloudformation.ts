import { ANY_TIME, type RecordedService } from '../recorded-case.js';

const template = (resources: object, more: object = {}): string => JSON.stringify({ Resources: resources, ...more });
const topic = template({ Topic: { Type: 'AWS::SNS::Topic' } });

/** What AWS's CloudFormation was recorded to answer. */
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
      name: 'the name of an executed change set is free again',
      recorded: '2026-02',
      given: [
        ['CreateChangeSet', { StackName: 'app', ChangeSetName: 'one', ChangeSetType: 'CREATE', TemplateBody: topic }],
        ['ExecuteChangeSet', { ChangeSetName: '<CreateChangeSet.Id>' }],
      ],
      ask: ['CreateChangeSet', { StackName: 'app', ChangeSetName: 'one', TemplateBody: topic }],
      at: 'StackId',
      answer: '<CreateChangeSet.StackId>',
    },
    {
      name: 'a change set of a stack that is not there is refused with the name in brackets',
      recorded: '2025-10',
      ask: ['DescribeChangeSet', { StackName: 'nowhere', ChangeSetName: 'one' }],
      error: { code: 'ValidationError', message: 'Stack [nowhere] does not exist', status: 400 },
    },
  ],
} satisfies RecordedService;
