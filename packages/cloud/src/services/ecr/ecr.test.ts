import { expect, test } from 'vitest';
import type { Call } from '../../core/operation.js';
import { type TestCloud, testCloud } from '../../testing/index.js';

const call: Call = {
  account: '000000000000',
  region: 'eu-west-1',
  principal: { kind: 'root', account: '000000000000' },
  requestId: 'request',
  sourceIp: '127.0.0.1',
};
const ask = (cloud: TestCloud, operation: string, input: object) =>
  cloud.context.dispatch('ecr', operation, input, call);

test('a repository is made, described and deleted', async () => {
  await using cloud = await testCloud();
  const { repository } = await ask(cloud, 'CreateRepository', {
    repositoryName: 'team/app',
    imageTagMutability: 'IMMUTABLE',
  });
  expect(repository).toMatchObject({
    repositoryArn: 'arn:aws:ecr:eu-west-1:000000000000:repository/team/app',
    repositoryUri: '000000000000.dkr.ecr.eu-west-1.amazonaws.com/team/app',
    imageTagMutability: 'IMMUTABLE',
  });
  expect(await ask(cloud, 'DescribeRepositories', {})).toEqual({ repositories: [repository] });
  await ask(cloud, 'DeleteRepository', { repositoryName: 'team/app' });
  await expect(ask(cloud, 'DescribeRepositories', { repositoryNames: ['team/app'] })).rejects.toMatchObject({
    code: 'RepositoryNotFoundException',
    message: "The repository with name 'team/app' does not exist in the registry with id '000000000000'",
  });
});

test('a name is taken once and must be one', async () => {
  await using cloud = await testCloud();
  await ask(cloud, 'CreateRepository', { repositoryName: 'app' });
  await expect(ask(cloud, 'CreateRepository', { repositoryName: 'app' })).rejects.toMatchObject({
    code: 'RepositoryAlreadyExistsException',
  });
  await expect(ask(cloud, 'CreateRepository', { repositoryName: 'App' })).rejects.toMatchObject({
    code: 'InvalidParameterException',
  });
});

test('policies are kept as text, and are missing until then', async () => {
  await using cloud = await testCloud();
  const repositoryName = 'app';
  await ask(cloud, 'CreateRepository', { repositoryName });
  await expect(ask(cloud, 'GetRepositoryPolicy', { repositoryName })).rejects.toMatchObject({
    code: 'RepositoryPolicyNotFoundException',
  });
  await ask(cloud, 'SetRepositoryPolicy', { repositoryName, policyText: '{"Version":"2012-10-17"}' });
  expect(await ask(cloud, 'GetRepositoryPolicy', { repositoryName })).toMatchObject({
    policyText: '{"Version":"2012-10-17"}',
  });
  await expect(ask(cloud, 'PutLifecyclePolicy', { repositoryName, lifecyclePolicyText: '{' })).rejects.toMatchObject({
    code: 'InvalidParameterException',
  });
});

test('pushing images is refused by name', async () => {
  await using cloud = await testCloud();
  await expect(ask(cloud, 'PutImage', { repositoryName: 'app' })).rejects.toThrow('PutImage');
});
