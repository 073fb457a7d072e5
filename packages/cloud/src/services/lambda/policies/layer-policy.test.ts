import {
  AddLayerVersionPermissionCommand,
  GetLayerVersionCommand,
  GetLayerVersionPolicyCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  RemoveLayerVersionPermissionCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { testCloud } from '../../../testing/index.js';
import { zip } from '../fixtures/lambda-cloud.js';

const ONE = { LayerName: 'tools', VersionNumber: 1 };
const ARN = 'arn:aws:lambda:eu-west-1:000000000000:layer:tools:1';

async function withLayer() {
  const cloud = await testCloud();
  const client = new LambdaClient(cloud.clientConfig());
  await client.send(new PublishLayerVersionCommand({ LayerName: 'tools', Content: { ZipFile: zip({ 'a.js': '' }) } }));
  const allow = (StatementId: string, more: object = {}) =>
    client.send(
      new AddLayerVersionPermissionCommand({
        ...ONE,
        StatementId,
        Action: 'lambda:GetLayerVersion',
        Principal: '*',
        ...more,
      }),
    );
  return { ...cloud, client, allow };
}

// As recorded of AWS by the tests of LocalStack (test_layer_policy_lifecycle, test_layer_policy_exceptions, 2025-11).
test('the policy of a layer version is made of its permissions', async () => {
  await using cloud = await withLayer();
  const { client, allow } = cloud;
  const first = await allow('s1');
  const statement = { Sid: 's1', Effect: 'Allow', Principal: '*', Action: 'lambda:GetLayerVersion', Resource: ARN };
  expect(JSON.parse(first.Statement ?? '')).toEqual(statement);
  const { RevisionId } = await allow('s2', { RevisionId: first.RevisionId });
  expect(RevisionId).not.toBe(first.RevisionId);
  const policy = await client.send(new GetLayerVersionPolicyCommand(ONE));
  expect(policy).toMatchObject({ RevisionId });
  expect(JSON.parse(policy.Policy ?? '')).toEqual({
    Version: '2012-10-17',
    Id: 'default',
    Statement: [statement, { ...statement, Sid: 's2' }],
  });
  await expect(allow('s1')).rejects.toMatchObject({ name: 'ResourceConflictException' });
  await expect(allow('s3', { RevisionId: 'wrong' })).rejects.toMatchObject({
    message:
      'The Revision Id provided does not match the latest Revision Id. Call the GetLayerPolicy API to retrieve the latest Revision Id',
  });
  for (const StatementId of ['s1', 's2']) {
    await client.send(new RemoveLayerVersionPermissionCommand({ ...ONE, StatementId }));
  }
  await expect(client.send(new GetLayerVersionPolicyCommand(ONE))).rejects.toMatchObject({
    message: 'No policy is associated with the given resource.',
  });
  await expect(client.send(new GetLayerVersionPolicyCommand({ ...ONE, VersionNumber: 2 }))).rejects.toMatchObject({
    message: `Layer version ${ARN.replace(/1$/, '2')} does not exist.`,
  });
});

test('another account uses a layer where its policy allows it', async () => {
  await using cloud = await withLayer();
  const other = new LambdaClient(cloud.clientConfig({ account: '111111111111' }));
  const get = () => other.send(new GetLayerVersionCommand({ ...ONE, LayerName: ARN.slice(0, -2) }));
  await expect(get()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await cloud.allow('friends', { Principal: '111111111111' });
  expect(await get()).toMatchObject({ LayerVersionArn: ARN });
});
