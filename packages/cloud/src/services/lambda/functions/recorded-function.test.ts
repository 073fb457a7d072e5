import { GetFunctionConfigurationCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import type { CloudEvent } from '../../../core/cloud.js';
import { lambdaCloud } from '../fixtures/lambda-cloud.js';

const HANDLER = 'export const handler = async () => process.env.AWS_EXECUTION_ENV;';

test('a function in a language that does not run here is made, and an invocation says so', async () => {
  const events: CloudEvent[] = [];
  await using cloud = await lambdaCloud({ onEvent: (event) => events.push(event) });
  await cloud.create('reports', HANDLER, { Runtime: 'python3.12' });
  const { FunctionError, Payload } = await cloud.client.send(new InvokeCommand({ FunctionName: 'reports' }));
  expect(FunctionError).toBe('Unhandled');
  expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toEqual({
    errorType: 'Runtime.Unsupported',
    errorMessage: 'The function reports is only recorded: the runtime python3.12 does not run in the local cloud',
  });
  expect(events.filter(({ kind }) => kind === 'warning')).toHaveLength(1);
});

test('a retired Node.js runtime runs, with a warning', async () => {
  const warnings: string[] = [];
  await using cloud = await lambdaCloud({
    onEvent: (event) => event.kind === 'warning' && warnings.push(event.message),
  });
  await cloud.create('old', HANDLER, { Runtime: 'nodejs14.x' });
  const { Payload } = await cloud.client.send(new InvokeCommand({ FunctionName: 'old' }));
  expect(Buffer.from(Payload ?? []).toString()).toBe('"AWS_Lambda_nodejs14.x"');
  expect(warnings).toEqual([expect.stringContaining('nodejs14.x, which AWS has retired, run on Node.js')]);
});

test('a runtime that Lambda never had is refused', async () => {
  await using cloud = await lambdaCloud();
  await expect(cloud.create('odd', HANDLER, { Runtime: 'nodejs17.x' as never })).rejects.toThrow('enum value set');
});

test('what changes nothing here is stored and answered back', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('users', HANDLER, {
    VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
    SnapStart: { ApplyOn: 'PublishedVersions' },
    KMSKeyArn: 'arn:aws:kms:eu-west-1:000000000000:key/a',
  });
  expect(await cloud.client.send(new GetFunctionConfigurationCommand({ FunctionName: 'users' }))).toMatchObject({
    VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
    SnapStart: { ApplyOn: 'PublishedVersions', OptimizationStatus: 'Off' },
    KMSKeyArn: 'arn:aws:kms:eu-west-1:000000000000:key/a',
  });
});
