import {
  CreateAliasCommand,
  CreateCodeSigningConfigCommand,
  CreateEventSourceMappingCommand,
  DeleteAliasCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetFunctionCodeSigningConfigCommand,
  GetFunctionConfigurationCommand,
  GetFunctionScalingConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  ListFunctionsByCodeSigningConfigCommand,
  ListProvisionedConcurrencyConfigsCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionCodeSigningConfigCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionRecursionConfigCommand,
  PutFunctionScalingConfigCommand,
  PutProvisionedConcurrencyConfigCommand,
  TagResourceCommand,
} from '@aws-sdk/client-lambda';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { lambdaCloud } from '../fixtures/lambda-cloud.js';

// Answers as AWS was recorded to give them by the tests of LocalStack (test_lambda_api.py, test_lambda.py, 2025-11).

const users = { FunctionName: 'users' };
const ARN = 'arn:aws:lambda:eu-west-1:000000000000:function:users';
const NONE = {
  name: 'ProvisionedConcurrencyConfigNotFoundException',
  message: 'No Provisioned Concurrency Config found for this function',
};

async function withAlias() {
  const cloud = await lambdaCloud();
  await cloud.create('users', 'export const handler = 1;');
  await cloud.client.send(new PublishVersionCommand(users));
  await cloud.client.send(new CreateAliasCommand({ ...users, Name: 'live', FunctionVersion: '1' }));
  return {
    ...cloud,
    provision: (Qualifier: string, ProvisionedConcurrentExecutions: number) =>
      cloud.client.send(
        new PutProvisionedConcurrencyConfigCommand({ ...users, Qualifier, ProvisionedConcurrentExecutions }),
      ),
    provisioned: (Qualifier: string) =>
      cloud.client.send(new GetProvisionedConcurrencyConfigCommand({ ...users, Qualifier })),
  };
}

test('provisioned concurrency is in progress in its answer and ready after it, and is a version’s or its alias’s', async () => {
  await using cloud = await withAlias();
  await expect(cloud.provisioned('1')).rejects.toMatchObject(NONE);
  expect(await cloud.provision('1', 1)).toMatchObject({
    RequestedProvisionedConcurrentExecutions: 1,
    AllocatedProvisionedConcurrentExecutions: 0,
    AvailableProvisionedConcurrentExecutions: 0,
    Status: 'IN_PROGRESS',
  });
  expect(await cloud.provisioned('1')).toMatchObject({
    AllocatedProvisionedConcurrentExecutions: 1,
    AvailableProvisionedConcurrentExecutions: 1,
    Status: 'READY',
  });
  await expect(cloud.provision('live', 1)).rejects.toMatchObject({
    name: 'ResourceConflictException',
    message: "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
  });
  for (let i = 0; i < 2; i++) {
    await cloud.client.send(new DeleteProvisionedConcurrencyConfigCommand({ ...users, Qualifier: '1' }));
  }
  await cloud.provision('live', 1);
  await expect(cloud.provision('1', 1)).rejects.toThrow('Version is pointed by a Provisioned Concurrency alias');
  const listed = () => cloud.client.send(new ListProvisionedConcurrencyConfigsCommand(users));
  expect((await listed()).ProvisionedConcurrencyConfigs).toMatchObject([{ FunctionArn: `${ARN}:live` }]);
  await cloud.client.send(new DeleteAliasCommand({ ...users, Name: 'live' }));
  await expect(cloud.provisioned('live')).rejects.toThrow(`Cannot find alias arn: ${ARN}:live`);
  expect((await listed()).ProvisionedConcurrencyConfigs).toEqual([]);
});

test('provisioned concurrency stays within what the account and the function have', async () => {
  await using cloud = await withAlias();
  await expect(cloud.provision('$LATEST', 1)).rejects.toThrow(
    'Provisioned Concurrency Configs cannot be applied to unpublished function versions.',
  );
  await expect(cloud.provision('1', 1001)).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: "Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [1000].",
  });
  await expect(cloud.provision('1', 901)).rejects.toThrow(
    "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
  );
  await cloud.provision('1', 2);
  const reserve = (ReservedConcurrentExecutions: number) =>
    cloud.client.send(new PutFunctionConcurrencyCommand({ ...users, ReservedConcurrentExecutions }));
  await expect(reserve(1)).rejects.toMatchObject({
    message: " ReservedConcurrentExecutions  1 should not be lower than function's total provisioned concurrency [2].",
  });
  await reserve(2);
  await expect(cloud.provision('1', 3)).rejects.toThrow(
    'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
  );
});

test('a loop of calls can be allowed by its two words alone', async () => {
  await using cloud = await withAlias();
  const put = (RecursiveLoop: string) =>
    cloud.client.send(new PutFunctionRecursionConfigCommand({ ...users, RecursiveLoop: RecursiveLoop as never }));
  expect(await put('Allow')).toMatchObject({ RecursiveLoop: 'Allow' });
  await expect(put('InvalidValue')).rejects.toThrow(
    "1 validation error detected: Value 'InvalidValue' at 'recursiveLoop' failed to satisfy constraint: Member must satisfy enum value set: [Terminate, Allow]",
  );
});

test('a function gets a code signing configuration that is there', async () => {
  await using cloud = await withAlias();
  const publishers = { SigningProfileVersionArns: ['arn:aws:signer:eu-west-1:000000000000:/signing-profiles/test'] };
  const { CodeSigningConfig } = await cloud.client.send(
    new CreateCodeSigningConfigCommand({ Description: 'Signed', AllowedPublishers: publishers }),
  );
  expect(CodeSigningConfig).toEqual({
    CodeSigningConfigId: expect.stringMatching(/^csc-[a-z0-9]{17}$/),
    CodeSigningConfigArn: `arn:aws:lambda:eu-west-1:000000000000:code-signing-config:${CodeSigningConfig?.CodeSigningConfigId}`,
    Description: 'Signed',
    AllowedPublishers: publishers,
    CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Warn' },
    LastModified: expect.any(String),
  });
  const CodeSigningConfigArn = CodeSigningConfig?.CodeSigningConfigArn ?? '';
  const sign = (arn: string) =>
    cloud.client.send(new PutFunctionCodeSigningConfigCommand({ ...users, CodeSigningConfigArn: arn }));
  const wrong = CodeSigningConfigArn.replace(/.$/, '0').replace(/..$/, '00');
  await expect(sign(wrong)).rejects.toMatchObject({
    name: 'CodeSigningConfigNotFoundException',
    message: `The code signing configuration cannot be found. Check that the provided configuration is not deleted: ${wrong}.`,
  });
  const signed = async () => {
    const { $metadata, ...rest } = await cloud.client.send(new GetFunctionCodeSigningConfigCommand(users));
    return rest;
  };
  expect(await signed()).toEqual({});
  await sign(CodeSigningConfigArn);
  expect(await signed()).toEqual({ ...users, CodeSigningConfigArn });
  const by = new ListFunctionsByCodeSigningConfigCommand({ CodeSigningConfigArn });
  expect((await cloud.client.send(by)).FunctionArns).toEqual([ARN]);
  await cloud.client.send(new TagResourceCommand({ Resource: CodeSigningConfigArn, Tags: { team: 'users' } }));
  const { Tags } = await cloud.client.send(new ListTagsCommand({ Resource: CodeSigningConfigArn }));
  expect(Tags).toEqual({ team: 'users' });
});

test('event source mappings have tags, and what is neither they nor functions is refused by its ARN', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('users', 'export const handler = async () => {};');
  const sqs = new SQSClient(cloud.clientConfig());
  await sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));
  const { EventSourceMappingArn: Resource = '' } = await cloud.client.send(
    new CreateEventSourceMappingCommand({
      ...users,
      EventSourceArn: 'arn:aws:sqs:eu-west-1:000000000000:jobs',
      Tags: { testtag: 'one' },
    }),
  );
  await cloud.client.send(new TagResourceCommand({ Resource, Tags: { other: 'two' } }));
  const tags = (arn: string) => cloud.client.send(new ListTagsCommand({ Resource: arn }));
  expect((await tags(Resource)).Tags).toEqual({ testtag: 'one', other: 'two' });
  const missing = Resource.replace(/[0-9a-f]{12}$/, '000000000000');
  await expect(tags(missing)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: `Event source mapping not found: ${missing}`,
  });
  await expect(tags(`${Resource}:alias`)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(
      `Value '${Resource}:alias' at 'resource' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*):lambda:`,
    ),
  });
  const provider = 'arn:aws:lambda:eu-west-1:000000000000:capacity-provider:one';
  await expect(tags(provider)).rejects.toThrow(`Capacity provider not found: ${provider}`);
  await expect(tags(`${ARN}:1`)).rejects.toThrow('Tags on function aliases and versions are not supported.');
});

test('lists of versions leave out what only a function alone tells', async () => {
  await using cloud = await withAlias();
  const { Versions = [] } = await cloud.client.send(new ListVersionsByFunctionCommand(users));
  expect(Versions).toHaveLength(2);
  for (const each of Versions) {
    expect(Object.keys(each)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(State|LastUpdateStatus|RuntimeVersionConfig)$/)]),
    );
  }
});

// test_lambda_concurrency_block, test_provisioned_concurrency, 2025-11.
test('what is provisioned for a version is taken from what the function reserves, and its environments know it', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('users', 'export const handler = async () => process.env.AWS_LAMBDA_INITIALIZATION_TYPE;');
  await cloud.client.send(new PublishVersionCommand(users));
  const reserve = { ...users, ReservedConcurrentExecutions: 1 };
  await cloud.client.send(new PutFunctionConcurrencyCommand(reserve));
  expect((await cloud.invoke('users:1')).value).toBe('on-demand');
  const provision = { ...users, Qualifier: '1', ProvisionedConcurrentExecutions: 1 };
  await cloud.client.send(new PutProvisionedConcurrencyConfigCommand(provision));
  expect((await cloud.invoke('users:1')).value).toBe('provisioned-concurrency');
  await expect(cloud.invoke('users')).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    message: 'Rate Exceeded.',
  });
});

// test_tag_lifecycle, test_function_revisions_version_and_alias, 2025-11.
test('tags and published versions give a function a new revision, and leave its environments alone', async () => {
  await using cloud = await lambdaCloud();
  await cloud.create('users', 'const id = Math.random(); export const handler = async () => id;');
  const revision = async () => (await cloud.client.send(new GetFunctionConfigurationCommand(users))).RevisionId;
  const revisions = [await revision()];
  const environment = (await cloud.invoke('users')).value;
  await cloud.client.send(new TagResourceCommand({ Resource: ARN, Tags: { team: 'users' } }));
  revisions.push(await revision());
  await cloud.client.send(new PublishVersionCommand(users));
  revisions.push(await revision());
  expect(new Set(revisions).size).toBe(3);
  expect((await cloud.invoke('users')).value).toBe(environment);
  const wrong = new PublishVersionCommand({ ...users, RevisionId: 'wrong' });
  await expect(cloud.client.send(wrong)).rejects.toThrow(
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
  );
});

test('how many environments a function is to have is kept', async () => {
  await using cloud = await withAlias();
  const FunctionScalingConfig = { MinExecutionEnvironments: 1, MaxExecutionEnvironments: 5 };
  const target = { ...users, Qualifier: '1' };
  const put = await cloud.client.send(new PutFunctionScalingConfigCommand({ ...target, FunctionScalingConfig }));
  expect(put).toMatchObject({ FunctionState: 'Active' });
  expect(await cloud.client.send(new GetFunctionScalingConfigCommand(target))).toMatchObject({
    FunctionArn: `${ARN}:1`,
    AppliedFunctionScalingConfig: FunctionScalingConfig,
    RequestedFunctionScalingConfig: FunctionScalingConfig,
  });
});
