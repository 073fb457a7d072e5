import { Goblet } from '@goblet/cdk';
import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { describe, expect, test } from 'vitest';
import { grants } from './fixtures/grants.js';
import { fixture, refusal, unbundled } from './fixtures/stacks.js';
import type { app as webSocketApp } from './fixtures/websocket/app.js';

type Props = Partial<ConstructorParameters<typeof Goblet<typeof webSocketApp>>[2]>;

function chatStack(more: Props = {}) {
  const stack = new Stack(unbundled(), 'Stack');
  const goblet = new Goblet<typeof webSocketApp>(stack, 'Api', { entry: fixture('websocket'), ...more });
  return { stack, goblet, template: Template.fromStack(stack) };
}

/** An app that has routes as well, those of an HTTP API. */
function bothStack(more: Pick<Props, 'stageName' | 'accessLogs' | 'domain'> = {}) {
  const stack = new Stack(unbundled(), 'Stack');
  const goblet = new Goblet(stack, 'Api', { entry: fixture('websocket-beside-routes'), ...more });
  return { stack, goblet, template: Template.fromStack(stack) };
}

const webSocketIds = (template: Template) =>
  Object.keys(template.findResources('AWS::ApiGatewayV2::Api', { Properties: { ProtocolType: 'WEBSOCKET' } }));
const certificateOf = (stack: Stack) =>
  acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:123456789012:certificate/a');

describe('a WebSocket API', () => {
  test('has a route for who comes, who goes and each route key, all of one integration', () => {
    const { template } = chatStack();
    template.hasResourceProperties('AWS::ApiGatewayV2::Api', {
      Name: 'talk-chat',
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    });
    template.resourceCountIs('AWS::ApiGatewayV2::Integration', 1);
    const [integration] = Object.entries(template.findResources('AWS::ApiGatewayV2::Integration'));
    expect(integration?.[1].Properties).toMatchObject({ IntegrationType: 'AWS_PROXY' });
    const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route'));
    expect(routes.map(({ Properties }) => Properties.RouteKey).sort()).toEqual([
      '$connect',
      '$default',
      '$disconnect',
      'join',
      'leave',
    ]);
    for (const { Properties } of routes)
      expect(Properties.Target).toEqual({ 'Fn::Join': ['', ['integrations/', { Ref: integration?.[0] }]] });
  });

  test('of one content has $default, by what the app says', () => {
    const { template } = bothStack();
    template.hasResourceProperties('AWS::ApiGatewayV2::Api', {
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.type',
    });
    for (const RouteKey of ['$connect', '$disconnect', '$default'])
      template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
        RouteKey,
        ApiId: { Ref: webSocketIds(template)[0] },
      });
  });

  test('may call its function and nothing else may, and its function may reach its connections and no others', () => {
    const { template } = chatStack();
    expect(grants(template)).toEqual([
      'ApichatRole: Allow logs:CreateLogStream, logs:PutLogEvents on ApichatLogs',
      'ApichatRole: Allow execute-api:ManageConnections on arn:AWS::Partition:execute-api:AWS::Region:AWS::AccountId:ApiWebSocketApi/*/*/@connections/*',
      'apigateway.amazonaws.com: lambda:InvokeFunction on Apichat from arn:AWS::Partition:execute-api:AWS::Region:AWS::AccountId:ApiWebSocketApi/*',
    ]);
  });

  test('reaches its function by the URI of a Lambda proxy integration', () => {
    const { template } = chatStack();
    const [fn] = Object.keys(template.findResources('AWS::Lambda::Function'));
    template.hasResourceProperties('AWS::ApiGatewayV2::Integration', {
      IntegrationUri: {
        'Fn::Join': [
          '',
          [
            'arn:',
            { Ref: 'AWS::Partition' },
            ':apigateway:',
            { Ref: 'AWS::Region' },
            ':lambda:path/2015-03-31/functions/',
            { 'Fn::GetAtt': [fn, 'Arn'] },
            '/invocations',
          ],
        ],
      },
    });
  });

  test('beside a role of another stack makes no circle', () => {
    const app = unbundled();
    const roles = new Stack(app, 'Roles');
    const role = new iam.Role(roles, 'Mine', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const stack = new Stack(app, 'Stack');
    new Goblet(stack, 'App', { entry: fixture('websocket'), functions: { chat: { role } } });
    expect(grants(Template.fromStack(stack)).join()).toContain('execute-api:ManageConnections');
    Template.fromStack(roles).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('is deployed by itself to its stage, with the settings of a stage', () => {
    const { template } = chatStack({
      stageName: 'v1',
      stageVariables: { colour: 'green' },
      accessLogs: true,
      throttle: { rateLimit: 10, burstLimit: 20 },
    });
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: 'v1',
      AutoDeploy: true,
      StageVariables: { colour: 'green' },
      DefaultRouteSettings: { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 },
      AccessLogSettings: { Format: Match.stringLikeRegexp('"connectionId":"\\$context.connectionId"') },
    });
    template.resourceCountIs('AWS::Logs::LogGroup', 2);
  });

  test('is in the stage api unless told, also where the routes have none of a name', () => {
    for (const { template } of [chatStack(), bothStack(), bothStack({ stageName: '$default' })])
      template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
        ApiId: { Ref: webSocketIds(template)[0] },
        StageName: 'api',
      });
  });

  test('writes access logs of its own beside those of the routes', () => {
    const { template } = bothStack({ accessLogs: true });
    const groups = Object.keys(template.findResources('AWS::Logs::LogGroup')).filter((id) => id.includes('AccessLogs'));
    expect(groups).toHaveLength(2);
  });

  test('has the domain where there are no routes to have it', () => {
    const domainOf = (template: Template) =>
      Object.values(template.findResources('AWS::ApiGatewayV2::ApiMapping')).map(({ Properties }) => Properties.ApiId);
    const stack = new Stack(unbundled(), 'Stack');
    const domain = { domainName: 'chat.example.com', certificate: certificateOf(stack) };
    new Goblet(stack, 'Alone', { entry: fixture('websocket'), domain });
    const alone = Template.fromStack(stack);
    expect(domainOf(alone)).toEqual(webSocketIds(alone).map((Ref) => ({ Ref })));
    const { template } = bothStack({ domain });
    expect(domainOf(template)).not.toContainEqual({ Ref: webSocketIds(template)[0] });
    expect(domainOf(template)).toHaveLength(1);
  });

  test('takes the options of its function', () => {
    const { template } = chatStack({ functions: { chat: { memorySize: 512, timeout: Duration.seconds(29) } } });
    template.hasResourceProperties('AWS::Lambda::Function', { MemorySize: 512, Timeout: 29 });
  });
});

describe('a guarded WebSocket API', () => {
  const guarded = (name: string) => {
    const stack = new Stack(unbundled(), 'Stack');
    new Goblet(stack, 'Api', { entry: fixture(name) });
    return Template.fromStack(stack);
  };
  const otherRoutes = (template: Template) =>
    Object.values(template.findResources('AWS::ApiGatewayV2::Route')).filter(
      ({ Properties }) => Properties.RouteKey !== '$connect',
    );

  test('asks an own authorizer about who connects, by what the authorizer goes by', () => {
    const template = guarded('websocket-guarded');
    const [authorizer] = Object.keys(template.findResources('AWS::ApiGatewayV2::Authorizer'));
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      Name: 'own',
      AuthorizerType: 'REQUEST',
      IdentitySource: ['route.request.querystring.token'],
    });
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: '$connect',
      AuthorizationType: 'CUSTOM',
      AuthorizerId: { Ref: authorizer },
    });
    for (const { Properties } of otherRoutes(template)) expect(Properties.AuthorizationType).toBe('NONE');
    expect(grants(template).filter((sentence) => sentence.includes('Apiown from'))).toEqual([
      expect.stringMatching(/^apigateway\.amazonaws\.com: .*:ApiWebSocketApi\/authorizers\/\w+own$/),
    ]);
  });

  test('takes signed requests to connect alone', () => {
    const template = guarded('websocket-signed');
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey: '$connect', AuthorizationType: 'AWS_IAM' });
    for (const { Properties } of otherRoutes(template)) expect(Properties.AuthorizationType).toBe('NONE');
  });
});

describe('what is made', () => {
  test('is at hand as CDK’s own constructs, for grants to other functions and their environment', () => {
    const stack = new Stack(unbundled(), 'Stack');
    const goblet = new Goblet(stack, 'Api', { entry: fixture('websocket-beside-routes') });
    goblet.webSocketApi.grantManageConnections(goblet.handler);
    goblet.handler.addEnvironment('CALLBACK_URL', goblet.webSocketStage.callbackUrl);
    const template = Template.fromStack(stack);
    expect(stack.resolve(goblet.webSocketApi.apiId)).toEqual({ Ref: webSocketIds(template)[0] });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { CALLBACK_URL: Match.anyValue() } },
    });
    expect(grants(template).filter((sentence) => sentence.includes('ManageConnections'))).toHaveLength(2);
  });

  test('is an output of the stack: the id, and the address that clients connect to', () => {
    const outputs = (template: Template) => Object.keys(template.toJSON().Outputs ?? {});
    const { stack, goblet, template } = chatStack();
    expect(outputs(template)).toEqual(['WebSocketAPIId', 'WebSocketURL']);
    template.hasOutput('WebSocketURL', { Value: stack.resolve(goblet.webSocketStage.url) });
    expect(JSON.stringify(stack.resolve(goblet.webSocketStage.url))).toMatch(/^\{"Fn::Join":\["",\["wss:\/\/",/);
    expect(outputs(bothStack().template)).toEqual([
      'APIHandlerArn',
      'APIHandlerName',
      'HttpAPIId',
      'EndpointURL',
      'WebSocketAPIId',
      'WebSocketURL',
    ]);
    expect(outputs(chatStack({ outputs: { prefix: 'Chat' } }).template)).toEqual([
      'ChatWebSocketAPIId',
      'ChatWebSocketURL',
    ]);
    expect(outputs(chatStack({ outputs: false }).template)).toEqual([]);
  });

  test('is marked with the app and the function, by which tools find it', () => {
    chatStack().template.hasResource('AWS::ApiGatewayV2::Api', {
      Metadata: { goblet: { app: 'talk', function: 'chat', inventory: Match.anyValue() } },
    });
  });
});

describe('what is refused', () => {
  test('a WebSocket API of an app that has none, and the routes of one that has none', () => {
    const service = new Goblet(new Stack(unbundled(), 'Stack'), 'Api', { entry: fixture('sixty-routes') });
    for (const read of [() => service.webSocketApi, () => service.webSocketStage])
      expect(refusal(read).message).toMatch(/^GOBLET_CDK_NO_API: the app .* has no WebSocket API$/);
    const { goblet } = chatStack();
    for (const read of [() => goblet.restApi, () => goblet.httpApi, () => goblet.url, () => goblet.handler])
      expect(refusal(read).message).toMatch(/^GOBLET_CDK_NO_API: the app talk has no /);
  });

  test('a timeout that is longer than API Gateway waits for a message', () => {
    const timeout = Duration.seconds(30);
    expect(refusal(() => chatStack({ functions: { chat: { timeout } } })).message).toMatch(
      /^GOBLET_CDK_TIMEOUT_TOO_LONG: chat \(fixtures\/websocket\/app\.ts:8\) has a timeout of 30 seconds, but API Gateway waits for 29;/,
    );
  });

  test('a second WebSocket API', () => {
    const make = () => new Goblet(new Stack(unbundled(), 'Stack'), 'Api', { entry: fixture('two-websockets') });
    expect(refusal(make).message).toMatch(
      /^GOBLET_CDK_NOT_SUPPORTED: the app has the WebSocket APIs chat and feed \(fixtures\/two-websockets\/app\.ts:7\), but the construct supports one;/,
    );
  });

  test.for<[Props, string]>([
    [
      { stageName: '$default' },
      'stageName $default is for HTTP APIs, but the app (fixtures/websocket/app.ts:6) has a WebSocket',
    ],
    [{ binaryMediaTypes: ['image/png'] }, 'binaryMediaTypes applies to a REST API, but the app'],
    [{ tracingEnabled: true }, 'tracingEnabled applies to a REST API, but the app'],
  ])('an option of other APIs: %j', ([options, message]) => {
    expect(refusal(() => chatStack(options)).message).toContain(`GOBLET_CDK_OPTION: ${message}`);
  });

  test('a binding, as nothing is behind it', () => {
    const make = () =>
      new Goblet(new Stack(unbundled(), 'Stack'), 'Api', {
        entry: fixture('websocket'),
        sources: { chat: {} as never },
      });
    expect(refusal(make).message).toMatch(/^GOBLET_CDK_SOURCE_UNKNOWN: sources has chat/);
  });
});

test('the function of a WebSocket API is known to the compiler', () => {
  const fn: lambda.Function = chatStack().goblet.functions.chat;
  expect(fn).toBeInstanceOf(lambda.Function);
});
