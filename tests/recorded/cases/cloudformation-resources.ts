import { template } from '../cloudformation.js';
import { ANY_TEXT, ANY_TIME, type RecordedService } from '../recorded-case.js';

const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
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

/** The recorded answers of AWS about resources that CloudFormation made. */
export default {
  service: 'cloudformation',
  cases: [
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
      name: 'a role that was made shows the only action of its trust policy by itself',
      recorded: '2023-02',
      given: [
        [
          'CreateStack',
          {
            StackName: 'app',
            Capabilities: ['CAPABILITY_NAMED_IAM'],
            TemplateBody: template({
              Role: {
                Type: 'AWS::IAM::Role',
                Properties: {
                  RoleName: 'one',
                  AssumeRolePolicyDocument: {
                    Version: '2012-10-17',
                    Statement: [{ ...TRUST.Statement[0], Action: ['sts:AssumeRole'] }],
                  },
                },
              },
            }),
          },
        ],
      ],
      ask: ['iam:GetRole', { RoleName: 'one' }],
      at: 'Role.AssumeRolePolicyDocument',
      answer: encodeURIComponent(JSON.stringify(TRUST)),
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
      name: 'a global table has its attributes in the order of their names',
      recorded: '2024-03',
      given: [
        [
          'CreateStack',
          {
            StackName: 'app',
            TemplateBody: template({
              Table: {
                Type: 'AWS::DynamoDB::GlobalTable',
                Properties: {
                  TableName: 'one',
                  BillingMode: 'PAY_PER_REQUEST',
                  AttributeDefinitions: ['pk', 'sk', 'gsi1pk'].map(text),
                  KeySchema: [
                    { AttributeName: 'pk', KeyType: 'HASH' },
                    { AttributeName: 'sk', KeyType: 'RANGE' },
                  ],
                  GlobalSecondaryIndexes: [
                    {
                      IndexName: 'gsi1',
                      KeySchema: [{ AttributeName: 'gsi1pk', KeyType: 'HASH' }],
                      Projection: { ProjectionType: 'ALL' },
                    },
                  ],
                  Replicas: [{ Region: 'us-east-1' }],
                },
              },
            }),
          },
        ],
      ],
      ask: ['dynamodb:DescribeTable', { TableName: 'one' }],
      at: 'Table.AttributeDefinitions',
      answer: ['gsi1pk', 'pk', 'sk'].map(text),
      eventually: true,
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
  ],
} satisfies RecordedService;
