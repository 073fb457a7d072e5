import { ANY_TEXT, ANY_TIME, type RecordedService } from '../recorded-case.js';

const template = (resources: object, more: object = {}): string => JSON.stringify({ Resources: resources, ...more });
const topicOf = (Properties: object) => ({ Type: 'AWS::SNS::Topic', Properties });
const parameter = (Value: unknown) => ({ Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value } });
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const table = template({
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'one',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    },
  },
});
const bucket = (TransitionInDays: number): string =>
  template({
    Bucket: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        LifecycleConfiguration: {
          Rules: [{ Status: 'Enabled', Transitions: [{ StorageClass: 'GLACIER', TransitionInDays }] }],
        },
      },
    },
  });
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
      name: 'an output of an attribute that the type does not have rolls the stack back before anything is made',
      recorded: '2023-08',
      given: [
        [
          'CreateStack',
          {
            StackName: 'app',
            TemplateBody: template(
              { A: parameter('a') },
              { Outputs: { Wrong: { Value: { 'Fn::GetAtt': ['A', 'Invalid'] } } } },
            ),
          },
        ],
      ],
      ask: ['DescribeStackEvents', { StackName: 'app' }],
      at: 'StackEvents.1.ResourceStatusReason',
      answer:
        '[Error] /Outputs/Wrong/Value/Fn::GetAtt: Resource type AWS::SSM::Parameter does not support attribute {Invalid}. Rollback requested by user.',
      eventually: true,
    },
    {
      name: 'an SSM parameter that is not there is refused by the name of the parameter that has no default',
      recorded: '2025-08',
      ask: [
        'CreateChangeSet',
        {
          StackName: 'app',
          ChangeSetName: 'one',
          ChangeSetType: 'CREATE',
          TemplateBody: template(
            { A: parameter({ Ref: 'Input' }) },
            { Parameters: { Input: { Type: 'AWS::SSM::Parameter::Value<String>' } } },
          ),
          Parameters: [{ ParameterKey: 'Input', ParameterValue: 'nothing' }],
        },
      ],
      error: {
        code: 'ValidationError',
        message: 'Parameter Input should either have input value or default value',
        status: 400,
      },
    },
    {
      name: 'a text for a number is refused',
      recorded: '2025-10',
      ask: [
        'CreateChangeSet',
        {
          StackName: 'app',
          ChangeSetName: 'one',
          ChangeSetType: 'CREATE',
          TemplateBody: template({ A: parameter('a') }, { Parameters: { Input: { Type: 'Number' } } }),
          Parameters: [{ ParameterKey: 'Input', ParameterValue: 'text' }],
        },
      ],
      error: { code: 'ValidationError', message: "Parameter 'Input' must be a number." },
    },
    {
      name: 'a role without description has an empty one, and no tags of its stack',
      recorded: '2025-10',
      given: [
        [
          'CreateStack',
          {
            StackName: 'app',
            Capabilities: ['CAPABILITY_NAMED_IAM'],
            TemplateBody: template({
              Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'one', AssumeRolePolicyDocument: TRUST } },
            }),
          },
        ],
      ],
      ask: ['iam:GetRole', { RoleName: 'one' }],
      at: 'Role',
      answer: {
        Arn: 'arn:aws:iam::111111111111:role/one',
        AssumeRolePolicyDocument: ANY_TEXT,
        CreateDate: ANY_TIME,
        Description: '',
        MaxSessionDuration: 3600,
        Path: '/',
        RoleId: ANY_TEXT,
        RoleLastUsed: {},
        RoleName: 'one',
      },
      eventually: true,
    },
    {
      name: 'a table shows no tags of its stack',
      recorded: '2025-10',
      given: [
        ['CreateStack', { StackName: 'app', Tags: [{ Key: 'team', Value: 'a' }], TemplateBody: table }],
        ['dynamodb:DescribeTable', { TableName: 'one' }],
      ],
      ask: ['dynamodb:ListTagsOfResource', { ResourceArn: '<DescribeTable.Table.TableArn>' }],
      answer: { Tags: [{ Key: 'team', Value: 'a' }] },
    },
    {
      name: 'a bucket has the object lock of its template',
      recorded: '2024-01',
      given: [
        [
          'CreateStack',
          {
            StackName: 'app',
            TemplateBody: template({
              Bucket: {
                Type: 'AWS::S3::Bucket',
                Properties: {
                  ObjectLockEnabled: true,
                  ObjectLockConfiguration: {
                    ObjectLockEnabled: 'Enabled',
                    Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 2 } },
                  },
                },
              },
            }),
          },
        ],
        ['DescribeStackResource', { StackName: 'app', LogicalResourceId: 'Bucket' }],
      ],
      ask: [
        's3:GetObjectLockConfiguration',
        { Bucket: '<DescribeStackResource.StackResourceDetail.PhysicalResourceId>' },
      ],
      answer: {
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 2 } },
        },
      },
    },
    {
      name: "a REST API has the tags of its stack, and CloudFormation's",
      recorded: '2025-07',
      given: [
        [
          'CreateStack',
          {
            StackName: 'app',
            TemplateBody: template({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'one' } } }),
          },
        ],
        ['DescribeStackResource', { StackName: 'app', LogicalResourceId: 'Api' }],
      ],
      ask: ['apigateway:GetRestApi', { restApiId: '<DescribeStackResource.StackResourceDetail.PhysicalResourceId>' }],
      at: 'tags',
      answer: {
        'aws:cloudformation:logical-id': 'Api',
        'aws:cloudformation:stack-id': '<CreateStack.StackId>',
        'aws:cloudformation:stack-name': 'app',
      },
    },
    {
      name: 'a transform whose name is a reference is refused, whatever other sections there are',
      recorded: '2025-07',
      ask: [
        'CreateStack',
        {
          StackName: 'app',
          Capabilities: ['CAPABILITY_AUTO_EXPAND'],
          TemplateBody: template({ A: topicOf({}) }, { Transform: [{ Name: { Ref: 'AWS::Region' } }], Globals: {} }),
        },
      ],
      error: { code: 'ValidationError', message: 'Key Name of transform definition must be a string.', status: 400 },
    },
    {
      name: 'a lifecycle whose days are negative is refused, and the bucket keeps its state',
      recorded: '2024-06',
      given: [
        ['CreateStack', { StackName: 'app', TemplateBody: bucket(30) }],
        ['UpdateStack', { StackName: 'app', TemplateBody: bucket(-1), DisableRollback: true }],
      ],
      ask: ['DescribeStackResource', { StackName: 'app', LogicalResourceId: 'Bucket' }],
      at: 'StackResourceDetail.ResourceStatus',
      answer: 'UPDATE_FAILED',
      eventually: true,
    },
    {
      name: 'a change set of a stack that is not there is refused with the name in brackets',
      recorded: '2025-10',
      ask: ['DescribeChangeSet', { StackName: 'nowhere', ChangeSetName: 'one' }],
      error: { code: 'ValidationError', message: 'Stack [nowhere] does not exist', status: 400 },
    },
  ],
} satisfies RecordedService;
