import {
  CreateServiceLinkedRoleCommand,
  DeleteServiceLinkedRoleCommand,
  GetRoleCommand,
  GetServiceLinkedRoleDeletionStatusCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { iam as iamService } from './index.js';

const batch = { AWSServiceName: 'batch.amazonaws.com' };
const RoleName = 'AWSServiceRoleForBatch';

async function setUp() {
  const cloud = await testCloud({ services: [iamService] });
  const iam = new IAMClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  return { iam, [Symbol.asyncDispose]: () => cloud.close() };
}

test("a service-linked role has AWS's name, path, trust and policy", async () => {
  await using made = await setUp();
  const { Role } = await made.iam.send(new CreateServiceLinkedRoleCommand(batch));
  expect(Role).toMatchObject({
    RoleName,
    Path: '/aws-service-role/batch.amazonaws.com/',
    Arn: `arn:aws:iam::000000000000:role/aws-service-role/batch.amazonaws.com/${RoleName}`,
  });
  expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toEqual({
    Version: '2012-10-17',
    Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'batch.amazonaws.com' } }],
  });
  expect((await made.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies).toEqual([
    {
      PolicyArn: 'arn:aws:iam::aws:policy/aws-service-role/BatchServiceRolePolicy',
      PolicyName: 'BatchServiceRolePolicy',
    },
  ]);
});

test('a service-linked role is there once, and goes under a task', async () => {
  await using made = await setUp();
  const { iam } = made;
  await iam.send(new CreateServiceLinkedRoleCommand(batch));
  await expect(iam.send(new CreateServiceLinkedRoleCommand(batch))).rejects.toMatchObject({
    name: 'InvalidInputException',
    message: `Service role name ${RoleName} has been taken in this account, please try a different suffix.`,
  });
  const { DeletionTaskId } = await iam.send(new DeleteServiceLinkedRoleCommand({ RoleName }));
  expect(DeletionTaskId).toMatch(
    /^task\/aws-service-role\/batch\.amazonaws\.com\/AWSServiceRoleForBatch\/[0-9a-f-]{36}$/,
  );
  const { Status } = await iam.send(new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }));
  expect(Status).toBe('SUCCEEDED');
  await expect(iam.send(new GetRoleCommand({ RoleName }))).rejects.toMatchObject({ name: 'NoSuchEntityException' });
});

test.each([
  ['acm.amazonaws.com', 'Custom suffix is not allowed for acm.amazonaws.com'],
  ['none.amazonaws.com', 'The local cloud does not know the service-linked role of none.amazonaws.com'],
])('a suffix for %s is refused', async (AWSServiceName, message) => {
  await using made = await setUp();
  const command = new CreateServiceLinkedRoleCommand({ AWSServiceName, CustomSuffix: 'mine' });
  await expect(made.iam.send(command)).rejects.toMatchObject({ name: 'InvalidInputException', message });
});

test('a suffix tells the roles of a service apart', async () => {
  await using made = await setUp();
  const command = new CreateServiceLinkedRoleCommand({
    AWSServiceName: 'autoscaling.amazonaws.com',
    CustomSuffix: 'a',
  });
  expect((await made.iam.send(command)).Role?.RoleName).toBe('AWSServiceRoleForAutoScaling_a');
});
