import {
  AddPermissionCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionEventInvokeConfigCommand,
  GetLayerVersionByArnCommand,
  GetLayerVersionCommand,
  GetPolicyCommand,
  ListFunctionEventInvokeConfigsCommand,
  ListLayersCommand,
  PublishLayerVersionCommand,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LambdaCloud, lambdaCloud, ROLE, zip } from '../fixtures/lambda-cloud.js';

// Refusals as AWS was recorded to answer them by the tests of LocalStack (test_lambda_api.py, 2025-11 to 2026-01).

let cloud: LambdaCloud;
beforeAll(async () => {
  cloud = await lambdaCloud();
  await cloud.create('users', 'export const handler = 1;');
});
afterAll(() => cloud.close());

const ARN = 'arn:aws:lambda:eu-west-1:000000000000:function';
const FUNCTION = {
  FunctionName: 'new',
  Role: ROLE,
  Runtime: 'nodejs22.x',
  Handler: 'index.handler',
  Code: { ZipFile: zip('') },
} as const;
const LAYER = { LayerName: 'tools', Content: { ZipFile: zip('') } };
const PERMISSION = { StatementId: 's3', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' };
const none = { FunctionName: 'none' };
const users = { FunctionName: 'users' };

const RUNTIMES =
  '[nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, nodejs22.x, java25, python3.10, python3.11, java21, ruby3.3, ruby3.4, ruby3.2, python3.8, python3.9, java17, nodejs16.x, dotnet10, dotnet8, java11, dotnet6, nodejs18.x, provided.al2, java8.al2]';
const ARCHITECTURES =
  'Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]';
const NO_RESOURCE = 'The resource you requested does not exist.';
/** What the SDK's types do not let one say. */
const untyped = (input: object): never => input as never;

test.each<[string, object, string, string]>([
  [
    'two architectures',
    new CreateFunctionCommand({ ...FUNCTION, Architectures: ['x86_64', 'arm64'] }),
    'ValidationException',
    "1 validation error detected: Value '[x86_64, arm64]' at 'architectures' failed to satisfy constraint: Member must have length less than or equal to 1",
  ],
  [
    'an architecture in capitals',
    new CreateFunctionCommand(untyped({ ...FUNCTION, Architectures: ['X86_64'] })),
    'ValidationException',
    `1 validation error detected: Value '[X86_64]' at 'architectures' failed to satisfy constraint: ${ARCHITECTURES}`,
  ],
  [
    'a function with an unknown snapshot',
    new CreateFunctionCommand(untyped({ ...FUNCTION, SnapStart: { ApplyOn: 'invalidOption' } })),
    'ValidationException',
    "1 validation error detected: Value 'invalidOption' at 'snapStart.applyOn' failed to satisfy constraint: Member must satisfy enum value set: [PublishedVersions, None]",
  ],
  [
    'an unknown runtime',
    new CreateFunctionCommand(untyped({ ...FUNCTION, Runtime: 'PYTHON3.9' })),
    'InvalidParameterValueException',
    `Value PYTHON3.9 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: ${RUNTIMES} or be a valid ARN`,
  ],
  [
    'a layer of an unknown runtime',
    new PublishLayerVersionCommand(untyped({ ...LAYER, CompatibleRuntimes: ['cobol', 'nodejs20.x'] })),
    'ValidationException',
    `1 validation error detected: Value '[cobol, nodejs20.x]' at 'compatibleRuntimes' failed to satisfy constraint: Member must satisfy enum value set: ${RUNTIMES}`,
  ],
  [
    'a layer of an unknown architecture',
    new PublishLayerVersionCommand(untyped({ ...LAYER, CompatibleArchitectures: ['z80', 'x86_64'] })),
    'ValidationException',
    `1 validation error detected: Value '[z80, x86_64]' at 'compatibleArchitectures' failed to satisfy constraint: ${ARCHITECTURES}`,
  ],
  [
    'layers of an unknown architecture',
    new ListLayersCommand(untyped({ CompatibleArchitecture: 'z80' })),
    'ValidationException',
    "1 validation error detected: Value 'z80' at 'compatibleArchitecture' failed to satisfy constraint: Member must satisfy enum value set: [x86_64, arm64]",
  ],
  [
    'the version 0 of a layer',
    new GetLayerVersionCommand({ LayerName: 'tools', VersionNumber: 0 }),
    'InvalidParameterValueException',
    'Layer Version Cannot be less than 1',
  ],
  [
    'a version of a layer by the ARN of the layer',
    new GetLayerVersionByArnCommand({ Arn: 'arn:aws:lambda:eu-west-1:000000000000:layer:tools' }),
    'ValidationException',
    "1 validation error detected: Value 'arn:aws:lambda:eu-west-1:000000000000:layer:tools' at 'arn' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)",
  ],
  [
    'a permission on an alias that is not there',
    new AddPermissionCommand({ ...PERMISSION, FunctionName: 'users:live' }),
    'ResourceNotFoundException',
    `Cannot find alias arn: ${ARN}:users:live`,
  ],
  [
    'a permission on a version that is not there',
    new AddPermissionCommand({ ...PERMISSION, FunctionName: 'users:42' }),
    'ResourceNotFoundException',
    `Function not found: ${ARN}:users:42`,
  ],
  [
    'a permission on what can be neither',
    new AddPermissionCommand({ ...PERMISSION, ...users, Qualifier: 'valid-with-$' }),
    'ResourceNotFoundException',
    `Function not found: ${ARN}:users:valid-with-$`,
  ],
  [
    'a permission that was meant for another revision, where there is no policy yet',
    new AddPermissionCommand({ ...PERMISSION, ...users, RevisionId: 'wrong' }),
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to retrieve the latest Revision Id',
  ],
  [
    'taking a permission of no function',
    new RemovePermissionCommand({ ...none, StatementId: 's3' }),
    'ResourceNotFoundException',
    `No policy found for: ${ARN}:none`,
  ],
  ['the policy of no function', new GetPolicyCommand(none), 'ResourceNotFoundException', NO_RESOURCE],
  [
    'how no function takes events',
    new GetFunctionEventInvokeConfigCommand(none),
    'ResourceNotFoundException',
    `The function ${ARN}:none:$LATEST doesn't have an EventInvokeConfig`,
  ],
  [
    'taking back how no function takes events',
    new DeleteFunctionEventInvokeConfigCommand(none),
    'ResourceNotFoundException',
    `The function ${ARN}:none:$LATEST doesn't have an EventInvokeConfig`,
  ],
  [
    'saying how no function takes events',
    new PutFunctionEventInvokeConfigCommand({ ...none, MaximumRetryAttempts: 1 }),
    'ResourceNotFoundException',
    "The function doesn't exist.",
  ],
  [
    'saying how no alias takes events',
    new PutFunctionEventInvokeConfigCommand({ ...users, Qualifier: 'live', MaximumRetryAttempts: 1 }),
    'ResourceNotFoundException',
    "The function doesn't exist.",
  ],
  [
    'listing how no function takes events',
    new ListFunctionEventInvokeConfigsCommand(none),
    'ResourceNotFoundException',
    "The function doesn't exist.",
  ],
  [
    'deleting `$LATEST`',
    new DeleteFunctionCommand({ ...none, Qualifier: '$LATEST' }),
    'InvalidParameterValueException',
    '$LATEST version cannot be deleted without deleting the function.',
  ],
  [
    'a destination that is no ARN',
    new PutFunctionEventInvokeConfigCommand({
      ...users,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:_-/!lambda:eu-west-1:000000000000:function:a' } },
    }),
    'ValidationException',
    "1 validation error detected: Value 'arn:aws:_-/!lambda:eu-west-1:000000000000:function:a' at 'destinationConfig.onFailure.destination' failed to satisfy constraint: Member must satisfy regular expression pattern: $|kafka://([^.]([a-zA-Z0-9\\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)",
  ],
  [
    'deleting a version of no function',
    new DeleteFunctionCommand({ ...none, Qualifier: '1' }),
    'ResourceNotFoundException',
    `Function not found: ${ARN}:none`,
  ],
  [
    'deleting no function',
    new DeleteFunctionCommand(none),
    'ResourceNotFoundException',
    `Function not found: ${ARN}:none`,
  ],
])('%s is refused', async (_what, command, name, message) => {
  await expect(cloud.client.send(command as unknown as GetPolicyCommand)).rejects.toMatchObject({ name, message });
});

test('a version that is not there is deleted, as on AWS', async () => {
  await cloud.client.send(new DeleteFunctionCommand({ ...users, Qualifier: '1233' }));
});

// The variables and 7 bytes of JSON around them are 4097 bytes (test_large_environment_variables_fails).
test('the variables of a function are measured as JSON', async () => {
  const variables = (length: number) => ({ Environment: { Variables: { LARGE_VAR: 'x'.repeat(length) } } });
  await expect(cloud.create('large', '', variables(4081))).rejects.toThrow(
    /exceeded the 4KB limit. String measured: \{"LARGE_VAR":"x+"\}$/,
  );
  await cloud.create('large', 'export const handler = 1;', variables(4080));
});
