import {
  CreateFunctionCommand,
  PublishLayerVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { zipOf } from '../../../runtime/fixtures/zip-of.js';
import { lambdaCloud, ROLE } from '../fixtures/lambda-cloud.js';

const HANDLER = 'export const handler = async () => process.env.WRAPPED ?? null;';
const WRAPPER = { name: 'wrapper', content: '#!/bin/sh\nexport WRAPPED="yes $LANG"\nexec "$@"\n', mode: 0o100755 };
const wrapped = (path: string) => ({ Environment: { Variables: { AWS_LAMBDA_EXEC_WRAPPER: path } } });

// Programs that start other programs are shell scripts here, which Windows does not run.
test.skipIf(process.platform === 'win32')('the wrapper of a package or of a layer starts the runtime', async () => {
  await using cloud = await lambdaCloud();
  const { LayerVersionArn = '' } = await cloud.client.send(
    new PublishLayerVersionCommand({ LayerName: 'tools', Content: { ZipFile: zipOf(WRAPPER) } }),
  );
  await cloud.client.send(
    new CreateFunctionCommand({
      FunctionName: 'users',
      Role: ROLE,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipOf({ name: 'index.mjs', content: HANDLER }, WRAPPER) },
      Layers: [LayerVersionArn],
      ...wrapped('/var/task/wrapper'),
    }),
  );
  expect((await cloud.invoke('users')).value).toBe('yes en_US.UTF-8');
  await cloud.client.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: 'users', ...wrapped('/opt/wrapper') }),
  );
  expect((await cloud.invoke('users')).value).toBe('yes en_US.UTF-8');
});

// test_lambda_runtime_wrapper_not_found, 2025-11.
test.skipIf(process.platform === 'win32')('a wrapper that is not there ends the runtime as on Lambda', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('users', HANDLER, wrapped('/var/task/nowhere'));
  const { value, error } = await cloud.invoke('users');
  expect([value, error]).toEqual([
    {
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(
        /^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 127$/,
      ),
    },
    'Unhandled',
  ]);
});
