import {
  CreateFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { AwsError } from '../../../core/aws-error.js';
import { restJsonProtocol } from '../../../gateway/protocols/rest-json.js';
import { lambdaCloud, ROLE, zip } from '../fixtures/lambda-cloud.js';

const FUNCTION = {
  FunctionName: 'users',
  Role: ROLE,
  Runtime: 'nodejs22.x',
  Handler: 'index.handler',
  Code: { ZipFile: zip('export const handler = async () => 1;') },
} as const;
const FunctionName = 'users';

// As recorded of AWS by the tests of LocalStack (test_function_lifecycle, test_publish_with_update, 2025-11).
test('a function is pending and in progress in the answers that create and change it, and ready after them', async () => {
  await using cloud = await lambdaCloud();
  const described = () => cloud.client.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const created = await cloud.client.send(new CreateFunctionCommand({ ...FUNCTION, Environment: { Variables: {} } }));
  expect(created).toMatchObject({
    State: 'Pending',
    StateReason: 'The function is being created.',
    StateReasonCode: 'Creating',
    Environment: { Variables: {} },
  });
  expect(created).not.toHaveProperty('LastUpdateStatus');
  const ready = await described();
  expect(ready).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful', Environment: { Variables: {} } });
  expect(ready).not.toHaveProperty('StateReason');
  expect(ready.RuntimeVersionConfig?.RuntimeVersionArn).toMatch(/^arn:aws:lambda:eu-west-1::runtime:[0-9a-f]{64}$/);
  const changed = await cloud.client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 5 }));
  expect(changed).toMatchObject({
    State: 'Active',
    LastUpdateStatus: 'InProgress',
    LastUpdateStatusReason: 'The function is being created.',
    LastUpdateStatusReasonCode: 'Creating',
  });
  const after = await described();
  expect(after).toMatchObject({ LastUpdateStatus: 'Successful', Timeout: 5 });
  const revisions = [created, ready, changed, after].map(({ RevisionId }) => RevisionId);
  expect(new Set(revisions).size).toBe(4);
  const published = await cloud.client.send(
    new UpdateFunctionCodeCommand({ FunctionName, ...FUNCTION.Code, Publish: true }),
  );
  expect(published).toMatchObject({ Version: '1', State: 'Pending', StateReasonCode: 'Creating' });
});

// test_advanced_logging_configuration_format_switch, 2025-11.
test('JSON logs have levels, and those in text have none', async () => {
  await using cloud = await lambdaCloud();
  await cloud.client.send(new CreateFunctionCommand({ ...FUNCTION, LoggingConfig: { LogFormat: 'JSON' } }));
  const { Configuration } = await cloud.client.send(new GetFunctionCommand({ FunctionName }));
  expect(Configuration?.LoggingConfig).toEqual({
    LogFormat: 'JSON',
    LogGroup: '/aws/lambda/users',
    ApplicationLogLevel: 'INFO',
    SystemLogLevel: 'INFO',
  });
  const changed = await cloud.client.send(
    new UpdateFunctionConfigurationCommand({ FunctionName, LoggingConfig: { LogFormat: 'Text' } }),
  );
  expect(changed.LoggingConfig).toEqual({ LogFormat: 'Text', LogGroup: '/aws/lambda/users' });
});

// test_get_function_wrong_region, 2025-11.
test('a function of another region is out of reach', async () => {
  await using cloud = await lambdaCloud();
  const there = { FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:users' };
  const refusal = {
    name: 'ResourceNotFoundException',
    message: "Functions from 'us-east-1' are not reachable in this region ('eu-west-1')",
  };
  await expect(cloud.client.send(new GetFunctionCommand(there))).rejects.toMatchObject(refusal);
  await expect(cloud.client.send(new InvokeCommand(there))).rejects.toMatchObject(refusal);
});

test.each([
  ['ResourceNotFoundException', 'Message'],
  ['InvalidParameterValueException', 'message'],
  ['ResourceConflictException', 'message'],
  ['ValidationException', 'message'],
])('the text of %s is its %s', (code, member) => {
  const error = new AwsError(code, 'The text.', 400, { Type: 'User' });
  const { body } = restJsonProtocol([{ model: 'lambda' }]).encodeError(error, 'id', {
    method: 'GET',
    path: '/',
    query: '',
    headers: [],
    sourceIp: '127.0.0.1',
    signal: new AbortController().signal,
  });
  expect(JSON.parse(String(body))).toEqual({ Type: 'User', [member]: 'The text.' });
});
