import { Goblet } from '@goblet/cdk';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import type { app as variablesApp } from './fixtures/lambda-variables/app.js';
import { fixture, refusal, unbundled } from './fixtures/stacks.js';

type Props = ConstructorParameters<typeof Goblet<typeof variablesApp>>[2];

function variables(environment: Props['environment'], more: Partial<Props> = {}): unknown {
  const stack = new Stack(unbundled(), 'Stack');
  new Goblet<typeof variablesApp>(stack, 'Api', { entry: fixture('lambda-variables'), environment, ...more });
  const [fn] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  return fn?.Properties.Environment.Variables;
}

test('what Lambda sets itself is not asked for, though the app reads it', () => {
  expect(variables({ TABLE: 'users' })).toEqual({ TABLE: 'users' });
});

test('what Lambda sets itself is refused, as Lambda would', () => {
  // @ts-expect-error: nobody but Lambda can set it
  expect(refusal(() => variables({ TABLE: 'users', AWS_REGION: 'eu-west-1' })).message).toBe(
    'GOBLET_CDK_ENVIRONMENT_UNKNOWN: environment has AWS_REGION, which Lambda sets itself; leave it out',
  );
});

test('a name that Lambda does not take is refused', () => {
  const stack = new Stack(unbundled(), 'Stack');
  const props = { entry: fixture('short-variable'), environment: { N: '1' } };
  expect(refusal(() => new Goblet(stack, 'Api', props)).message).toBe(
    'GOBLET_CDK_ENVIRONMENT_UNKNOWN: the app (fixtures/short-variable/app.ts:3) reads N, but Lambda accepts only names of at least two letters, digits or _ that start with a letter; give the variable another name',
  );
});

test('what the framework and Node read can be set, though the app declares neither', () => {
  const environment = { TABLE: 'users', GOBLET_LOG_LEVEL: 'debug', NODE_OPTIONS: '--no-warnings' };
  expect(variables(environment)).toEqual(environment);
  expect(variables(environment, { sourceMaps: true })).toMatchObject({
    NODE_OPTIONS: '--no-warnings --enable-source-maps',
  });
});
