import { GetParameterCommand, ListTagsForResourceCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { testCloud } from '../../../testing/test-cloud.js';
import { testStack } from '../../cloudformation/fixtures/test-stack.js';

const template = (properties: Record<string, unknown>): object => ({
  Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/p', Type: 'String', ...properties } } },
});

test('a parameter is made, changed and removed with its stack', async () => {
  await using cloud = await testCloud();
  const stack = testStack(cloud, 'Stack');
  const ssm = new SSMClient(cloud.clientConfig());
  const value = async () => (await ssm.send(new GetParameterCommand({ Name: '/p' }))).Parameter?.Value;

  await stack.create(template({ Value: 'one', Tags: { a: 'b' } }));
  expect(await value()).toBe('one');

  await stack.update(template({ Value: 'two', Tags: { c: 'd' } }));
  expect(await value()).toBe('two');
  const { TagList } = await ssm.send(new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: '/p' }));
  expect(TagList).toContainEqual({ Key: 'c', Value: 'd' });
  expect(TagList).not.toContainEqual({ Key: 'a', Value: 'b' });

  await stack.remove();
  await expect(value()).rejects.toMatchObject({ name: 'ParameterNotFound' });
});

test.each(['aws-thing', 'Ssm-Thing'])('a stack called %s has parameters without a name of their own', async (name) => {
  await using cloud = await testCloud();
  const { Name } = await testStack(cloud, name).create({
    Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'v' } } },
    Outputs: { Name: { Value: { Ref: 'P' } } },
  });
  expect(Name).toMatch(/^CFN-P-[A-Z0-9]{12}$/);
});
