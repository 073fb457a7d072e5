import { AwsError } from '../core/aws-error.js';
import type { PolicyRecord } from './identity-record.js';

interface ManagedPolicy {
  /** With the path: `service-role/AWSLambdaBasicExecutionRole` */
  readonly name: string;
  readonly id: string;
  readonly version: number;
  readonly updated: string;
  readonly actions: readonly string[];
}

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** AWS's own policies that CDK apps meet. Each allows its actions on every resource. */
const POLICIES: readonly ManagedPolicy[] = [
  {
    name: 'AdministratorAccess',
    id: 'ANPAIWMBCKSKIEE64ZLYK',
    version: 1,
    updated: '2015-02-06T18:39:46Z',
    actions: ['*'],
  },
  {
    name: 'service-role/AWSLambdaBasicExecutionRole',
    id: 'ANPAJNCQGXC42545SKXIK',
    version: 1,
    updated: '2015-04-09T15:03:43Z',
    actions: LOGS,
  },
  {
    name: 'service-role/AWSLambdaVPCAccessExecutionRole',
    id: 'ANPAJVTME3YLVNL72YR2K',
    version: 3,
    updated: '2024-01-05T22:38:26Z',
    actions: [
      ...LOGS,
      'ec2:CreateNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:DeleteNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ],
  },
  {
    name: 'service-role/AWSLambdaSQSQueueExecutionRole',
    id: 'ANPAJFWJZI6JNND4TSELK',
    version: 1,
    updated: '2018-06-14T21:50:45Z',
    actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', ...LOGS],
  },
  {
    name: 'service-role/AWSLambdaDynamoDBExecutionRole',
    id: 'ANPAIP7WNAGMIPYNW4WQG',
    version: 1,
    updated: '2015-04-09T15:09:29Z',
    actions: [
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
      ...LOGS,
    ],
  },
  {
    name: 'service-role/AmazonAPIGatewayPushToCloudWatchLogs',
    id: 'ANPAIK4GFO7HLKYN64ASK',
    version: 1,
    updated: '2015-11-11T23:41:46Z',
    actions: [
      ...LOGS,
      'logs:DescribeLogGroups',
      'logs:DescribeLogStreams',
      'logs:GetLogEvents',
      'logs:FilterLogEvents',
    ],
  },
  {
    name: 'AWSXRayDaemonWriteAccess',
    id: 'ANPAIE2RZBAEXUSRB5XWE',
    version: 2,
    updated: '2018-08-28T23:00:33Z',
    actions: [
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:GetSamplingStatisticSummaries',
    ],
  },
  {
    name: 'AWSCloudFormationReadOnlyAccess',
    id: 'ANPAJWVBEE4I2POWLODLW',
    version: 4,
    updated: '2019-11-13T17:40:07Z',
    actions: [
      'cloudformation:Describe*',
      'cloudformation:EstimateTemplateCost',
      'cloudformation:Get*',
      'cloudformation:List*',
      'cloudformation:ValidateTemplate',
      'cloudformation:Detect*',
    ],
  },
  {
    // What AWS's document says of the services that a CDK app deploys here; the bootstrap stack's lookup role has it.
    // The whole document names some two hundred services more, none of which this cloud could be asked about.
    name: 'ReadOnlyAccess',
    id: 'ANPAILL3HVNFSB6DCOWYQ',
    version: 1,
    updated: '2015-02-06T18:39:48Z',
    actions: [
      'apigateway:GET',
      'cloudformation:Describe*',
      'cloudformation:Detect*',
      'cloudformation:EstimateTemplateCost',
      'cloudformation:Get*',
      'cloudformation:List*',
      'cloudformation:ValidateTemplate',
      'cloudtrail:LookupEvents',
      'dynamodb:BatchGet*',
      'dynamodb:Describe*',
      'dynamodb:Get*',
      'dynamodb:List*',
      'dynamodb:Query',
      'dynamodb:Scan',
      'ecr:BatchGet*',
      'ecr:Describe*',
      'ecr:Get*',
      'ecr:List*',
      'events:Describe*',
      'events:List*',
      'iam:Generate*',
      'iam:Get*',
      'iam:List*',
      'iam:Simulate*',
      'kms:Describe*',
      'kms:Get*',
      'kms:List*',
      'lambda:Get*',
      'lambda:List*',
      'logs:Describe*',
      'logs:FilterLogEvents',
      'logs:Get*',
      'logs:List*',
      's3:Get*',
      's3:List*',
      'sns:Get*',
      'sns:List*',
      'sqs:Get*',
      'sqs:List*',
      'ssm:Describe*',
      'ssm:Get*',
      'ssm:List*',
      'sts:GetAccessKeyInfo',
      'sts:GetCallerIdentity',
    ],
  },
];

/** Policies of AWS that people know by name and that are too wide for this cloud to have honestly. */
const NOT_HERE = new Set([
  'PowerUserAccess',
  'SecurityAudit',
  'job-function/ViewOnlyAccess',
  'job-function/SystemAdministrator',
]);

function recordOf({ name, id, version, updated, actions }: ManagedPolicy): PolicyRecord {
  const time = Date.parse(updated);
  const slash = name.lastIndexOf('/') + 1;
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions.length === 1 ? actions[0] : actions, Resource: '*' }],
  });
  return {
    name: name.slice(slash),
    path: `/${name.slice(0, slash)}`,
    id,
    arn: `arn:aws:iam::aws:policy/${name}`,
    description: undefined,
    created: time,
    updated: time,
    versions: [{ id: `v${version}`, document, created: time }],
    defaultVersion: `v${version}`,
    lastVersion: version,
    tags: [],
  };
}

const byArn: ReadonlyMap<string, PolicyRecord> = new Map(
  POLICIES.map((policy) => {
    const record = recordOf(policy);
    return [record.arn, record];
  }),
);

export const AWS_MANAGED_POLICIES = {
  /** @throws AwsError NotImplemented for a policy of AWS that this cloud does not have */
  get: (arn: string): PolicyRecord | undefined => {
    const name = arn.replace(/^arn:aws[a-z-]*:iam::aws:policy\//, '');
    if (NOT_HERE.has(name)) {
      throw new AwsError(
        'NotImplemented',
        `the local cloud does not have AWS's managed policy ${name}; write out the actions that are needed`,
        501,
      );
    }
    return byArn.get(arn);
  },
  values: (): Iterable<PolicyRecord> => byArn.values(),
};
