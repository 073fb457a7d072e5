import { Goblet } from '@goblet/cdk';
import { Duration, Size, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { describe, expect, test } from 'vitest';
import { fixture, unbundled } from './fixtures/stacks.js';

type Props = (stack: Stack) => object;

function synthesized(name: string, props: Props = () => ({})): Template {
  const stack = new Stack(unbundled(), 'Stack');
  new Goblet(stack, 'Api', { entry: fixture(name), ...props(stack) });
  return Template.fromStack(stack);
}

const stage: Props = (stack) => ({
  stageName: 'v1',
  stageVariables: { colour: 'green' },
  accessLogs: true,
  throttle: { rateLimit: 10, burstLimit: 20 },
  domain: {
    domainName: 'api.example.com',
    certificate: new acm.Certificate(stack, 'Certificate', { domainName: 'api.example.com' }),
    basePath: 'users',
  },
});

const ref = (id: string) => ({ Ref: Match.stringLikeRegexp(`^${id}`) });
const arn = (id: string) => ({ 'Fn::GetAtt': [Match.stringLikeRegexp(`^${id}`), 'Arn'] });

/** The security of a route and the scheme that it names, as they are in the definition of a REST API. */
function securityOf(template: Template, path: string) {
  const [api] = Object.values(template.findResources('AWS::ApiGateway::RestApi'));
  if (api === undefined) throw new Error('the template has no REST API');
  const { paths, components } = api.Properties.Body;
  const [security] = paths[path].get.security ?? [];
  const [name] = Object.keys(security ?? {});
  return { security, scheme: name === undefined ? undefined : components.securitySchemes[name] };
}

describe('a function', () => {
  const own: Props = (stack) => ({
    functions: {
      APIHandler: {
        memorySize: 1769,
        timeout: Duration.seconds(20),
        architecture: lambda.Architecture.X86_64,
        logRetention: logs.RetentionDays.ONE_WEEK,
        tracing: lambda.Tracing.ACTIVE,
        layers: [lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', 'arn:aws:lambda:eu-west-1:1:layer:tools:3')],
        reservedConcurrentExecutions: 5,
        ephemeralStorageSize: Size.mebibytes(1024),
      },
    },
  });

  test('has its memory, timeout, architecture, tracing, layers, reserved concurrency and storage', () => {
    synthesized('own-authorizer', own).hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'index.APIHandler',
      MemorySize: 1769,
      Timeout: 20,
      Architectures: ['x86_64'],
      TracingConfig: { Mode: 'Active' },
      Layers: ['arn:aws:lambda:eu-west-1:1:layer:tools:3'],
      ReservedConcurrentExecutions: 5,
      EphemeralStorage: { Size: 1024 },
    });
  });

  test('leaves the others what they are without options', () => {
    synthesized('own-authorizer', own).hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'index.own',
      MemorySize: 128,
      Timeout: 10,
      Architectures: ['arm64'],
      TracingConfig: Match.absent(),
      Layers: Match.absent(),
      ReservedConcurrentExecutions: Match.absent(),
      VpcConfig: Match.absent(),
    });
  });

  test('writes to a log group of its retention', () => {
    const template = synthesized('own-authorizer', own);
    const retention = (id: string) =>
      Object.entries(template.findResources('AWS::Logs::LogGroup')).find(([name]) => name.startsWith(id))?.[1];
    expect(retention('ApiAPIHandlerLogs')?.Properties).toMatchObject({ RetentionInDays: 7 });
    expect(retention('ApiownLogs')?.Properties).toMatchObject({ RetentionInDays: 30 });
    template.hasResourceProperties('AWS::Lambda::Function', { LoggingConfig: { LogGroup: ref('ApiAPIHandlerLogs') } });
  });

  test('runs in the subnets and security groups that are named', () => {
    const template = synthesized('sixty-routes', (stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
      const securityGroups = [new ec2.SecurityGroup(stack, 'Group', { vpc })];
      return {
        vpc,
        vpcSubnets: { subnets: vpc.isolatedSubnets.concat(vpc.privateSubnets.slice(0, 1)) },
        securityGroups,
      };
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: {
        SubnetIds: [ref('VpcPrivateSubnet1')],
        SecurityGroupIds: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^Group'), 'GroupId'] }],
      },
    });
  });
});

describe('a REST API', () => {
  test('has its stage with variables, throttle and access logs to a group of its own', () => {
    synthesized('own-authorizer', stage).hasResourceProperties('AWS::ApiGateway::Stage', {
      StageName: 'v1',
      Variables: { colour: 'green' },
      MethodSettings: [
        {
          DataTraceEnabled: false,
          HttpMethod: '*',
          ResourcePath: '/*',
          ThrottlingRateLimit: 10,
          ThrottlingBurstLimit: 20,
        },
      ],
      AccessLogSetting: {
        DestinationArn: arn('ApiAccessLogs'),
        Format: Match.stringLikeRegexp('"requestId":"\\$context\\.requestId"'),
      },
    });
  });

  test('answers under its own domain and base path with the certificate', () => {
    const template = synthesized('own-authorizer', stage);
    template.hasResourceProperties('AWS::ApiGateway::DomainName', {
      DomainName: 'api.example.com',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      RegionalCertificateArn: ref('Certificate'),
    });
    template.hasResourceProperties('AWS::ApiGateway::BasePathMapping', {
      BasePath: 'users',
      DomainName: ref('ApiRestApiDomain'),
      RestApiId: ref('ApiRestApi'),
      Stage: ref('ApiRestApiDeploymentStage'),
    });
  });

  const secured: Props = (stack) => ({ auth: { user: new cognito.UserPool(stack, 'Users') } });

  test('asks IAM for the routes that name it, and nobody for open ones', () => {
    const template = synthesized('secured', secured);
    expect(securityOf(template, '/internal')).toEqual({
      security: { signed: [] },
      scheme: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
    });
    expect(securityOf(template, '/open').security).toBeUndefined();
  });

  test('asks the user pool, given with its clients or without', () => {
    const withClients: Props = (stack) => {
      const userPool = new cognito.UserPool(stack, 'Users');
      return { auth: { user: { userPool, userPoolClients: [userPool.addClient('Web')] } } };
    };
    for (const props of [secured, withClients]) {
      const { security, scheme } = securityOf(synthesized('secured', props), '/me');
      expect(security).toEqual({ user: [] });
      expect(scheme['x-amazon-apigateway-authorizer']).toMatchObject({
        type: 'cognito_user_pools',
        providerARNs: [{ 'Fn::GetAtt': [expect.stringMatching(/^Users/), 'Arn'] }],
      });
    }
  });

  test('takes the API keys that are given, under a usage plan of its stage', () => {
    const template = synthesized('secured', (stack) => ({
      auth: { ...(secured(stack) as { auth: object }).auth, key: { apiKeys: [new apigateway.ApiKey(stack, 'Mine')] } },
    }));
    expect(securityOf(template, '/partners')).toEqual({
      security: { key: [] },
      scheme: { type: 'apiKey', name: 'x-api-key', in: 'header' },
    });
    template.hasResourceProperties('AWS::ApiGateway::UsagePlan', {
      ApiStages: [{ ApiId: ref('ApiRestApi'), Stage: ref('ApiRestApiDeploymentStage') }],
      Throttle: Match.absent(),
      Quota: Match.absent(),
    });
    template.resourceCountIs('AWS::ApiGateway::ApiKey', 1);
    template.hasResourceProperties('AWS::ApiGateway::UsagePlanKey', { KeyId: ref('Mine'), KeyType: 'API_KEY' });
  });

  test('asks the app’s own function with the request, where it is no TOKEN authorizer', () => {
    const { scheme } = securityOf(synthesized('request-authorizer'), '/own');
    expect(scheme['x-amazon-apigateway-authorizer']).toMatchObject({
      type: 'request',
      identitySource: 'method.request.header.X-Token',
    });
  });
});

describe('an HTTP API', () => {
  const http: Props = (stack) => {
    const userPool = new cognito.UserPool(stack, 'Users');
    return {
      ...stage(stack),
      auth: {
        token: { issuer: 'https://issuer.example', audience: ['web'] },
        pool: { userPool, userPoolClients: [userPool.addClient('Web')] },
      },
    };
  };

  test('answers under its own domain and base path with the certificate', () => {
    const template = synthesized('http', http);
    template.hasResourceProperties('AWS::ApiGatewayV2::DomainName', {
      DomainName: 'api.example.com',
      DomainNameConfigurations: [{ CertificateArn: ref('Certificate'), EndpointType: 'REGIONAL' }],
    });
    template.hasResource('AWS::ApiGatewayV2::ApiMapping', {
      Properties: { ApiMappingKey: 'users', ApiId: ref('ApiHttpApi'), DomainName: ref('ApiDomain'), Stage: 'v1' },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('^ApiHttpApiStage')]),
    });
  });

  test('writes access logs to a group of its own', () => {
    synthesized('http', http).hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      AccessLogSettings: { DestinationArn: arn('ApiAccessLogs') },
    });
  });
});

test('where CDK asks for no bundle, one placeholder stands for that of every app', () => {
  const keys = ['sixty-routes', 'own-authorizer'].flatMap((name) =>
    Object.values(synthesized(name).findResources('AWS::Lambda::Function')).map(
      ({ Properties }) => Properties.Code.S3Key,
    ),
  );
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
});
