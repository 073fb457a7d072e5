import { Goblet } from '@goblet/cdk';
import { Stack } from 'aws-cdk-lib';
import { Tracing } from 'aws-cdk-lib/aws-lambda';
import { ServerlessChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { fixture, unbundled } from './fixtures/stacks.js';

function findings(props: object): readonly string[] {
  const stack = new Stack(unbundled(), 'Stack');
  new Goblet(stack, 'Api', { entry: fixture('sixty-routes'), ...props });
  return new ServerlessChecks()
    .validateScope(stack)
    .violations.map(({ ruleName }) => ruleName)
    .sort();
}

describe('cdk-nag’s Serverless pack', () => {
  test('finds in an API what its owner decides on', () => {
    expect(findings({})).toEqual([
      'Serverless-APIGWAccessLogging',
      'Serverless-APIGWDefaultThrottling',
      'Serverless-APIGWXrayEnabled',
      'Serverless-LambdaDLQ',
      'Serverless-LambdaLatestVersion',
      'Serverless-LambdaTracing',
    ]);
  });

  test('finds neither logs nor throttle nor traces missing where the options ask for them', () => {
    const throttle = { rateLimit: 100, burstLimit: 200 };
    expect(findings({ accessLogs: true, throttle, tracing: Tracing.ACTIVE, tracingEnabled: true })).toEqual([
      'Serverless-LambdaDLQ',
      'Serverless-LambdaLatestVersion',
    ]);
  });
});
