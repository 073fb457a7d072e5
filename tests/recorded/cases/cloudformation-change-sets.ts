import { parameter, template, topic, topicOf } from '../cloudformation.js';
import type { RecordedService } from '../recorded-case.js';

/** The recorded answers of AWS's CloudFormation about change sets and updates. */
export default {
  service: 'cloudformation',
  cases: [
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
      name: 'what a removed resource referred to is not said',
      recorded: '2025-08',
      given: [
        [
          'CreateStack',
          { StackName: 'app', TemplateBody: template({ A: parameter('a'), B: parameter({ Ref: 'A' }) }) },
        ],
        ['CreateChangeSet', { StackName: 'app', ChangeSetName: 'one', TemplateBody: template({ A: parameter('a') }) }],
      ],
      ask: ['DescribeChangeSet', { ChangeSetName: '<CreateChangeSet.Id>', IncludePropertyValues: true }],
      at: 'Changes.0.ResourceChange.BeforeContext',
      answer: '{"Properties":{"Type":"String","Value":"{{changeSet:KNOWN_AFTER_APPLY}}"}}',
    },
    {
      name: 'a text joined with what is not known yet is not known',
      recorded: '2025-05',
      given: [
        [
          'CreateChangeSet',
          {
            StackName: 'app',
            ChangeSetName: 'one',
            ChangeSetType: 'CREATE',
            TemplateBody: template({ A: parameter('a'), B: parameter({ 'Fn::Join': ['-', ['b', { Ref: 'A' }]] }) }),
          },
        ],
      ],
      ask: ['DescribeChangeSet', { ChangeSetName: '<CreateChangeSet.Id>', IncludePropertyValues: true }],
      at: 'Changes.1.ResourceChange.AfterContext',
      answer: '{"Properties":{"Type":"String","Value":"{{changeSet:KNOWN_AFTER_APPLY}}"}}',
    },
    {
      name: 'the change set shows which export is missing where it shows values',
      recorded: '2025-08',
      given: [
        [
          'CreateChangeSet',
          {
            StackName: 'app',
            ChangeSetName: 'one',
            ChangeSetType: 'CREATE',
            TemplateBody: template({ A: parameter({ 'Fn::ImportValue': 'nowhere' }) }),
          },
        ],
      ],
      ask: ['DescribeChangeSet', { ChangeSetName: '<CreateChangeSet.Id>', IncludePropertyValues: true }],
      at: 'StatusReason',
      answer:
        '[WARN] --include-property-values option can return incomplete ChangeSet data because: ChangeSet creation failed for resource [A] because: No export named nowhere',
    },
    {
      name: 'changed properties stand in the order of their names',
      recorded: '2025-04',
      given: [
        [
          'CreateStack',
          { StackName: 'app', TemplateBody: template({ A: topicOf({ TopicName: 'a', DisplayName: 'a' }) }) },
        ],
        [
          'CreateChangeSet',
          {
            StackName: 'app',
            ChangeSetName: 'one',
            TemplateBody: template({ A: topicOf({ TopicName: 'b', DisplayName: 'b' }) }),
          },
        ],
      ],
      ask: ['DescribeChangeSet', { ChangeSetName: '<CreateChangeSet.Id>' }],
      at: 'Changes.0.ResourceChange.Details',
      answer: ['DisplayName', 'TopicName'].map((Name) => ({
        ChangeSource: 'DirectModification',
        Evaluation: 'Static',
        Target: { Attribute: 'Properties', Name, RequiresRecreation: Name === 'TopicName' ? 'Always' : 'Never' },
      })),
    },
    {
      name: 'to leave out a policy that is the default is an update',
      recorded: '2025-08',
      given: [
        [
          'CreateStack',
          {
            StackName: 'app',
            TemplateBody: template({ A: { ...topicOf({}), DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' } }),
          },
        ],
      ],
      ask: [
        'UpdateStack',
        { StackName: 'app', TemplateBody: template({ A: { ...topicOf({}), DeletionPolicy: 'Delete' } }) },
      ],
      answer: { StackId: '<CreateStack.StackId>' },
    },
    {
      name: 'a change set of a stack that is not there is refused with the name in brackets',
      recorded: '2025-10',
      ask: ['DescribeChangeSet', { StackName: 'nowhere', ChangeSetName: 'one' }],
      error: { code: 'ValidationError', message: 'Stack [nowhere] does not exist', status: 400 },
    },
  ],
} satisfies RecordedService;
