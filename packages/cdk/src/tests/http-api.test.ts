import { Goblet } from '@goblet/cdk';
import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { describe, expect, test } from 'vitest';
import type { app as httpApp } from './fixtures/http/app.js';
import { fixture, refusal, unbundled } from './fixtures/stacks.js';

function httpStack(more: object = {}) {
  const stack = new Stack(unbundled(), 'Stack');
  const userPool = new cognito.UserPool(stack, 'Users');
  const goblet = new Goblet<typeof httpApp>(stack, 'Api', {
    entry: fixture('http'),
    auth: {
      token: { issuer: 'https://issuer.example', audience: ['web'] },
      pool: { userPool, userPoolClients: [userPool.addClient('Web')] },
    },
    ...more,
  });
  return { stack, goblet, template: Template.fromStack(stack) };
}

const routeKeys = (template: Template) =>
  Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties.RouteKey);

describe('an HTTP API', () => {
  test('has the routes, the any-method for 405, and a guarded HEAD for a guarded GET', () => {
    const { template } = httpStack();
    expect(routeKeys(template).filter((key: string) => key.endsWith('/open'))).toEqual([
      'GET /open',
      'POST /open',
      'ANY /open',
    ]);
    expect(routeKeys(template).filter((key: string) => key.endsWith('/signed'))).toEqual([
      'GET /signed',
      'HEAD /signed',
      'ANY /signed',
    ]);
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: 'HEAD /signed',
      AuthorizationType: 'AWS_IAM',
    });
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey: 'ANY /signed', AuthorizationType: 'NONE' });
  });

  test('has one integration and one permission for its function, and one for its authorizer’s', () => {
    const { template } = httpStack();
    template.resourceCountIs('AWS::ApiGatewayV2::Integration', 1);
    template.hasResourceProperties('AWS::ApiGatewayV2::Integration', { PayloadFormatVersion: '2.0' });
    template.resourceCountIs('AWS::Lambda::Permission', 2);
  });

  test('has authorizers bound to CDK objects', () => {
    const { template } = httpStack();
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      Name: 'token',
      AuthorizerType: 'JWT',
      JwtConfiguration: { Issuer: 'https://issuer.example', Audience: ['web'] },
    });
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      Name: 'pool',
      JwtConfiguration: { Audience: [{ Ref: Match.stringLikeRegexp('^UsersWeb') }] },
    });
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      Name: 'own',
      AuthorizerType: 'REQUEST',
      IdentitySource: ['$request.header.X-Token'],
      AuthorizerResultTtlInSeconds: 60,
      EnableSimpleResponses: true,
      AuthorizerPayloadFormatVersion: '2.0',
    });
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: 'GET /token',
      AuthorizationScopes: ['read'],
    });
  });

  test('uses the CORS of API Gateway', () => {
    httpStack().template.hasResourceProperties('AWS::ApiGatewayV2::Api', {
      CorsConfiguration: {
        AllowOrigins: ['https://a.example', 'https://b.example'],
        AllowMethods: ['GET', 'HEAD', 'POST'],
        MaxAge: 60,
      },
    });
  });

  test('answers at its default stage, or at the one that is named', () => {
    const { template, goblet } = httpStack();
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', { StageName: '$default', AutoDeploy: true });
    expect(goblet.httpApi).toBeDefined();
    expect(Object.keys(template.findOutputs('*'))).toEqual([
      'APIHandlerArn',
      'APIHandlerName',
      'HttpAPIId',
      'EndpointURL',
    ]);
    const { EndpointURL } = httpStack({ stageName: 'v1' }).template.findOutputs('EndpointURL');
    expect(JSON.stringify(EndpointURL)).toMatch(/\/v1\/"/);
  });

  test('has a stage with variables, a throttle and access logs', () => {
    const { template } = httpStack({
      stageVariables: { colour: 'green' },
      throttle: { rateLimit: 10, burstLimit: 20 },
      accessLogs: true,
    });
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageVariables: { colour: 'green' },
      DefaultRouteSettings: { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 },
      AccessLogSettings: { Format: Match.stringLikeRegexp('requestId') },
    });
    template.allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete' });
  });
});

describe('an HTTP API is refused', () => {
  const make =
    (name: string, more: object = {}) =>
    () =>
      new Goblet(new Stack(unbundled(), 'Stack'), 'Api', { entry: fixture(name), ...more });

  test('CORS that differs from route to route, with both lines', () => {
    expect(refusal(make('http-cors')).message).toMatch(
      /^GOBLET_BUILD_NOT_SUPPORTED: .* GET \/open \(.*app\.ts:4\) and GET \/closed \(.*app\.ts:5\) differ/,
    );
  });
});
