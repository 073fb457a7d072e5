import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  paginateListRoles,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { iam as iamService } from './index.js';

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const READ = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
});
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const BASIC = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

async function setUp() {
  const cloud = await testCloud({ services: [iamService] });
  const iam = new IAMClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  return { cloud, iam, [Symbol.asyncDispose]: () => cloud.close() };
}

function newRole(RoleName: string, more: object = {}) {
  return new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST, ...more });
}

test('a role is created, read and found by lists', async () => {
  await using made = await setUp();
  const { iam } = made;
  const { Role } = await iam.send(newRole('app', { Path: '/teams/', Description: 'of the app' }));
  expect(Role).toMatchObject({
    RoleName: 'app',
    Path: '/teams/',
    Arn: 'arn:aws:iam::000000000000:role/teams/app',
    RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
    Description: 'of the app',
    CreateDate: expect.any(Date),
  });
  // IAM shows the session duration of a role that is read, not of one that was just made.
  expect(Role).not.toHaveProperty('MaxSessionDuration');
  expect(Role).not.toHaveProperty('RoleLastUsed');
  const read = await iam.send(new GetRoleCommand({ RoleName: 'app' }));
  expect(read.Role).toEqual({ ...Role, MaxSessionDuration: 3600, RoleLastUsed: {} });
  expect(decodeURIComponent(read.Role?.AssumeRolePolicyDocument ?? '')).toBe(TRUST);
  expect((await iam.send(new ListRolesCommand({ PathPrefix: '/teams/' }))).Roles).toHaveLength(1);
  expect((await iam.send(new ListRolesCommand({ PathPrefix: '/others/' }))).Roles).toEqual([]);
});

test('roles belong to one account and to all its regions', async () => {
  await using made = await setUp();
  const { cloud, iam } = made;
  await iam.send(newRole('app'));
  const elsewhere = new IAMClient(cloud.clientConfig({ region: 'us-east-1' }));
  expect((await elsewhere.send(new GetRoleCommand({ RoleName: 'app' }))).Role?.RoleName).toBe('app');
  const others = new IAMClient(cloud.clientConfig({ account: '111111111111' }));
  await expect(others.send(new GetRoleCommand({ RoleName: 'app' }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: 'The role with name app cannot be found.',
    $metadata: { httpStatusCode: 404 },
  });
});

test('names that differ in case alone are taken', async () => {
  await using made = await setUp();
  await made.iam.send(newRole('App'));
  await expect(made.iam.send(newRole('app'))).rejects.toMatchObject({
    name: 'EntityAlreadyExistsException',
    message: 'Role with name app already exists.',
    $metadata: { httpStatusCode: 409 },
  });
});

test('lists come in pages', async () => {
  await using made = await setUp();
  for (const name of ['c', 'A', 'b']) await made.iam.send(newRole(name));
  const names: string[][] = [];
  for await (const page of paginateListRoles({ client: made.iam, pageSize: 2 }, {})) {
    names.push((page.Roles ?? []).map(({ RoleName = '' }) => RoleName));
  }
  expect(names).toEqual([['A', 'b'], ['c']]);
});

test('inline policies are put, read, listed and deleted', async () => {
  await using made = await setUp();
  const { iam } = made;
  await iam.send(newRole('app'));
  const named = { RoleName: 'app', PolicyName: 'Read' };
  await iam.send(new PutRolePolicyCommand({ ...named, PolicyDocument: READ }));
  const read = await iam.send(new GetRolePolicyCommand(named));
  expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(READ);
  expect((await iam.send(new ListRolePoliciesCommand({ RoleName: 'app' }))).PolicyNames).toEqual(['Read']);
  await iam.send(new DeleteRolePolicyCommand(named));
  await expect(iam.send(new GetRolePolicyCommand(named))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: 'The role policy with name Read cannot be found.',
  });
});

test('managed policies are attached and detached', async () => {
  await using made = await setUp();
  const { iam } = made;
  await iam.send(newRole('app'));
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'app', PolicyArn: BASIC }));
  const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'app' }));
  expect(AttachedPolicies).toEqual([{ PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: BASIC }]);
  await iam.send(new DetachRolePolicyCommand({ RoleName: 'app', PolicyArn: BASIC }));
  await expect(iam.send(new DetachRolePolicyCommand({ RoleName: 'app', PolicyArn: BASIC }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: `Policy ${BASIC} was not found.`,
  });
});

test.each([
  ['of the account', 'arn:aws:iam::000000000000:policy/Nope', /does not exist or is not attachable\.$/],
  [
    'of AWS',
    'arn:aws:iam::aws:policy/AdminAccess',
    /does not exist or is not attachable\. AWS has no managed policy of that name\.$/,
  ],
])('a managed policy %s that is not there is not attachable', async (_whose, PolicyArn, message) => {
  await using made = await setUp();
  await made.iam.send(newRole('app'));
  await expect(made.iam.send(new AttachRolePolicyCommand({ RoleName: 'app', PolicyArn }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: expect.stringMatching(message),
  });
});

test("a policy of AWS that people know by name is attached, in its partition's spelling too", async () => {
  await using made = await setUp();
  await made.iam.send(newRole('app'));
  const arns = ['arn:aws-cn:iam::aws:policy/ReadOnlyAccess', 'arn:aws:iam::aws:policy/PowerUserAccess'];
  for (const PolicyArn of arns) await made.iam.send(new AttachRolePolicyCommand({ RoleName: 'app', PolicyArn }));
  const { AttachedPolicies } = await made.iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'app' }));
  expect(AttachedPolicies?.map(({ PolicyArn }) => PolicyArn)).toEqual(arns);
});

test('a role is deleted only when nothing is attached to it any more', async () => {
  await using made = await setUp();
  const { iam } = made;
  await iam.send(newRole('app'));
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'app', PolicyArn: ADMINISTRATOR }));
  await iam.send(new PutRolePolicyCommand({ RoleName: 'app', PolicyName: 'Read', PolicyDocument: READ }));
  const deletion = new DeleteRoleCommand({ RoleName: 'app' });
  await expect(iam.send(deletion)).rejects.toMatchObject({
    name: 'DeleteConflictException',
    message: 'Cannot delete entity, must detach all policies first.',
  });
  await iam.send(new DetachRolePolicyCommand({ RoleName: 'app', PolicyArn: ADMINISTRATOR }));
  await expect(iam.send(deletion)).rejects.toMatchObject({
    name: 'DeleteConflictException',
    message: 'Cannot delete entity, must delete policies first.',
  });
  await iam.send(new DeleteRolePolicyCommand({ RoleName: 'app', PolicyName: 'Read' }));
  await iam.send(deletion);
  await expect(iam.send(deletion)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
});

test('description, session duration, trust, boundary and tags can be changed', async () => {
  await using made = await setUp();
  const { iam } = made;
  await iam.send(newRole('app', { Tags: [{ Key: 'team', Value: 'blue' }] }));
  await iam.send(new UpdateRoleCommand({ RoleName: 'app', Description: 'new', MaxSessionDuration: 7200 }));
  const trust = TRUST.replace('lambda', 'apigateway');
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'app', PolicyDocument: trust }));
  await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'app', PermissionsBoundary: ADMINISTRATOR }));
  await iam.send(new TagRoleCommand({ RoleName: 'app', Tags: [{ Key: 'cost', Value: '1' }] }));
  await iam.send(new UntagRoleCommand({ RoleName: 'app', TagKeys: ['team'] }));
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'app' }));
  expect(Role).toMatchObject({
    Description: 'new',
    MaxSessionDuration: 7200,
    PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: ADMINISTRATOR },
    Tags: [{ Key: 'cost', Value: '1' }],
  });
  expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trust);
  expect((await iam.send(new ListRoleTagsCommand({ RoleName: 'app' }))).Tags).toEqual([{ Key: 'cost', Value: '1' }]);
  await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'app' }));
  expect((await iam.send(new GetRoleCommand({ RoleName: 'app' }))).Role?.PermissionsBoundary).toBeUndefined();
});

test.each<[what: string, command: CreateRoleCommand, name: string, message: string | RegExp]>([
  [
    'a name that is too long',
    newRole('a'.repeat(65)),
    'ValidationError',
    /at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64/,
  ],
  ['a name with other characters', newRole('a/b'), 'ValidationError', /specified value for roleName is invalid/],
  [
    'a session that is too short',
    newRole('a', { MaxSessionDuration: 60 }),
    'ValidationError',
    /greater than or equal to 3600/,
  ],
  [
    'no trust policy',
    new CreateRoleCommand({ RoleName: 'a', AssumeRolePolicyDocument: undefined }),
    'ValidationError',
    /Value null at 'assumeRolePolicyDocument'/,
  ],
  [
    'a broken trust policy',
    newRole('a', { AssumeRolePolicyDocument: '{' }),
    'MalformedPolicyDocumentException',
    'This policy contains invalid Json',
  ],
  [
    'a trust policy on a resource',
    newRole('a', { AssumeRolePolicyDocument: TRUST.replace('"Effect"', '"Resource":"*","Effect"') }),
    'MalformedPolicyDocumentException',
    'Has prohibited field Resource',
  ],
  [
    'a boundary that does not exist',
    newRole('a', { PermissionsBoundary: 'arn:aws:iam::000000000000:policy/none' }),
    'NoSuchEntityException',
    /^Scope ARN: .* does not exist or is not attachable\.$/,
  ],
  ['a tag of AWS', newRole('a', { Tags: [{ Key: 'aws:x', Value: '' }] }), 'InvalidInputException', /reserved for AWS/],
])('CreateRole refuses %s', async (_what, command, name, message) => {
  await using made = await setUp();
  await expect(made.iam.send(command)).rejects.toMatchObject({
    name,
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  });
});

test('the inline policies of a role have one limit together', async () => {
  await using made = await setUp();
  await made.iam.send(newRole('app'));
  const long = (n: number) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${'x'.repeat(n)}` }],
    });
  await made.iam.send(new PutRolePolicyCommand({ RoleName: 'app', PolicyName: 'A', PolicyDocument: long(6_000) }));
  await expect(
    made.iam.send(new PutRolePolicyCommand({ RoleName: 'app', PolicyName: 'B', PolicyDocument: long(6_000) })),
  ).rejects.toMatchObject({
    name: 'LimitExceededException',
    message: 'Maximum policy size of 10240 bytes exceeded for role app',
  });
});

test('policies put at the same time are all there', async () => {
  await using made = await setUp();
  await made.iam.send(newRole('app'));
  const names = ['a', 'b', 'c', 'd', 'e'];
  await Promise.all(
    names.map((PolicyName) =>
      made.iam.send(new PutRolePolicyCommand({ RoleName: 'app', PolicyName, PolicyDocument: READ })),
    ),
  );
  expect((await made.iam.send(new ListRolePoliciesCommand({ RoleName: 'app' }))).PolicyNames).toEqual(names);
});

test('roles survive a restart', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'goblet-iam-'));
  try {
    for (const restarted of [false, true]) {
      await using cloud = await testCloud({ ephemeral: false, dataFolder, services: [iamService] });
      const iam = new IAMClient(cloud.clientConfig());
      if (!restarted) {
        await iam.send(newRole('app'));
        await iam.send(new AttachRolePolicyCommand({ RoleName: 'app', PolicyArn: BASIC }));
      }
      const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'app' }));
      expect(AttachedPolicies).toHaveLength(1);
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
});
