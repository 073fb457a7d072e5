import { expect, test } from 'vitest';
import { testCloud } from '../../../testing/index.js';
import { testStack } from '../../cloudformation/fixtures/test-stack.js';

/** What CDK's HttpApi synthesizes of routes given as `GET /users`, with one integration for all of them. */
function template(routes: readonly string[], api: object = {}) {
  const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });
  const resources: Record<string, unknown> = {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
      },
    },
    Handler: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: {
          ZipFile:
            'exports.handler = async (event) => ({ routeKey: event.routeKey, path: event.rawPath, parameters: event.pathParameters });',
        },
      },
    },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['Handler', 'Arn'] },
        Principal: 'apigateway.amazonaws.com',
        SourceArn: join(
          'arn:aws:execute-api:',
          { Ref: 'AWS::Region' },
          ':',
          { Ref: 'AWS::AccountId' },
          ':',
          { Ref: 'Api' },
          '/*/*',
        ),
      },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'WebApi', ProtocolType: 'HTTP', ...api } },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        ApiId: { Ref: 'Api' },
        AutoDeploy: true,
        StageName: '$default',
        DefaultRouteSettings: { ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 },
      },
    },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': ['Handler', 'Arn'] },
        PayloadFormatVersion: '2.0',
      },
    },
  };
  for (const [i, RouteKey] of routes.entries()) {
    resources[`Route${i}`] = {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Api' },
        AuthorizationType: 'NONE',
        RouteKey,
        Target: join('integrations/', { Ref: 'Integration' }),
      },
    };
  }
  return { Resources: resources };
}

test('a stack serves an HTTP API at its default stage, changes it, and leaves nothing behind', {
  timeout: 60_000,
}, async () => {
  await using cloud = await testCloud();
  const stack = testStack(cloud, 'HttpApi');
  await stack.create(template(['GET /users/{name}', 'ANY /any']));
  const url = `${cloud.endpoint}/_api/${await stack.physicalId('Api')}`;
  expect(await (await fetch(`${url}/users/j%20d`)).json()).toEqual({
    routeKey: 'GET /users/{name}',
    path: '/users/j d',
    parameters: { name: 'j d' },
  });
  expect(await (await fetch(`${url}/any`, { method: 'DELETE' })).json()).toEqual({
    routeKey: 'ANY /any',
    path: '/any',
  });
  const unknown = await fetch(`${url}/nope`);
  expect([unknown.status, await unknown.text()]).toEqual([404, '{"message":"Not Found"}']);

  const CorsConfiguration = { AllowOrigins: ['https://app.test'], AllowMethods: ['GET'], MaxAge: 60 };
  await stack.update(template(['GET /people', '$default'], { CorsConfiguration }));
  const response = await fetch(`${url}/people`, { headers: { origin: 'https://app.test' } });
  expect(response.headers.get('access-control-allow-origin')).toBe('https://app.test');
  expect(await response.json()).toMatchObject({ routeKey: 'GET /people' });
  expect(await (await fetch(`${url}/users/x`)).json()).toMatchObject({ routeKey: '$default' });

  await stack.remove();
  expect((await fetch(`${url}/people`)).status).toBe(403);
  expect(cloud.context.apiIds.size).toBe(0);
});
