import {
  GetCodeSigningConfigCommand,
  GetFunctionCodeSigningConfigCommand,
  GetFunctionCommand,
  GetFunctionRecursionConfigCommand,
  GetFunctionUrlConfigCommand,
  GetLayerVersionPolicyCommand,
  GetPolicyCommand,
  GetProvisionedConcurrencyConfigCommand,
  GetRuntimeManagementConfigCommand,
  InvokeCommand,
  ListTagsCommand,
  PublishLayerVersionCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { lambdaCloud, ROLE, zip } from '../fixtures/lambda-cloud.js';
import { resourceContext } from '../fixtures/resource-context.js';
import { alias } from './alias.js';
import { codeSigningConfig } from './code-signing-config.js';
import { lambdaFunction } from './function.js';
import { layerVersionPermission } from './layer-version-permission.js';
import { permission } from './permission.js';
import { url } from './url.js';
import { version } from './version.js';

const ARN = 'arn:aws:lambda:eu-west-1:000000000000:function:users';
const source = (value: number) => ({ ZipFile: `exports.handler = async () => ${value};` });
const properties = { Role: ROLE, Runtime: 'nodejs22.x', Handler: 'index.handler', Code: source(1) };

test('a function is made, changed to exactly what the template says, changed back, and deleted', async () => {
  await using cloud = await lambdaCloud();
  const context = resourceContext(cloud, 'Users');
  const rich = {
    ...properties,
    Code: source(2),
    MemorySize: 512,
    Timeout: 30,
    Environment: { Variables: { KEY: 'b' } },
    LoggingConfig: { LogGroup: '/users', LogFormat: 'JSON', ApplicationLogLevel: 'WARN' },
    ReservedConcurrentExecutions: 5,
    DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-west-1:000000000000:dead' },
    Tags: [{ Key: 'team', Value: 'users' }],
  };
  const described = async () => {
    const { Configuration, Concurrency, Tags } = await cloud.client.send(
      new GetFunctionCommand({ FunctionName: 'users' }),
    );
    const { RevisionId, LastModified, ...rest } = Configuration ?? {};
    return { ...rest, Concurrency, Tags };
  };
  const state = await lambdaFunction.create('users', properties, context);
  expect(state.attributes).toMatchObject({ Arn: ARN });
  expect((await cloud.invoke('users')).value).toBe(1);
  const before = await described();
  await lambdaFunction.update('users', rich, properties, context);
  expect((await cloud.invoke('users')).value).toBe(2);
  expect(await described()).toMatchObject({
    MemorySize: 512,
    Timeout: 30,
    Environment: { Variables: { KEY: 'b' } },
    LoggingConfig: { LogGroup: '/users', LogFormat: 'JSON', ApplicationLogLevel: 'WARN' },
    Concurrency: { ReservedConcurrentExecutions: 5 },
    Tags: { app: 'users', team: 'users', 'aws:cloudformation:logical-id': 'Users' },
  });
  await lambdaFunction.update('users', properties, rich, context);
  expect(await described()).toEqual(before);
  await lambdaFunction.delete('users', properties, context);
  await lambdaFunction.delete('users', properties, context);
  await expect(cloud.invoke('users')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a create that was cut off is taken up, but a function of somebody else is not taken over', async () => {
  await using cloud = await lambdaCloud();
  const context = resourceContext(cloud, 'Users');
  await lambdaFunction.create('users', properties, context);
  await lambdaFunction.create('users', { ...properties, Code: source(3) }, context);
  expect((await cloud.invoke('users')).value).toBe(3);
  await cloud.create('others', 'export const handler = 1;');
  await expect(lambdaFunction.create('others', properties, context)).rejects.toThrow('Function already exist: others');
});

test('properties that the local cloud has not are refused by name', async () => {
  await using cloud = await lambdaCloud();
  const context = resourceContext(cloud, 'Users');
  for (const [name, value] of Object.entries({
    DurableConfig: { ExecutionTimeout: 1 },
    Unheard: 1,
  })) {
    await expect(lambdaFunction.create('users', { ...properties, [name]: value }, context)).rejects.toThrow(name);
  }
});

test('a permission is a statement under its physical id', async () => {
  await using cloud = await lambdaCloud();
  const context = resourceContext(cloud, 'Invoke');
  await cloud.create('users', 'export const handler = 1;');
  const granted = { FunctionName: ARN, Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' };
  await permission.create('app-Invoke-X', granted, context);
  await permission.create('app-Invoke-X', granted, context);
  const { Policy } = await cloud.client.send(new GetPolicyCommand({ FunctionName: 'users' }));
  expect(JSON.parse(Policy ?? '')).toMatchObject({ Statement: [{ Sid: 'app-Invoke-X' }] });
  await permission.delete('app-Invoke-X', granted, context);
  await permission.delete('app-Invoke-X', granted, context);
  await expect(cloud.client.send(new GetPolicyCommand({ FunctionName: 'users' }))).rejects.toThrow();
});

test('versions and aliases follow the function', async () => {
  await using cloud = await lambdaCloud();
  const context = resourceContext(cloud, 'Live');
  await lambdaFunction.create('users', properties, context);
  const first = await version.create('app-V1', { FunctionName: 'users' }, context);
  expect(first).toMatchObject({ ref: `${ARN}:1`, attributes: { Version: '1', FunctionArn: `${ARN}:1` } });
  expect(await version.create('app-V1', { FunctionName: 'users' }, context)).toEqual(first);
  await expect(version.create('app-V2', { FunctionName: 'users' }, context)).rejects.toThrow(
    'A version for this Lambda function exists ( 1 ).',
  );
  const live = { FunctionName: 'users', Name: 'live', FunctionVersion: '1' };
  const id = alias.newId?.(live, context) ?? '';
  expect(await alias.create(id, live, context)).toMatchObject({ ref: `${ARN}:live` });
  await lambdaFunction.update('users', { ...properties, Code: source(2) }, properties, context);
  await version.create('app-V2', { FunctionName: 'users' }, context);
  await alias.update(id, { ...live, FunctionVersion: '2' }, live, context);
  const output = await cloud.client.send(new InvokeCommand({ FunctionName: `${ARN}:live` }));
  expect(Buffer.from(output.Payload ?? []).toString()).toBe('2');
  await version.delete('app-V1', { FunctionName: 'users' }, context);
  await version.delete('app-V1', { FunctionName: 'users' }, context);
  await alias.delete(id, live, context);
  await expect(cloud.client.send(new InvokeCommand({ FunctionName: 'users', Qualifier: '1' }))).rejects.toThrow();
  expect((await cloud.client.send(new ListTagsCommand({ Resource: ARN }))).Tags).toMatchObject({ app: 'users' });
});

test('provisioned concurrency of versions and aliases comes and goes with the template', async () => {
  await using cloud = await lambdaCloud();
  const context = resourceContext(cloud, 'Live');
  await lambdaFunction.create('users', properties, context);
  const ProvisionedConcurrencyConfig = { ProvisionedConcurrentExecutions: 2 };
  const RuntimePolicy = { UpdateRuntimeOn: 'FunctionUpdate' };
  const status = async (Qualifier: string) =>
    (await cloud.client.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName: 'users', Qualifier }))).Status;
  await version.create('Version', { FunctionName: 'users', ProvisionedConcurrencyConfig, RuntimePolicy }, context);
  expect(await status('1')).toBe('READY');
  const management = new GetRuntimeManagementConfigCommand({ FunctionName: 'users', Qualifier: '1' });
  expect(await cloud.client.send(management)).toMatchObject({ UpdateRuntimeOn: 'FunctionUpdate' });
  const live = { FunctionName: 'users', Name: 'live', FunctionVersion: '$LATEST' };
  await alias.create(`${ARN}:live`, { ...live, ProvisionedConcurrencyConfig }, context);
  expect(await status('live')).toBe('READY');
  await alias.update(`${ARN}:live`, live, { ...live, ProvisionedConcurrencyConfig }, context);
  await expect(status('live')).rejects.toMatchObject({ name: 'ProvisionedConcurrencyConfigNotFoundException' });
});

test('a function’s code signing, recursion and runtime management follow the template', async () => {
  await using cloud = await lambdaCloud();
  const context = resourceContext(cloud, 'Users');
  const id = 'arn:aws:lambda:eu-west-1:000000000000:code-signing-config:csc-abcdefghijklmnopq';
  const signing = { AllowedPublishers: { SigningProfileVersionArns: ['arn:aws:signer:eu-west-1:000000000000:/a'] } };
  await codeSigningConfig.create(id, signing, context);
  const policies = { CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Enforce' } };
  await codeSigningConfig.update(id, { ...signing, ...policies }, signing, context);
  const config = () => cloud.client.send(new GetCodeSigningConfigCommand({ CodeSigningConfigArn: id }));
  expect((await config()).CodeSigningConfig).toMatchObject(policies);
  const managed = {
    ...properties,
    CodeSigningConfigArn: id,
    RecursiveLoop: 'Allow',
    RuntimeManagementConfig: { UpdateRuntimeOn: 'FunctionUpdate' },
  };
  const users = { FunctionName: 'users' };
  const described = async () => [
    (await cloud.client.send(new GetFunctionCodeSigningConfigCommand(users))).CodeSigningConfigArn,
    (await cloud.client.send(new GetFunctionRecursionConfigCommand(users))).RecursiveLoop,
    (await cloud.client.send(new GetRuntimeManagementConfigCommand(users))).UpdateRuntimeOn,
  ];
  await lambdaFunction.create('users', managed, context);
  expect(await described()).toEqual([id, 'Allow', 'FunctionUpdate']);
  await lambdaFunction.update('users', properties, managed, context);
  expect(await described()).toEqual([undefined, 'Terminate', 'Auto']);
  await codeSigningConfig.delete(id, signing, context);
  await codeSigningConfig.delete(id, signing, context);
  await expect(config()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a layer version’s permission is made once, and deleted', async () => {
  await using cloud = await lambdaCloud();
  const context = resourceContext(cloud, 'Friends');
  const Content = { ZipFile: zip({ 'a.js': '' }) };
  const { LayerVersionArn = '' } = await cloud.client.send(
    new PublishLayerVersionCommand({ LayerName: 'tools', Content }),
  );
  const friends = { LayerVersionArn, Action: 'lambda:GetLayerVersion', Principal: '111111111111' };
  const id = layerVersionPermission.newId?.(friends, context) ?? '';
  for (let i = 0; i < 2; i++) await layerVersionPermission.create(id, friends, context);
  const policy = () => cloud.client.send(new GetLayerVersionPolicyCommand({ LayerName: 'tools', VersionNumber: 1 }));
  expect(JSON.parse((await policy()).Policy ?? '').Statement).toMatchObject([{ Resource: LayerVersionArn }]);
  for (let i = 0; i < 2; i++) await layerVersionPermission.delete(id, friends, context);
  await expect(policy()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a function URL is made once, changed and deleted, and its stack tells AWS’s address', async () => {
  await using cloud = await lambdaCloud();
  const context = resourceContext(cloud, 'Url');
  await lambdaFunction.create('users', properties, context);
  const wanted = { TargetFunctionArn: ARN, AuthType: 'NONE', Cors: { AllowOrigins: ['*'] } };
  const id = url.newId?.(wanted, context) ?? '';
  expect(id).toBe(ARN);
  const made = await url.create(id, wanted, context);
  const address = expect.stringMatching(/^https:\/\/[a-z0-9]{32}\.lambda-url\.eu-west-1\.on\.aws\/$/);
  expect(made).toEqual({ attributes: { FunctionArn: ARN, FunctionUrl: address } });
  expect(await url.create(id, wanted, context)).toEqual(made);
  const changed = { TargetFunctionArn: ARN, AuthType: 'AWS_IAM' };
  expect(await url.update(id, changed, wanted, context)).toEqual(made);
  const get = () => cloud.client.send(new GetFunctionUrlConfigCommand({ FunctionName: 'users' }));
  const { AuthType, Cors } = await get();
  expect([AuthType, Cors]).toEqual(['AWS_IAM', undefined]);
  for (let i = 0; i < 2; i++) await url.delete(id, changed, context);
  await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
