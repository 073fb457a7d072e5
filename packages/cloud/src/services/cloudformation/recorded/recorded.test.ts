import { DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import type { CloudOptions } from '../../../cloud.js';
import { unknownService } from '../../../gateway/dispatcher.js';
import { unsupportedService } from '../../../gateway/unsupported-service.js';
import { stackCloud, workshop } from '../fixtures/stack-cloud.js';
import { specifiedTypes } from '../spec/resource-spec.js';
import { RECORDED, recordedCategory } from './categories.js';
import { recordedService } from './recorded-service.js';
import { recordedAttributes, recordedId } from './recorded-state.js';

const context = {
  account: '123456789012',
  region: 'eu-west-1',
  stackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/app/1',
  stackName: 'app',
  logicalId: 'Thing',
  stackTags: {},
  call: async () => Object.create(null),
};
const made = (type: string, properties = {}) => {
  const id = recordedId(type, properties, context);
  return { id, attributes: recordedAttributes(type, id, properties, context) };
};

describe('a recorded resource has ids and attributes of the shapes of AWS', () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['AWS::EC2::VPC', {}, /^vpc-[0-9a-f]{17}$/],
    ['AWS::EC2::SecurityGroup', {}, /^sg-[0-9a-f]{17}$/],
    ['AWS::EC2::EIP', {}, /^203\.0\.113\.\d+$/],
    ['AWS::EC2::Route', { RouteTableId: 'rtb-1', DestinationCidrBlock: '0.0.0.0/0' }, /^rtb-1\|0\.0\.0\.0\/0$/],
    ['AWS::CloudFront::Distribution', {}, /^E[A-Z0-9]{13}$/],
    ['AWS::Route53::HostedZone', { Name: 'shop.example' }, /^Z[A-Z0-9]{20}$/],
    ['AWS::CloudWatch::Dashboard', { DashboardName: 'shop' }, /^shop$/],
    ['AWS::CloudWatch::Dashboard', {}, /^app-Thing-[A-Z2-7]{12}$/],
    ['AWS::OpenSearchService::Domain', {}, /^[a-z0-9-]{1,28}$/],
    ['AWS::StepFunctions::StateMachine', {}, /^arn:aws:states:eu-west-1:123456789012:stateMachine:app-Thing-\w+$/],
    ['AWS::ECS::TaskDefinition', { Family: 'web' }, /^arn:aws:ecs:eu-west-1:123456789012:task-definition\/web:1$/],
    ['AWS::AppSync::GraphQLApi', {}, /^arn:aws:appsync:eu-west-1:123456789012:apis\/[a-z0-9]{26}$/],
    ['AWS::AppSync::GraphQLSchema', { ApiId: 'one' }, /^oneGraphQLSchema$/],
    ['AWS::AppSync::DataSource', { ApiId: 'one', Name: 'none' }, /:apis\/one\/datasources\/none$/],
    [
      'AWS::AppSync::Resolver',
      { ApiId: 'one', TypeName: 'Query', FieldName: 'all' },
      /:apis\/one\/types\/Query\/resolvers\/all$/,
    ],
  ])('%s %j', (type, properties, id) => {
    expect(made(type, properties).id).toMatch(id);
  });

  test('attributes are properties, follow from the id, or are chosen once and for all', () => {
    const { id, attributes } = made('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
    expect(attributes).toMatchObject({ VpcId: id, CidrBlock: '10.0.0.0/16' });
    expect(attributes.DefaultSecurityGroup).toMatch(/^sg-[0-9a-f]{17}$/);
    expect(recordedAttributes('AWS::EC2::VPC', id, { CidrBlock: '10.0.0.0/16' }, context)).toEqual(attributes);
  });

  test('an ARN names the resource, its region and its partition', () => {
    const id = 'app-Alarm-1';
    const inChina = { ...context, region: 'cn-north-1' };
    expect(recordedAttributes('AWS::CloudWatch::Alarm', id, {}, inChina).Arn).toBe(
      'arn:aws-cn:cloudwatch:cn-north-1:123456789012:alarm:app-Alarm-1',
    );
  });

  test('of every type that the specification knows', () => {
    const types = specifiedTypes().filter((type) => recordedCategory(type) !== undefined);
    expect(types.length).toBeGreaterThan(1000);
    for (const type of types) {
      const { id, attributes } = made(type);
      expect(id, type).toMatch(/^[\x20-\x7e]+$/);
      for (const [name, value] of Object.entries(attributes)) expect(value, `${type} ${name}`).toBeDefined();
    }
  });
});

test('every name in the table of recorded types is a type or namespace of AWS', () => {
  const types = specifiedTypes();
  const known = new Set([...types, ...types.map((type) => type.split('::', 2).join('::'))]);
  expect(RECORDED.flatMap((category) => category.types.filter((name) => !known.has(name)))).toEqual([]);
});

test.each([
  ['states', 'AWS::StepFunctions'],
  ['network-firewall', 'AWS::NetworkFirewall'],
  ['ec2', 'AWS::EC2'],
  ['sqs', undefined],
])('a request signed for %s is for the recorded %s', (signingName, namespace) => {
  expect(recordedService(signingName)?.namespace).toBe(namespace);
});

const NETWORK = {
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.1.0/24' } },
    Queue: { Type: 'AWS::SQS::Queue' },
  },
  Outputs: { Subnet: { Value: { 'Fn::GetAtt': ['Subnet', 'SubnetId'] } } },
};
const BOARD = (name: string, body = '{}') => ({
  Resources: {
    Board: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardName: name, DashboardBody: body } },
  },
});
const cloudOf = (options: CloudOptions = {}) => stackCloud(workshop(), options);

describe('a stack with recorded types', () => {
  test('deploys, says so in one line, and is deleted', async () => {
    const notes: string[] = [];
    await using cloud = await cloudOf({
      onEvent: (event) => event.kind === 'stack' && event.reason && notes.push(event.reason),
    });
    await cloud.deploy('network', NETWORK);
    const { StackStatus, StackStatusReason } = await cloud.stack('network');
    expect({ StackStatus, StackStatusReason }).toEqual({ StackStatus: 'CREATE_COMPLETE' });
    const { StackEvents = [] } = await cloud.client.send(new DescribeStackEventsCommand({ StackName: 'network' }));
    expect(StackEvents[0]?.ResourceStatusReason).toBe(
      'Only recorded here, nothing of it runs: AWS::EC2::Subnet, AWS::EC2::VPC. See docs/reference/local-cloud.md.',
    );
    expect(notes).toContain(StackEvents[0]?.ResourceStatusReason);
    expect((await cloud.outputs('network')).Subnet).toMatch(/^subnet-/);
  });

  test('keeps ids through an update and takes new ones for a replacement', async () => {
    await using cloud = await cloudOf();
    await cloud.deploy('network', NETWORK);
    const before = await cloud.resources('network');
    const { Vpc, Subnet, ...Resources } = NETWORK.Resources;
    await cloud.deploy('network', {
      Resources: {
        ...Resources,
        Vpc: { ...Vpc, Properties: { ...Vpc.Properties, EnableDnsSupport: true } },
        Subnet: { ...Subnet, Properties: { ...Subnet.Properties, CidrBlock: '10.0.2.0/24' } },
      },
    });
    const after = await cloud.resources('network');
    expect(after.Vpc).toEqual([before.Vpc?.[0], 'UPDATE_COMPLETE']);
    expect(after.Subnet?.[0]).not.toBe(before.Subnet?.[0]);
  });

  test('is deleted where its policy asks for a snapshot, for there is nothing to take one of', async () => {
    await using cloud = await cloudOf();
    const database = { Type: 'AWS::RDS::DBCluster', DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' };
    await cloud.deploy('data', { Resources: { Database: { ...database, Properties: { Engine: 'aurora-mysql' } } } });
    expect((await cloud.stack('data')).StackStatus).toBe('CREATE_COMPLETE');
    await cloud.deploy('data', { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } });
    const statuses = await cloud.statuses('data');
    expect(statuses).toContain('Database DELETE_COMPLETE');
  });

  test('is checked by the specification', async () => {
    await using cloud = await cloudOf();
    const wrong = { Resources: { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlok: '10.0.0.0/16' } } } };
    await cloud.deploy('network', wrong);
    expect((await cloud.stack('network')).StackStatus).toBe('ROLLBACK_COMPLETE');
  });

  test('cannot take a name that another stack has', async () => {
    await using cloud = await cloudOf();
    await cloud.deploy('one', BOARD('shop'));
    await cloud.deploy('two', BOARD('shop'));
    expect((await cloud.stack('two')).StackStatus).toBe('ROLLBACK_COMPLETE');
    await cloud.deploy('one', BOARD('shop', '{"widgets":[]}'));
    expect((await cloud.stack('one')).StackStatus).toBe('UPDATE_COMPLETE');
  });

  test('is refused where recording is', async () => {
    await using cloud = await cloudOf({ refuseRecorded: true });
    await expect(cloud.deploy('network', NETWORK)).rejects.toThrow('AWS::EC2::VPC');
  });
});

describe('a service that is only recorded says so in the shape of its protocol', () => {
  const SAID = 'is only recorded in the local cloud: its resources deploy, and';
  const target = { 'x-amz-target': 'AWSStepFunctions.StartExecution', 'content-type': 'application/x-amz-json-1.0' };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const cbor = { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' };

  test.each<[string, { path: string; headers?: Record<string, string> }, string]>([
    ['states', { path: '/', headers: target }, '"__type":"UnsupportedService","message":"AWS::StepFunctions'],
    ['ec2', { path: '/', headers: form }, '<Errors><Error><Type>Sender</Type><Code>Unsu'],
    ['rds', { path: '/', headers: form }, '<ErrorResponse'],
    [
      'route53',
      { path: '/2013-04-01/hostedzone' },
      '<ErrorResponse><Error><Type>Sender</Type><Code>UnsupportedService',
    ],
    ['batch', { path: '/v1/submitjob' }, '{"message":"AWS::Batch'],
    [
      'monitoring',
      { path: '/service/GraniteServiceVersion20100801/operation/PutMetricData', headers: cbor },
      'AWS::Clo',
    ],
  ])('%s', async (service, { path, headers = {} }, said) => {
    await using cloud = await cloudOf();
    const error = unknownService(service, cloud.context.services);
    const answer = unsupportedService(error, service, 'id', {
      method: 'POST',
      path,
      query: '',
      headers: Object.entries(headers),
      sourceIp: '127.0.0.1',
      signal: new AbortController().signal,
    });
    expect(answer.status).toBe(400);
    const text = String(answer.body);
    expect(text).toContain(said);
    expect(text).toContain(SAID);
  });
});
