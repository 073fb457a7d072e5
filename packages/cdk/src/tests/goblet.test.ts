import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Goblet } from '@goblet/cdk';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Period } from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { describe, expect, test } from 'vitest';
import type { app as securedApp } from './fixtures/secured/app.js';
import type { app as serviceApp } from './fixtures/service/app.js';
import { fixture, refusal, unbundled } from './fixtures/stacks.js';

const LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];

function serviceStack(more: object = {}, stack = new Stack(unbundled(), 'Stack')) {
  const jobs = new sqs.Queue(stack, 'Jobs');
  const goblet = new Goblet<typeof serviceApp>(stack, 'Service', {
    entry: fixture('service'),
    environment: { TABLE: 'users', SIZE: '5' },
    sources: { jobs },
    ...more,
  });
  return { goblet, stack, template: () => Template.fromStack(stack) };
}

describe('functions', () => {
  test('are one for the routes, each named router and each source, of one asset', () => {
    const { goblet, template } = serviceStack();
    expect(Object.keys(goblet.functions)).toEqual(['APIHandler', 'reports', 'jobs', 'nightly']);
    const functions = Object.values(template().findResources('AWS::Lambda::Function'));
    expect(functions.map(({ Properties }) => Properties.Handler)).toEqual([
      'index.APIHandler',
      'index.reports',
      'index.jobs',
      'index.nightly',
    ]);
    expect(new Set(functions.map(({ Properties }) => Properties.Code.S3Key)).size).toBe(1);
  });

  test('run Node 22 on arm64 with the environment that the app declares', () => {
    const { template } = serviceStack();
    template().allResourcesProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs22.x',
      Architectures: ['arm64'],
      MemorySize: 128,
      Timeout: 10,
      Environment: { Variables: { TABLE: 'users', SIZE: '5' } },
    });
  });

  test('take their own options over the shared ones', () => {
    const { template } = serviceStack({
      memorySize: 256,
      functions: { jobs: { timeout: Duration.seconds(25), memorySize: 512 } },
    });
    template().hasResourceProperties('AWS::Lambda::Function', { Handler: 'index.jobs', MemorySize: 512, Timeout: 25 });
    template().hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'index.reports',
      MemorySize: 256,
      Timeout: 10,
    });
  });

  test('write log groups that go with the stack', () => {
    const { template } = serviceStack();
    template().resourceCountIs('AWS::Logs::LogGroup', 4);
    template().allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });

  test('have a role each that may write its log group, and read its queue where it has one, and nothing else', () => {
    const { template } = serviceStack();
    const actions = Object.values(template().findResources('AWS::IAM::Policy')).flatMap(({ Properties }) =>
      Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action),
    );
    expect([...new Set(actions)].sort()).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
    ]);
    template().allResourcesProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  });

  test('carry the mark by which tools find them', () => {
    const { template } = serviceStack();
    template().hasResource('AWS::Lambda::Function', {
      Metadata: { goblet: { app: 'service', function: 'jobs', inventory: Match.stringLikeRegexp('^[0-9a-f]{16}$') } },
    });
    template().hasResource('AWS::ApiGateway::RestApi', { Metadata: { goblet: { app: 'service' } } });
  });

  test('leave in the assembly, and not in the template, what their code is made of', () => {
    const { goblet, template } = serviceStack({ include: ['app.ts'] });
    const node = (goblet.functions.jobs.node.defaultChild as CfnFunction).node;
    const [recorded] = node.metadata.filter(({ type }) => type === 'goblet:function');
    expect(recorded?.data).toMatchObject({
      app: 'service',
      function: 'jobs',
      entry: expect.stringMatching(/fixtures.service.app\.ts$/),
      external: [],
      include: ['app.ts'],
    });
    expect(JSON.stringify(template().toJSON())).not.toContain('fixtures');
  });

  test('can be granted to, and the construct stands for the API handler', () => {
    const { goblet, stack, template } = serviceStack();
    new sqs.Queue(stack, 'More').grantSendMessages(goblet);
    template().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Action: Match.arrayWith(['sqs:SendMessage']) }] },
      Roles: [{ Ref: Match.stringLikeRegexp('APIHandlerRole') }],
    });
  });
});

describe('a role', () => {
  test('of the same stack is the API handler’s alone', () => {
    const stack = new Stack(unbundled(), 'Stack');
    const role = new iam.Role(stack, 'Mine', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const { template } = serviceStack({ role }, stack);
    const [mine] = Object.keys(template().findResources('AWS::IAM::Role')).filter((id) => id.startsWith('Mine'));
    template().hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'index.APIHandler',
      Role: { 'Fn::GetAtt': [mine, 'Arn'] },
    });
    template().resourceCountIs('AWS::IAM::Role', 4);
  });

  test('of another stack makes no circle, and gets its log permission in this stack', () => {
    const app = unbundled();
    const roles = new Stack(app, 'Roles');
    const role = new iam.Role(roles, 'Mine', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const { template } = serviceStack({ role }, new Stack(app, 'Stack'));
    template().hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ 'Fn::ImportValue': Match.anyValue() }],
      PolicyDocument: { Statement: [{ Action: LOGS }] },
    });
    Template.fromStack(roles).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('may be imported', () => {
    const stack = new Stack(unbundled(), 'Stack');
    const role = iam.Role.fromRoleArn(stack, 'Mine', 'arn:aws:iam::123456789012:role/mine');
    const { template } = serviceStack({ functions: { jobs: { role } } }, stack);
    template().hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'index.jobs',
      Role: 'arn:aws:iam::123456789012:role/mine',
    });
    template().hasResourceProperties('AWS::IAM::Policy', {
      Roles: ['mine'],
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: LOGS })]) },
    });
  });

  test.each([
    ['that is imported as not to be changed', '123456789012', { mutable: false }],
    ['of another account', '999999999999', {}],
  ])('%s is used as it is', (_, account, options) => {
    const stack = new Stack(unbundled(), 'Stack', { env: { account: '123456789012', region: 'eu-west-1' } });
    const role = iam.Role.fromRoleArn(stack, 'Mine', `arn:aws:iam::${account}:role/mine`, options);
    const { template } = serviceStack({ role }, stack);
    template().hasResource('AWS::Lambda::Function', {
      Properties: { Handler: 'index.APIHandler', Role: role.roleArn },
      DependsOn: Match.absent(),
    });
    const policies = Object.values(template().findResources('AWS::IAM::Policy'));
    expect(policies.flatMap(({ Properties }) => Properties.Roles)).not.toContain('mine');
  });
});

describe('the REST API', () => {
  test('has its stage, and neither an account role nor an output of CDK’s own', () => {
    const { template } = serviceStack({ stageName: 'v1' });
    template().hasResourceProperties('AWS::ApiGateway::Stage', { StageName: 'v1' });
    template().resourceCountIs('AWS::ApiGateway::Account', 0);
    expect(Object.keys(template().findOutputs('*'))).toEqual([
      'APIHandlerArn',
      'APIHandlerName',
      'RestAPIId',
      'EndpointURL',
    ]);
  });

  test('may call each of its functions by one permission, and no other function', () => {
    const { template } = serviceStack();
    const permissions = Object.values(template().findResources('AWS::Lambda::Permission')).filter(
      ({ Properties }) => Properties.Principal === 'apigateway.amazonaws.com',
    );
    expect(permissions).toHaveLength(2);
  });

  test('of sixty routes has one permission, and a template under half of the limit of CloudFormation', () => {
    const stack = new Stack(unbundled(), 'Stack');
    new Goblet(stack, 'Sixty', { entry: fixture('sixty-routes') });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Lambda::Permission', 1);
    expect(JSON.stringify(template.toJSON(), null, 1).length).toBeLessThan(500_000);
  });

  test('calls a function by the logical id that it has at the end', () => {
    const { goblet, template } = serviceStack();
    (goblet.handler.node.defaultChild as CfnFunction).overrideLogicalId('Renamed');
    template().hasResourceProperties('AWS::ApiGateway::RestApi', {
      Body: {
        paths: {
          '/items': {
            get: {
              'x-amazon-apigateway-integration': {
                uri: {
                  'Fn::Sub':
                    'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Renamed.Arn}/invocations',
                },
              },
            },
          },
        },
      },
    });
  });

  test('is deployed anew when its routes change', () => {
    const deployment = (name: string) => {
      const stack = new Stack(unbundled(), 'Stack');
      new Goblet(stack, 'Api', { entry: fixture(name), ...(name === 'secured' ? secured(stack) : {}) });
      return Object.keys(Template.fromStack(stack).findResources('AWS::ApiGateway::Deployment'));
    };
    expect(deployment('sixty-routes')).not.toEqual(deployment('secured'));
    expect(deployment('sixty-routes')).toEqual(deployment('sixty-routes'));
  });
});

const secured = (stack: Stack) => ({ auth: { user: new cognito.UserPool(stack, 'Users') } });

describe('authorizers', () => {
  test('are bound to CDK objects', () => {
    const stack = new Stack(unbundled(), 'Stack');
    const user = new cognito.UserPool(stack, 'Users');
    new Goblet<typeof securedApp>(stack, 'Api', { entry: fixture('secured'), auth: { user } });
    Template.fromStack(stack).hasResourceProperties('AWS::ApiGateway::RestApi', {
      Body: {
        components: {
          securitySchemes: {
            user: {
              'x-amazon-apigateway-authorizer': {
                type: 'cognito_user_pools',
                providerARNs: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^Users'), 'Arn'] }],
              },
            },
          },
        },
      },
    });
  });

  test('of kind apiKey have a usage plan with a key, a throttle and a quota', () => {
    const stack = new Stack(unbundled(), 'Stack');
    new Goblet<typeof securedApp>(stack, 'Api', {
      entry: fixture('secured'),
      auth: {
        user: new cognito.UserPool(stack, 'Users'),
        key: { throttle: { rateLimit: 5, burstLimit: 10 }, quota: { limit: 100, period: Period.DAY } },
      },
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ApiGateway::UsagePlan', {
      Throttle: { RateLimit: 5, BurstLimit: 10 },
      Quota: { Limit: 100, Period: 'DAY' },
    });
    template.resourceCountIs('AWS::ApiGateway::ApiKey', 1);
    template.resourceCountIs('AWS::ApiGateway::UsagePlanKey', 1);
  });

  test('of the app’s own are functions that the API may call as authorizers only', () => {
    const stack = new Stack(unbundled(), 'Stack');
    new Goblet(stack, 'Api', { entry: fixture('own-authorizer') });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      Body: {
        components: {
          securitySchemes: {
            own: {
              'x-amazon-apigateway-authorizer': {
                type: 'token',
                authorizerUri: { 'Fn::Sub': Match.stringLikeRegexp('Apiown.*/invocations$') },
                authorizerResultTtlInSeconds: 60,
              },
            },
          },
        },
      },
    });
    const sources = Object.values(template.findResources('AWS::Lambda::Permission')).map(({ Properties }) =>
      Properties.SourceArn['Fn::Join'][1].at(-1),
    );
    expect(sources).toEqual(['/*/*/*', '/authorizers/*'].sort((a, b) => sources.indexOf(a) - sources.indexOf(b)));
  });
});

describe('a streaming route', () => {
  test('has a function of its own that the API calls to stream', () => {
    const stack = new Stack(unbundled(), 'Stack');
    const goblet = new Goblet(stack, 'Api', { entry: fixture('streaming') });
    expect(Object.keys(goblet.functions).sort()).toEqual(['APIHandler', 'APIHandlerStream']);
    Template.fromStack(stack).hasResourceProperties('AWS::ApiGateway::RestApi', {
      Body: {
        paths: {
          '/numbers': {
            get: {
              'x-amazon-apigateway-integration': {
                responseTransferMode: 'STREAM',
                uri: { 'Fn::Sub': Match.stringLikeRegexp('2021-11-15.*/response-streaming-invocations$') },
              },
            },
          },
        },
      },
    });
  });
});

describe('a stage', () => {
  test('has variables, a throttle and access logs', () => {
    const { template } = serviceStack({
      stageVariables: { colour: 'green' },
      throttle: { rateLimit: 10, burstLimit: 20 },
      accessLogs: true,
    });
    template().hasResourceProperties('AWS::ApiGateway::Stage', {
      Variables: { colour: 'green' },
      MethodSettings: [Match.objectLike({ ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 })],
      AccessLogSetting: { Format: Match.stringLikeRegexp('requestId') },
    });
    template().allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete' });
  });

  test('has a domain of its own', () => {
    const stack = new Stack(unbundled(), 'Stack');
    const certificate = acm.Certificate.fromCertificateArn(
      stack,
      'C',
      'arn:aws:acm:us-east-1:123456789012:certificate/1',
    );
    const { template } = serviceStack(
      { domain: { domainName: 'api.example.com', certificate, basePath: 'v1' } },
      stack,
    );
    template().hasResourceProperties('AWS::ApiGateway::DomainName', { DomainName: 'api.example.com' });
    template().hasResourceProperties('AWS::ApiGateway::BasePathMapping', { BasePath: 'v1' });
  });
});

describe('beside other resources', () => {
  test('functions run in a VPC, and the role that runs them may do what that takes', () => {
    const stack = new Stack(unbundled(), 'Stack');
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
    const { template } = serviceStack({ functions: { jobs: { vpc } } }, stack);
    template().hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'index.jobs',
      VpcConfig: { SecurityGroupIds: Match.anyValue(), SubnetIds: Match.anyValue() },
    });
    template().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Resource: '*' })]) },
    });
  });

  test('functions are granted queues and secrets', () => {
    const stack = new Stack(unbundled(), 'Stack');
    const secret = new secretsmanager.Secret(stack, 'Secret');
    const { goblet, template } = serviceStack({}, stack);
    secret.grantRead(goblet.handler);
    template().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Action: Match.arrayWith(['secretsmanager:GetSecretValue']) }] },
    });
  });
});

describe('outputs', () => {
  test('can be left out', () => {
    expect(serviceStack({ outputs: false }).template().findOutputs('*')).toEqual({});
  });

  test('can have a prefix, for the second app of a stack', () => {
    const { stack, template } = serviceStack();
    new Goblet(stack, 'Second', { entry: fixture('sixty-routes'), outputs: { prefix: 'Second' } });
    expect(Object.keys(template().findOutputs('*'))).toContain('SecondEndpointURL');
  });

  test('are refused where the stack has one of the name', () => {
    const { stack } = serviceStack();
    const error = refusal(() => new Goblet(stack, 'Second', { entry: fixture('sixty-routes') }));
    expect(error.message).toMatch(
      /^GOBLET_CDK_OUTPUT_TAKEN: the stack Stack already has the output APIHandlerArn; give Stack\/Second outputs: \{ prefix/,
    );
  });
});

describe('many stacks of one app', () => {
  test('share one bundle', () => {
    const app = new App();
    const stacks = ['One', 'Two', 'Three'].map((id) => new Stack(app, id));
    for (const stack of stacks) new Goblet(stack, 'Api', { entry: fixture('sixty-routes') });
    const keys = stacks.map((stack) => {
      const [fn] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
      return fn?.Properties.Code.S3Key;
    });
    expect(new Set(keys).size).toBe(1);
  });

  test('read the app for the first stack alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'goblet-stacks-'));
    try {
      symlinkSync(join(__dirname, '../../../../node_modules'), join(folder, 'node_modules'));
      const entry = join(folder, 'app.ts');
      writeFileSync(
        entry,
        "import { App } from 'goblet';\nexport const app = new App('gone');\napp.get('/', () => 1);\n",
      );
      const cdkApp = new App();
      const first = new Goblet(new Stack(cdkApp, 'First'), 'Api', { entry });
      rmSync(entry);
      const second = new Goblet(new Stack(cdkApp, 'Second'), 'Api', { entry });
      const [templateOfFirst, templateOfSecond] = [first, second].map((goblet) =>
        Template.fromStack(Stack.of(goblet)).toJSON(),
      );
      expect(templateOfSecond?.Resources).toEqual(templateOfFirst?.Resources);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('are described and not bundled where CDK asks for no bundle', () => {
    const stack = new Stack(unbundled(), 'Stack');
    const goblet = new Goblet(stack, 'Api', { entry: fixture('sixty-routes') });
    expect(goblet.functions).toHaveProperty('APIHandler');
  });
});

const unboundProps = (stack: Stack) =>
  // @ts-expect-error the needs of a known app are checked by the compiler: TABLE is not bound
  new Goblet<typeof serviceApp>(stack, 'A', { entry: '', sources: { jobs: new sqs.Queue(stack, 'Q') } });

const misspelt = (stack: Stack) =>
  new Goblet<typeof serviceApp>(stack, 'A', {
    entry: '',
    // @ts-expect-error TABLE is misspelt
    environment: { TABEL: '', SIZE: '' },
    sources: { jobs: new sqs.Queue(stack, 'Q') },
  });

const wrongKind = (stack: Stack) =>
  // @ts-expect-error a cognito authorizer is bound to a user pool
  new Goblet<typeof securedApp>(stack, 'A', { entry: '', auth: { user: new sqs.Queue(stack, 'Q') } });

const noFunction = (goblet: Goblet<typeof serviceApp>) => {
  goblet.functions.jobs.addAlias('live');
  // @ts-expect-error a name that is no source may be a function or not
  goblet.functions.jbos.addAlias('live');
};

const withoutDefault = (stack: Stack) =>
  new Goblet<typeof serviceApp>(stack, 'A', {
    entry: '',
    environment: { TABLE: '' },
    sources: { jobs: new sqs.Queue(stack, 'Q') },
  });

test('unbound, misspelt and wrong bindings do not compile, and a variable with a default may be left out', () => {
  expect([unboundProps, misspelt, wrongKind, noFunction, withoutDefault]).toHaveLength(5);
});
