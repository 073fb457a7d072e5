import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { type App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { makeCatalogue } from './fixtures/catalogue.js';
import { grants } from './fixtures/grants.js';
import { unbundled } from './fixtures/stacks.js';

function catalogue(context: Readonly<Record<string, unknown>>): App {
  const app = unbundled(context);
  makeCatalogue(app);
  return app;
}

const recommended = createRequire(import.meta.url)('aws-cdk-lib/recommended-feature-flags.json');
const FLAGS = [
  ['no feature flags', catalogue({})],
  ['the feature flags that cdk init writes', catalogue(recommended)],
] as const;

const stacksOf = (app: App) => app.node.children.filter((child) => child instanceof Stack);

const log = (role: string, group: string) => `${role}: Allow logs:CreateLogStream, logs:PutLogEvents on ${group}`;
const call = (fn: string, source: string, principal = 'apigateway') =>
  `${principal}.amazonaws.com: lambda:InvokeFunction on ${fn} from ${source}`;
const anyMethod = (api: string, region = 'AWS::Region', account = 'AWS::AccountId') =>
  `arn:AWS::Partition:execute-api:${region}:${account}:${api}/*/*/*`;
const authorizers = (api: string, which: string) =>
  `arn:AWS::Partition:execute-api:AWS::Region:AWS::AccountId:${api}/authorizers/${which}`;
const consume = (role: string, queue: string) =>
  `${role}: Allow sqs:ReceiveMessage, sqs:ChangeMessageVisibility, sqs:GetQueueUrl, sqs:DeleteMessage, sqs:GetQueueAttributes on ${queue}`;
const send = (role: string, queue: string) =>
  `${role}: Allow sqs:SendMessage, sqs:GetQueueAttributes, sqs:GetQueueUrl on ${queue}`;
const read = (role: string, secret: string) =>
  `${role}: Allow secretsmanager:GetSecretValue, secretsmanager:DescribeSecret on ${secret}`;
const joinVpc = (role: string) =>
  `${role}: Allow ec2:AssignPrivateIpAddresses, ec2:CreateNetworkInterface, ec2:DeleteNetworkInterface, ec2:DescribeNetworkInterfaces, ec2:DescribeSubnets, ec2:UnassignPrivateIpAddresses on *`;
const items = (role: string) =>
  `${role}: Allow dynamodb:PutItem, dynamodb:GetItem, dynamodb:DeleteItem, dynamodb:Scan on UsersTable`;

const NOTIFICATIONS = 'BucketNotificationsHandler050a0587b7544547bf325f094a3db834Role';
const BASIC_EXECUTION = {
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/service-role/AWSLambdaBasicExecutionRole']],
};

const usersStack = (region?: string, account?: string) => [
  items('APIHandlerRole'),
  log('APIHandlerRole', 'WebApiAPIHandlerLogs'),
  call('WebApiAPIHandler', anyMethod('WebApiRestApi', region, account)),
];
const ownAuthorizer = (api: string, which: string) => [
  log('ApiAPIHandlerRole', 'ApiAPIHandlerLogs'),
  log('ApiownRole', 'ApiownLogs'),
  call('ApiAPIHandler', anyMethod(api)),
  call('Apiown', authorizers(api, which)),
];

const webSocket = [
  log('ApichatRole', 'ApichatLogs'),
  'ApichatRole: Allow execute-api:ManageConnections on arn:AWS::Partition:execute-api:AWS::Region:AWS::AccountId:ApiWebSocketApi/*/*/@connections/*',
  call('Apichat', 'arn:AWS::Partition:execute-api:AWS::Region:AWS::AccountId:ApiWebSocketApi/*'),
];

/** All that each stack of the catalogue allows anybody. */
const GRANTS: Readonly<Record<string, readonly string[]>> = {
  Service: [
    log('ApiAPIHandlerRole', 'ApiAPIHandlerLogs'),
    log('ApireportsRole', 'ApireportsLogs'),
    log('ApijobsRole', 'ApijobsLogs'),
    consume('ApijobsRole', 'Jobs'),
    log('ApinightlyRole', 'ApinightlyLogs'),
    call('ApiAPIHandler', anyMethod('ApiRestApi')),
    call('Apireports', anyMethod('ApiRestApi')),
    call('Apinightly', 'ApinightlySchedule', 'events'),
  ],
  Secured: [log('ApiAPIHandlerRole', 'ApiAPIHandlerLogs'), call('ApiAPIHandler', anyMethod('ApiRestApi'))],
  OwnAuthorizer: ownAuthorizer('ApiRestApi', '*'),
  Streaming: [
    log('ApiAPIHandlerStreamRole', 'ApiAPIHandlerStreamLogs'),
    log('ApiAPIHandlerRole', 'ApiAPIHandlerLogs'),
    call('ApiAPIHandlerStream', anyMethod('ApiRestApi')),
    call('ApiAPIHandler', anyMethod('ApiRestApi')),
  ],
  SixtyRoutes: [log('ApiAPIHandlerRole', 'ApiAPIHandlerLogs'), call('ApiAPIHandler', anyMethod('ApiRestApi'))],
  RestStage: ownAuthorizer('ApiRestApi', '*'),
  Http: ownAuthorizer('ApiHttpApi', 'ApiHttpApiown'),
  HttpStage: ownAuthorizer('ApiHttpApi', 'ApiHttpApiown'),
  Sources: [
    // CDK's own function that puts notifications on buckets, and its managed policy.
    `${NOTIFICATIONS} has ${JSON.stringify(BASIC_EXECUTION)}`,
    `${NOTIFICATIONS}: Allow s3:PutBucketNotification on Uploads`,
    log('ApijobsRole', 'ApijobsLogs'),
    consume('ApijobsRole', 'Jobs'),
    log('ApiplacedRole', 'ApiplacedLogs'),
    log('ApiuploadsRole', 'ApiuploadsLogs'),
    log('ApishippedRole', 'ApishippedLogs'),
    log('ApiclicksRole', 'ApiclicksLogs'),
    'ApiclicksRole: Allow kinesis:DescribeStream, kinesis:DescribeStreamSummary, kinesis:GetRecords, kinesis:GetShardIterator, kinesis:ListShards on Clicks',
    log('ApichangesRole', 'ApichangesLogs'),
    'ApichangesRole: Allow dynamodb:ListStreams on Table',
    'ApichangesRole: Allow dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator on Table',
    call('Apiuploads', 'Uploads', 's3'),
    call('Apiplaced', 'Placed', 'sns'),
    call('Apishipped', 'ApishippedRule', 'events'),
  ],
  WebSocket: webSocket,
  WebSocketGuarded: [
    ...webSocket.slice(0, 2),
    log('ApiownRole', 'ApiownLogs'),
    ...webSocket.slice(2),
    call('Apiown', authorizers('ApiWebSocketApi', 'ApiWebSocketApiown')),
  ],
  WebSocketBesideRoutes: [
    log('ApiAPIHandlerRole', 'ApiAPIHandlerLogs'),
    ...webSocket,
    call('ApiAPIHandler', anyMethod('ApiHttpApi')),
  ],
  FunctionOptions: [
    'ApiAPIHandlerRole: Allow xray:PutTraceSegments, xray:PutTelemetryRecords on *',
    log('ApiAPIHandlerRole', 'ApiAPIHandlerLogs'),
    log('reports', 'ApireportsLogs'),
    log('ApijobsRole', 'ApijobsLogs'),
    joinVpc('ApijobsRole'),
    consume('ApijobsRole', 'Jobs'),
    log('ApinightlyRole', 'ApinightlyLogs'),
    call('ApiAPIHandler', anyMethod('ApiRestApi')),
    call('Apireports', anyMethod('ApiRestApi')),
    call('Apinightly', 'ApinightlySchedule', 'events'),
  ],
  WebApiDev: usersStack(),
  'WebApiProd-eu-west-1': usersStack('eu-west-1', '123456789012'),
  'WebApiProd-us-east-1': usersStack('us-east-1', '123456789012'),
  Shared: [],
  Users: [
    items('APIHandlerRole'),
    send('APIHandlerRole', 'Mails of another stack'),
    read('APIHandlerRole', 'Key of another stack'),
    log('APIHandlerRole', 'WebApiAPIHandlerLogs'),
    call('WebApiAPIHandler', anyMethod('WebApiRestApi')),
  ],
  UsersInVpc: [
    send('WebApiAPIHandlerRole', 'Mails of another stack'),
    read('WebApiAPIHandlerRole', 'Key of another stack'),
    send('WebApiAPIHandlerRole', 'Own'),
    log('WebApiAPIHandlerRole', 'WebApiAPIHandlerLogs'),
    joinVpc('WebApiAPIHandlerRole'),
    call('WebApiAPIHandler', anyMethod('WebApiRestApi')),
  ],
};

test('every stack grants what it needs, and nothing else to anybody', () => {
  const all = stacksOf(FLAGS[0][1]).map((stack) => [stack.node.id, grants(Template.fromStack(stack))]);
  expect(Object.fromEntries(all)).toEqual(GRANTS);
});

describe.each(FLAGS)('with %s', (_, app) => {
  test('every stack stays under the limits of CloudFormation', () => {
    // "CloudFormation quotas" in its user guide.
    for (const stack of stacksOf(app)) {
      const template = Template.fromStack(stack).toJSON();
      expect(JSON.stringify(template).length, `${stack.node.id}: bytes`).toBeLessThan(1_000_000);
      expect(Object.keys(template.Resources).length, `${stack.node.id}: resources`).toBeLessThanOrEqual(500);
      expect(Object.keys(template.Outputs ?? {}).length, `${stack.node.id}: outputs`).toBeLessThanOrEqual(200);
      expect(Object.keys(template.Parameters ?? {}).length, `${stack.node.id}: parameters`).toBeLessThanOrEqual(200);
    }
  });
});

const LINTER = 'cfn-lint';
const atHand = process.env.GOBLET_TESTS === 'full' && spawnSync(LINTER, ['--version']).status === 0;

test.skipIf(!atHand)(
  'cfn-lint finds nothing in any template (slow tier, skipped where it is not installed)',
  { timeout: 180_000 },
  () => {
    const templates = FLAGS.flatMap(([, app]) => app.synth().stacks.map(({ templateFullPath }) => templateFullPath));
    expect(templates).toHaveLength(2 * Object.keys(GRANTS).length);
    // W3005: CDK writes DependsOn beside references.
    const { stdout, status } = spawnSync(LINTER, ['--ignore-checks', 'W3005', '--', ...templates], {
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  },
);
