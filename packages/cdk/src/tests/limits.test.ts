import { Goblet } from '@goblet/cdk';
import { CfnParameter, Annotations as Given, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { describe, expect, test } from 'vitest';
import { fixture, refusal, unbundled } from './fixtures/stacks.js';

function made(name: string, props: object = {}) {
  const stack = new Stack(unbundled(), 'Stack');
  return { stack, api: new Goblet(stack, 'Api', { entry: fixture(name), ...props }) };
}

const refused = (name: string, props: object = {}) => refusal(() => made(name, props)).message;
const warnings = (stack: Stack) => Annotations.fromStack(stack).findWarning('*', Match.anyValue());

describe('an app beyond a quota that AWS raises on request', () => {
  test.each([
    ['many-resources', /^the paths make 301 resources .*app\.ts:5\) \[ack: GOBLET_BUILD_QUOTA_RESOURCES\]$/],
    ['many-routes', /^the app has 302 routes .*app\.ts:5\) \[ack: GOBLET_BUILD_QUOTA_ROUTES\]$/],
  ])('is synthesized with a warning: %s', (name, message) => {
    const { stack } = made(name);
    expect(warnings(stack).map(({ id, entry }) => [id, entry.data])).toEqual([
      ['/Stack/Api', expect.stringMatching(message)],
    ]);
    expect(Object.keys(Template.fromStack(stack).toJSON().Resources).length).toBeLessThanOrEqual(500);
  });

  test('is synthesized without it where the warning is acknowledged', () => {
    const { stack, api } = made('many-routes');
    Given.of(api).acknowledgeWarning('GOBLET_BUILD_QUOTA_ROUTES', 'raised to 400');
    expect(warnings(stack)).toEqual([]);
  });
});

test('an app within its quotas has no warnings', () => {
  expect(warnings(made('sixty-routes').stack)).toEqual([]);
});

test('a definition that fits into no template is refused', () => {
  expect(refused('too-large')).toMatch(
    /^GOBLET_CDK_TEMPLATE_TOO_LARGE: the definition of 3600 routes has 1\d{6} bytes, but CloudFormation accepts templates of at most 1000000; move routes into another app$/,
  );
});

describe('stage variables beyond what a stage takes are refused', () => {
  const some = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`v${n}`, 'v']));

  test.each([
    ['a text too long', { a: 'v'.repeat(513) }],
    ['a text that is empty', { a: '' }],
    ['a name too long', { ['n'.repeat(65)]: 'v' }],
    ['too many', some(101)],
  ])('%s', (_what, stageVariables) => {
    expect(refused('sixty-routes', { stageVariables })).toMatch(
      /^GOBLET_CDK_OPTION: stageVariables .*64 letters.*1 to 512 letters.*100 at most$/,
    );
  });

  test('not at their limits, nor where a value is known only when the stack is deployed', () => {
    const stack = new Stack(unbundled(), 'Stack');
    const colour = new CfnParameter(stack, 'Colour').valueAsString;
    const stageVariables = { ...some(98), ['n'.repeat(64)]: 'v'.repeat(512), colour };
    expect(() => new Goblet(stack, 'Api', { entry: fixture('http-open'), stageVariables })).not.toThrow();
  });
});

test('a token issuer of more audiences than an HTTP API takes is refused', () => {
  const audience = (count: number) => Array.from({ length: count }, (_, n) => `a${n}`);
  const user = (count: number) => ({ auth: { user: { issuer: 'https://i.example', audience: audience(count) } } });
  expect(() => made('http-jwt', user(50))).not.toThrow();
  expect(refused('http-jwt', user(51))).toBe(
    'GOBLET_CDK_OPTION: the authorizer user accepts 51 audiences, but an HTTP API allows 50; give fewer in auth: { user: … }',
  );
});

test('every name that the build takes reaches the template whole, and descriptions are cut to what Lambda takes', () => {
  const stack = new Stack(unbundled(), 'Stack');
  const pool = new cognito.UserPool(stack, 'Pool');
  new Goblet(stack, 'Api', { entry: fixture('odd-names'), auth: { 'my-pool.eu': pool } });
  const template = Template.fromStack(stack);
  const [api] = Object.values(template.findResources('AWS::ApiGateway::RestApi'));
  const { securitySchemes } = api?.Properties.Body.components ?? {};
  expect(securitySchemes['my-pool.eu']['x-amazon-apigateway-authorizer'].providerARNs).toEqual([
    stack.resolve(pool.userPoolArn),
  ]);
  const [handler] = Object.values(template.findResources('AWS::Lambda::Function'));
  expect(handler?.Properties.Description).toHaveLength(256);
});
