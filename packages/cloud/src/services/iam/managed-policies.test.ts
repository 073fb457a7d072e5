import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  IAMClient,
  ListEntitiesForPolicyCommand,
  ListPoliciesCommand,
  ListPolicyVersionsCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { iam as iamService } from './index.js';

const allow = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
const ARN = 'arn:aws:iam::000000000000:policy/Read';

async function setUp() {
  const cloud = await testCloud({ services: [iamService] });
  const iam = new IAMClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  await iam.send(new CreatePolicyCommand({ PolicyName: 'Read', PolicyDocument: allow('s3:GetObject') }));
  return { iam, [Symbol.asyncDispose]: () => cloud.close() };
}

test('a policy is read, listed, and deleted', async () => {
  await using made = await setUp();
  const { iam } = made;
  expect((await iam.send(new GetPolicyCommand({ PolicyArn: ARN }))).Policy).toMatchObject({
    PolicyName: 'Read',
    Arn: ARN,
    DefaultVersionId: 'v1',
    AttachmentCount: 0,
    IsAttachable: true,
  });
  const { Policies } = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }));
  expect(Policies?.map(({ PolicyName }) => PolicyName)).toEqual(['Read']);
  await iam.send(new DeletePolicyCommand({ PolicyArn: ARN }));
  await expect(iam.send(new GetPolicyCommand({ PolicyArn: ARN }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: `Policy ${ARN} was not found.`,
  });
});

test('versions are numbered, one of them is the default, and five are the most', async () => {
  await using made = await setUp();
  const { iam } = made;
  const add = (SetAsDefault: boolean) =>
    iam.send(new CreatePolicyVersionCommand({ PolicyArn: ARN, PolicyDocument: allow('s3:*'), SetAsDefault }));
  expect((await add(true)).PolicyVersion).toMatchObject({ VersionId: 'v2', IsDefaultVersion: true });
  expect((await add(false)).PolicyVersion).toMatchObject({ VersionId: 'v3', IsDefaultVersion: false });
  await expect(iam.send(new DeletePolicyVersionCommand({ PolicyArn: ARN, VersionId: 'v2' }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
    message: 'Cannot delete the default version of a policy.',
  });
  await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn: ARN, VersionId: 'v1' }));
  await iam.send(new DeletePolicyVersionCommand({ PolicyArn: ARN, VersionId: 'v3' }));
  expect((await add(false)).PolicyVersion?.VersionId).toBe('v4');
  const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn: ARN }));
  expect(Versions?.map(({ VersionId }) => VersionId)).toEqual(['v4', 'v2', 'v1']);
  await add(false);
  await add(false);
  await expect(add(false)).rejects.toMatchObject({ name: 'LimitExceededException' });
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn: ARN, VersionId: 'v1' }));
  expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toBe(allow('s3:GetObject'));
});

test('a policy with an attachment, or with other versions, is not deleted', async () => {
  await using made = await setUp();
  const { iam } = made;
  await iam.send(new CreatePolicyVersionCommand({ PolicyArn: ARN, PolicyDocument: allow('s3:*') }));
  await expect(iam.send(new DeletePolicyCommand({ PolicyArn: ARN }))).rejects.toThrow(/more than one version/);
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'sts:AssumeRole' },
  });
  await iam.send(new CreateRoleCommand({ RoleName: 'app', AssumeRolePolicyDocument: trust }));
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'app', PolicyArn: ARN }));
  await expect(iam.send(new DeletePolicyCommand({ PolicyArn: ARN }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
    message: 'Cannot delete a policy attached to entities.',
  });
  expect((await iam.send(new GetPolicyCommand({ PolicyArn: ARN }))).Policy?.AttachmentCount).toBe(1);
  const { PolicyRoles } = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn: ARN }));
  expect(PolicyRoles).toMatchObject([{ RoleName: 'app' }]);
});

test("AWS's own policies are readable and not changeable", async () => {
  await using made = await setUp();
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const { PolicyVersion } = await made.iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
  expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toBe(allow('*'));
  await expect(made.iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
});

test('a policy document that IAM would not take is refused', async () => {
  await using made = await setUp();
  await expect(
    made.iam.send(new CreatePolicyCommand({ PolicyName: 'Bad', PolicyDocument: allow('GetObject') })),
  ).rejects.toMatchObject({
    name: 'MalformedPolicyDocumentException',
    message: 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
  });
});
