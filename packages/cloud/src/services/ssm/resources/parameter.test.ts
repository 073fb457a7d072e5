import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, ListTagsForResourceCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { testCloud } from '../../../testing/test-cloud.js';

const StackName = 'Stack';
const WAIT = { maxWaitTime: 20, minDelay: 0.05, maxDelay: 1 };

const template = (properties: Record<string, unknown>): string =>
  JSON.stringify({
    Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/p', Type: 'String', ...properties } } },
  });

test('a parameter is made, changed and removed with its stack', async () => {
  await using cloud = await testCloud();
  const cfn = new CloudFormationClient(cloud.clientConfig());
  const ssm = new SSMClient(cloud.clientConfig());
  const value = async () => (await ssm.send(new GetParameterCommand({ Name: '/p' }))).Parameter?.Value;

  await cfn.send(new CreateStackCommand({ StackName, TemplateBody: template({ Value: 'one', Tags: { a: 'b' } }) }));
  await waitUntilStackCreateComplete({ client: cfn, ...WAIT }, { StackName });
  expect(await value()).toBe('one');

  await cfn.send(new UpdateStackCommand({ StackName, TemplateBody: template({ Value: 'two', Tags: { c: 'd' } }) }));
  await waitUntilStackUpdateComplete({ client: cfn, ...WAIT }, { StackName });
  expect(await value()).toBe('two');
  const { TagList } = await ssm.send(new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: '/p' }));
  expect(TagList).toContainEqual({ Key: 'c', Value: 'd' });
  expect(TagList).not.toContainEqual({ Key: 'a', Value: 'b' });

  await cfn.send(new DeleteStackCommand({ StackName }));
  await waitUntilStackDeleteComplete({ client: cfn, ...WAIT }, { StackName });
  await expect(value()).rejects.toMatchObject({ name: 'ParameterNotFound' });
});

test.each(['aws-thing', 'Ssm-Thing'])('a stack called %s has parameters without a name of their own', async (name) => {
  await using cloud = await testCloud();
  const cfn = new CloudFormationClient(cloud.clientConfig());
  const TemplateBody = JSON.stringify({
    Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'v' } } },
    Outputs: { Name: { Value: { Ref: 'P' } } },
  });
  await cfn.send(new CreateStackCommand({ StackName: name, TemplateBody }));
  await waitUntilStackCreateComplete({ client: cfn, ...WAIT }, { StackName: name });
  const { Stacks } = await cfn.send(new DescribeStacksCommand({ StackName: name }));
  expect(Stacks?.[0]?.Outputs?.[0]?.OutputValue).toMatch(/^CFN-P-[A-Z0-9]{12}$/);
});
