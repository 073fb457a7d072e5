import {
  AddPermissionCommand,
  CreateAliasCommand,
  DeleteFunctionCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetPolicyCommand,
  InvokeCommand,
  ListFunctionsCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { lambdaCloud, ROLE, zip } from '../fixtures/lambda-cloud.js';

const ONE = 'export const handler = async () => 1;';
const TWO = 'export const handler = async () => 2;';
const ARN = 'arn:aws:lambda:eu-west-1:000000000000:function:users';

test('a function is described as it was made', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('users', ONE, {
    Architectures: ['arm64'],
    Description: 'the users',
    MemorySize: 256,
    Timeout: 10,
    Tags: { team: 'users' },
    LoggingConfig: { LogGroup: '/users' },
    TracingConfig: { Mode: 'Active' },
  });
  const { Configuration, Tags } = await cloud.client.send(new GetFunctionCommand({ FunctionName: ARN }));
  expect(Configuration).toMatchObject({
    FunctionName: 'users',
    FunctionArn: ARN,
    Architectures: ['arm64'],
    Description: 'the users',
    MemorySize: 256,
    Timeout: 10,
    Role: ROLE,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    LoggingConfig: { LogFormat: 'Text', LogGroup: '/users' },
    TracingConfig: { Mode: 'Active' },
    Version: '$LATEST',
  });
  expect(Configuration?.CodeSha256).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  expect(Tags).toEqual({ team: 'users' });
  const { Functions } = await cloud.client.send(new ListFunctionsCommand({}));
  expect(Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['users']);
});

test('a name is taken once', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('users', ONE);
  await expect(cloud.create('users', ONE)).rejects.toMatchObject({
    name: 'ResourceConflictException',
    message: 'Function already exist: users',
  });
});

test('what AWS refuses is refused in its words', async () => {
  await using cloud = await lambdaCloud();
  const refused = (settings: object, files: string | Record<string, string> = ONE) =>
    expect(cloud.create('users', files, settings)).rejects;
  await refused({ MemorySize: 64 }).toMatchObject({
    name: 'ValidationException',
    message:
      "1 validation error detected: Value '64' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128",
  });
  await refused({ Timeout: 901, MemorySize: 1 }).toThrow(/^2 validation errors detected: .*timeout.*; .*memorySize/);
  await refused({ Role: 'arn:aws:iam::000000000000:role/missing' }).toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'The role defined for the function cannot be assumed by Lambda.',
  });
  await refused({ Code: { ZipFile: Buffer.from('no zip') } }).toThrow('Could not unzip uploaded file.');
  await refused({ Environment: { Variables: { AWS_REGION: 'x' } } }).toThrow(/reserved keys .* AWS_REGION$/);
  await refused({ DurableConfig: { ExecutionTimeout: 1 } }).toThrow('does not support DurableConfig');
  await refused({ Layers: ['arn:aws:lambda:eu-west-1:000000000000:layer:x:1'] }).toThrow(
    'Layer version arn:aws:lambda:eu-west-1:000000000000:layer:x:1 does not exist.',
  );
  await refused({}, { '../out.js': '' }).toThrow('a path that leads out of it');
});

test('new code and new configuration count from the next call on', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('users', 'export const handler = async () => process.env.WHO ?? 1;');
  expect((await cloud.invoke('users')).value).toBe(1);
  const before = await cloud.client.send(new GetFunctionCommand({ FunctionName: 'users' }));
  await cloud.client.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: 'users', Environment: { Variables: { WHO: 'me' } } }),
  );
  expect((await cloud.invoke('users')).value).toBe('me');
  const after = await cloud.client.send(new UpdateFunctionCodeCommand({ FunctionName: 'users', ZipFile: zip(TWO) }));
  expect(after.CodeSha256).not.toBe(before.Configuration?.CodeSha256);
  expect(after.Environment?.Variables).toEqual({ WHO: 'me' });
  expect((await cloud.invoke('users')).value).toBe(2);
});

test('a change meant for another revision is refused', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('users', ONE);
  const command = new UpdateFunctionCodeCommand({ FunctionName: 'users', ZipFile: zip(TWO), RevisionId: 'old' });
  await expect(cloud.client.send(command)).rejects.toMatchObject({ name: 'PreconditionFailedException' });
});

test('a deleted function is gone with its environments', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('users', 'export const handler = async () => process.pid;');
  const { value: pid } = await cloud.invoke('users');
  await cloud.client.send(new DeleteFunctionCommand({ FunctionName: 'users' }));
  await expect(cloud.invoke('users')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect
    .poll(() => {
      try {
        return process.kill(Number(pid), 0);
      } catch {
        return 'gone';
      }
    })
    .toBe('gone');
});

test('versions keep what was published, and aliases lead to them', async () => {
  await using cloud = await lambdaCloud();
  const { client } = cloud;
  await cloud.create('users', ONE);
  const first = await client.send(new PublishVersionCommand({ FunctionName: 'users', Description: 'first' }));
  expect(first).toMatchObject({ Version: '1', FunctionArn: `${ARN}:1`, Description: 'first' });
  expect(await client.send(new PublishVersionCommand({ FunctionName: 'users' }))).toMatchObject({ Version: '1' });
  await client.send(new CreateAliasCommand({ FunctionName: 'users', Name: 'live', FunctionVersion: '1' }));
  await client.send(new UpdateFunctionCodeCommand({ FunctionName: 'users', ZipFile: zip(TWO), Publish: true }));
  const call = async (Qualifier?: string) => {
    const output = await client.send(new InvokeCommand({ FunctionName: 'users', Qualifier }));
    return [Buffer.from(output.Payload ?? []).toString(), output.ExecutedVersion];
  };
  expect(await call()).toEqual(['2', '$LATEST']);
  expect(await call('1')).toEqual(['1', '1']);
  expect(await call('live')).toEqual(['1', '1']);
  await client.send(new UpdateAliasCommand({ FunctionName: 'users', Name: 'live', FunctionVersion: '2' }));
  expect(await call('live')).toEqual(['2', '2']);
  await expect(client.send(new DeleteFunctionCommand({ FunctionName: 'users', Qualifier: '2' }))).rejects.toMatchObject(
    {
      name: 'ResourceConflictException',
    },
  );
  await client.send(new DeleteFunctionCommand({ FunctionName: 'users', Qualifier: '1' }));
  const { Versions } = await client.send(new ListVersionsByFunctionCommand({ FunctionName: 'users' }));
  expect(Versions?.map(({ Version }) => Version)).toEqual(['$LATEST', '2']);
});

// As AWS was recorded to answer in November 2025.
test('an alias that shares its calls is described as its main version', async () => {
  await using cloud = await lambdaCloud();
  const { client } = cloud;
  await cloud.create('users', ONE, { Publish: true });
  await client.send(new UpdateFunctionCodeCommand({ FunctionName: 'users', ZipFile: zip(TWO), Publish: true }));
  const RoutingConfig = { AdditionalVersionWeights: { 2: 1 } };
  const alias = { FunctionName: 'users', Name: 'live', FunctionVersion: '1', RoutingConfig };
  await client.send(new CreateAliasCommand(alias));
  const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName: 'users', Qualifier: 'live' }));
  expect(Configuration?.Version).toBe('1');
  const { ExecutedVersion } = await client.send(new InvokeCommand({ FunctionName: 'users', Qualifier: 'live' }));
  expect(ExecutedVersion).toBe('2');
});

test('permissions make up the policy of the function', async () => {
  await using cloud = await lambdaCloud();
  const { client } = cloud;
  await cloud.create('users', ONE);
  await expect(client.send(new GetPolicyCommand({ FunctionName: 'users' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  const permission = {
    FunctionName: 'users',
    StatementId: 'api',
    Action: 'lambda:InvokeFunction',
    Principal: 'apigateway.amazonaws.com',
    SourceArn: 'arn:aws:execute-api:eu-west-1:000000000000:abc/*/*/*',
  };
  await client.send(new AddPermissionCommand(permission));
  await expect(client.send(new AddPermissionCommand(permission))).rejects.toMatchObject({
    name: 'ResourceConflictException',
  });
  const { Policy } = await client.send(new GetPolicyCommand({ FunctionName: 'users' }));
  expect(JSON.parse(Policy ?? '')).toEqual({
    Version: '2012-10-17',
    Id: 'default',
    Statement: [
      {
        Sid: 'api',
        Effect: 'Allow',
        Principal: { Service: 'apigateway.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: ARN,
        Condition: { ArnLike: { 'AWS:SourceArn': permission.SourceArn } },
      },
    ],
  });
  await client.send(new RemovePermissionCommand({ FunctionName: 'users', StatementId: 'api' }));
  await expect(
    client.send(new RemovePermissionCommand({ FunctionName: 'users', StatementId: 'api' })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('permissions added at once are all there', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('users', ONE);
  const ids = Array.from({ length: 20 }, (_, at) => `s${at}`);
  await Promise.all(
    ids.map((StatementId) =>
      cloud.client.send(
        new AddPermissionCommand({
          FunctionName: 'users',
          StatementId,
          Action: 'lambda:InvokeFunction',
          Principal: 's3.amazonaws.com',
        }),
      ),
    ),
  );
  const { Policy } = await cloud.client.send(new GetPolicyCommand({ FunctionName: 'users' }));
  const sids = (JSON.parse(Policy ?? '') as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid);
  expect(sids.sort()).toEqual(ids.sort());
});

test('reserved concurrency is kept free for a function, and is its limit', async () => {
  await using cloud = await lambdaCloud();
  const { client } = cloud;
  await cloud.create('users', 'export const handler = () => new Promise((done) => setTimeout(done, 400, 1));');
  await client.send(new PutFunctionConcurrencyCommand({ FunctionName: 'users', ReservedConcurrentExecutions: 2 }));
  const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
  expect(AccountLimit).toMatchObject({ ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 998 });
  const results = await Promise.allSettled([1, 2, 3].map(() => cloud.invoke('users')));
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { name: 'TooManyRequestsException', Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
  });
  const tooMany = new PutFunctionConcurrencyCommand({ FunctionName: 'users', ReservedConcurrentExecutions: 950 });
  const refused = await client.send(tooMany).catch((error: unknown) => error);
  // AWS was recorded in November 2025 not to say that the user is to blame.
  expect(refused).toMatchObject({ name: 'InvalidParameterValueException', Type: undefined });
});

test('tags come and go', async () => {
  await using cloud = await lambdaCloud();
  const { client } = cloud;
  await cloud.create('users', ONE, { Tags: { a: '1' } });
  await client.send(new TagResourceCommand({ Resource: ARN, Tags: { b: '2', c: '3' } }));
  await client.send(new UntagResourceCommand({ Resource: ARN, TagKeys: ['a', 'c'] }));
  expect((await client.send(new ListTagsCommand({ Resource: ARN }))).Tags).toEqual({ b: '2' });
});

test('functions of two accounts and regions live side by side', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('users', ONE);
  const { LambdaClient } = await import('@aws-sdk/client-lambda');
  const elsewhere = new LambdaClient(cloud.clientConfig({ account: '123456789012', region: 'us-east-1' }));
  expect((await elsewhere.send(new ListFunctionsCommand({}))).Functions).toEqual([]);
});
