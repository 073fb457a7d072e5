import { expect, test } from 'vitest';
import { markedResources, parseTemplate } from './marked-template.js';

const mark = { app: 'orders', function: 'APIHandler', inventory: '0123456789abcdef' };
const NONE = { functions: [], apis: [] };

const range = (length: number): number[] => Array.from({ length }, (_, index) => index);

test('an API has the stage that refers to it, and not that of another API', () => {
  const template = {
    Resources: {
      Other: { Type: 'AWS::ApiGateway::RestApi' },
      OtherStage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Other' }, StageName: 'a' } },
      Api: { Type: 'AWS::ApiGateway::RestApi', Metadata: { goblet: mark } },
      ApiStage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'b' } },
    },
  };
  expect(markedResources(template)).toEqual({
    functions: [],
    apis: [{ ...mark, kind: 'rest', logicalId: 'Api', stageId: 'ApiStage' }],
  });
});

test('a WebSocket API is told from an HTTP API', () => {
  const template = {
    Resources: {
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' }, Metadata: { goblet: mark } },
      Chat: {
        Type: 'AWS::ApiGatewayV2::Api',
        Properties: { ProtocolType: 'WEBSOCKET' },
        Metadata: { goblet: { ...mark, function: 'chat' } },
      },
    },
  };
  expect(markedResources(template).apis.map(({ kind, function: name }) => [kind, name])).toEqual([
    ['http', 'APIHandler'],
    ['websocket', 'chat'],
  ]);
});

test.each([
  ['no template', undefined],
  ['text', 'Resources'],
  ['a template without resources', { Description: 'goblet' }],
  ['resources that are none', { Resources: { A: null, B: 'text', C: { Type: 'AWS::Lambda::Function' } } }],
  [
    'a mark that is none of ours',
    { Resources: { A: { Type: 'AWS::Lambda::Function', Metadata: { goblet: { app: 1 } } } } },
  ],
])('%s has nothing of Goblet', (_what, template) => {
  expect(markedResources(template)).toEqual(NONE);
});

test('a template of YAML, short tags among it, is read as one of JSON is', () => {
  const yaml = `
Resources:
  Jobs:
    Type: AWS::Lambda::Function
    Metadata:
      goblet: { app: orders, function: jobs, inventory: "0123" }
    Properties:
      Role: !GetAtt Role.Arn
  Api:
    Type: AWS::ApiGatewayV2::Api
    Metadata:
      goblet: { app: orders, function: APIHandler, inventory: "0123" }
  Stage:
    Type: AWS::ApiGatewayV2::Stage
    Properties: { ApiId: { Ref: Api }, StageName: $default }
`;
  expect(markedResources(parseTemplate(yaml))).toEqual({
    functions: [{ app: 'orders', function: 'jobs', inventory: '0123', logicalId: 'Jobs' }],
    apis: [
      { app: 'orders', function: 'APIHandler', inventory: '0123', kind: 'http', logicalId: 'Api', stageId: 'Stage' },
    ],
  });
});

test.each([
  ['that is not YAML', 'Resources: [goblet'],
  ['that is nested too deep', `Resources: ${'['.repeat(100_000)}goblet`],
  [
    'whose aliases explode',
    `goblet: &a0 [x]\n${range(30)
      .map((n) => `k${n}: &a${n + 1} [*a${n}, *a${n}, *a${n}]`)
      .join('\n')}`,
  ],
])('a template %s has no mark', (_what, body) => {
  expect(markedResources(parseTemplate(body))).toEqual({ functions: [], apis: [] });
});
