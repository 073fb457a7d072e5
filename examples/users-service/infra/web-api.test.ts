import { App, RemovalPolicy } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ServerlessChecks } from 'cdk-nag';
import { expect, test } from 'vitest';
import { WebApi } from './web-api.js';

const app = new App();
const dev = new WebApi(app, 'Dev', { tableRemovalPolicy: RemovalPolicy.DESTROY });
const prod = new WebApi(app, 'Prod', { tableRemovalPolicy: RemovalPolicy.RETAIN });
const devTemplate = Template.fromStack(dev);
const prodTemplate = Template.fromStack(prod);

test('the stack has exactly five outputs', () => {
  expect(Object.keys(devTemplate.findOutputs('*'))).toEqual([
    'UsersTableName',
    'APIHandlerArn',
    'APIHandlerName',
    'RestAPIId',
    'EndpointURL',
  ]);
});

test('the address ends in the stage', () => {
  const { EndpointURL } = devTemplate.findOutputs('EndpointURL');
  expect(EndpointURL?.Value['Fn::Join'][1].at(-1)).toBe('/');
  devTemplate.hasResourceProperties('AWS::ApiGateway::Stage', { StageName: 'v1' });
});

test('the table goes with the stack in dev and stays in prod', () => {
  devTemplate.hasResource('AWS::DynamoDB::Table', { DeletionPolicy: 'Delete' });
  prodTemplate.hasResource('AWS::DynamoDB::Table', { DeletionPolicy: 'Retain' });
  devTemplate.hasResourceProperties('AWS::DynamoDB::Table', {
    KeySchema: [{ AttributeName: 'username', KeyType: 'HASH' }],
  });
});

test('the handler may do to the table what it does, and nothing more', () => {
  devTemplate.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [
        {
          Action: ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:DeleteItem', 'dynamodb:Scan'],
          Effect: 'Allow',
          Resource: Match.anyValue(),
        },
      ],
    },
  });
});

test('the handler has the table’s name, its memory and its timeout', () => {
  devTemplate.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { DYNAMODB_TABLE_NAME: { Ref: Match.stringLikeRegexp('^UsersTable') } } },
    MemorySize: 128,
    Timeout: 10,
  });
});

test('the stages share one bundle', () => {
  const key = (template: Template) =>
    Object.values(template.findResources('AWS::Lambda::Function')).map(({ Properties }) => Properties.Code.S3Key);
  expect(key(devTemplate)).toEqual(key(prodTemplate));
});

test('cdk-nag’s Serverless pack has no finding that is not acknowledged with a reason', () => {
  const { violations } = new ServerlessChecks().validateScope(dev);
  expect(violations.map(({ ruleName }) => ruleName)).toEqual([]);
});
