import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Goblet } from '@goblet/cdk';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { expect, test } from 'vitest';
import { fixture } from './fixtures/stacks.js';

function service(stack: Stack, id: string, table: string): Goblet {
  return new Goblet(stack, id, {
    entry: fixture('service'),
    environment: { TABLE: table },
    sources: { jobs: new sqs.Queue(stack, `${id}Jobs`) },
    outputs: { prefix: id },
  });
}

interface FunctionProperties {
  readonly Handler: string;
  readonly Code: { readonly S3Key: string };
  readonly Environment?: { readonly Variables: Readonly<Record<string, string>> };
}

function functions(stack: Stack): readonly FunctionProperties[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function')).map(
    ({ Properties }) => Properties,
  );
}

const tablesOf = (stack: Stack) => functions(stack).map(({ Environment }) => Environment?.Variables.TABLE);
const bundlesOf = (stack: Stack) => new Set(functions(stack).map(({ Code }) => Code.S3Key.replace('.zip', '')));

test('two services of one stack share neither routes nor functions, environment or code', () => {
  const app = new App();
  const stack = new Stack(app, 'Both');
  service(stack, 'Service', 'users');
  new Goblet(stack, 'Streaming', { entry: fixture('streaming'), outputs: { prefix: 'Streaming' } });

  const apis = Object.values(Template.fromStack(stack).findResources('AWS::ApiGateway::RestApi'));
  expect(apis.map(({ Properties }) => Object.keys(Properties.Body.paths))).toEqual([
    ['/items', '/reports/daily'],
    ['/numbers', '/plain'],
  ]);
  expect(tablesOf(stack)).toEqual(['users', 'users', 'users', 'users', undefined, undefined]);
  const { directory } = app.synth();
  const code = [...bundlesOf(stack)].map((hash) => readFileSync(join(directory, `asset.${hash}`, 'index.mjs'), 'utf8'));
  expect(code.map((text) => [text.includes('/items'), text.includes('/numbers')])).toEqual([
    [true, false],
    [false, true],
  ]);
});

test('one service twice in one stack, and again in another, keeps each environment where it was given', () => {
  const app = new App();
  const [both, other] = [new Stack(app, 'Both'), new Stack(app, 'Other')];
  service(both, 'One', 'one');
  service(both, 'Two', 'two');
  service(other, 'Three', 'three');

  expect(tablesOf(both)).toEqual(['one', 'one', 'one', 'one', 'two', 'two', 'two', 'two']);
  expect(tablesOf(other)).toEqual(['three', 'three', 'three', 'three']);
  expect(new Set([...bundlesOf(both), ...bundlesOf(other)]).size).toBe(1);
});
