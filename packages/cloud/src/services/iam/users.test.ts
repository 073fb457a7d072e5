import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreateServiceSpecificCredentialCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteGroupCommand,
  DeleteLoginProfileCommand,
  DeleteServiceSpecificCredentialCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetGroupCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  IAMClient,
  ListAttachedUserPoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListGroupsForUserCommand,
  ListUsersCommand,
  ListUserTagsCommand,
  PutUserPolicyCommand,
  paginateListUsers,
  RemoveUserFromGroupCommand,
  TagUserCommand,
  UntagUserCommand,
  UpdateAccessKeyCommand,
  UpdateGroupCommand,
  UpdateLoginProfileCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { iam as iamService } from './index.js';

const ACCOUNT = '000000000000';
const READ = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
});
const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const ana = { UserName: 'ana' };

async function setUp() {
  const cloud = await testCloud({ services: [iamService] });
  const iam = new IAMClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  return { cloud, iam, [Symbol.asyncDispose]: () => cloud.close() };
}

test('a user is created, read, tagged, renamed and found by lists', async () => {
  await using made = await setUp();
  const { iam } = made;
  const { User } = await iam.send(
    new CreateUserCommand({
      ...ana,
      Path: '/teams/',
      PermissionsBoundary: READ_ONLY,
      Tags: [{ Key: 'a', Value: '1' }],
    }),
  );
  expect(User).toEqual({
    UserName: 'ana',
    Path: '/teams/',
    UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
    Arn: `arn:aws:iam::${ACCOUNT}:user/teams/ana`,
    CreateDate: expect.any(Date),
    PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: READ_ONLY },
    Tags: [{ Key: 'a', Value: '1' }],
  });
  await iam.send(new TagUserCommand({ ...ana, Tags: [{ Key: 'b', Value: '2' }] }));
  await iam.send(new UntagUserCommand({ ...ana, TagKeys: ['a'] }));
  expect(await iam.send(new ListUserTagsCommand(ana))).toMatchObject({
    Tags: [{ Key: 'b', Value: '2' }],
    IsTruncated: false,
  });
  await iam.send(new UpdateUserCommand({ ...ana, NewUserName: 'eva', NewPath: '/' }));
  await expect(iam.send(new GetUserCommand(ana))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: 'The user with name ana cannot be found.',
  });
  const { Users } = await iam.send(new ListUsersCommand({}));
  expect(Users).toMatchObject([{ UserName: 'eva', UserId: User?.UserId, Arn: `arn:aws:iam::${ACCOUNT}:user/eva` }]);
});

test('users come in pages', async () => {
  await using made = await setUp();
  for (const UserName of ['c', 'A', 'b']) await made.iam.send(new CreateUserCommand({ UserName }));
  const names: string[][] = [];
  for await (const page of paginateListUsers({ client: made.iam, pageSize: 2 }, {})) {
    names.push((page.Users ?? []).map(({ UserName = '' }) => UserName));
  }
  expect(names).toEqual([['A', 'b'], ['c']]);
});

test('members follow their group to its new name', async () => {
  await using made = await setUp();
  const { iam } = made;
  await iam.send(new CreateUserCommand(ana));
  await iam.send(new CreateGroupCommand({ GroupName: 'devs' }));
  await iam.send(new AddUserToGroupCommand({ GroupName: 'devs', ...ana }));
  await iam.send(new UpdateGroupCommand({ GroupName: 'devs', NewGroupName: 'makers' }));
  expect((await iam.send(new ListGroupsForUserCommand(ana))).Groups).toMatchObject([
    { GroupName: 'makers', Arn: `arn:aws:iam::${ACCOUNT}:group/makers` },
  ]);
  expect((await iam.send(new GetGroupCommand({ GroupName: 'makers' }))).Users).toMatchObject([ana]);
  await expect(iam.send(new DeleteGroupCommand({ GroupName: 'makers' }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
    message: 'Cannot delete entity, must remove users from group first.',
  });
});

test('a user is deleted only when nothing of it is left', async () => {
  await using made = await setUp();
  const { iam } = made;
  await iam.send(new CreateUserCommand(ana));
  await iam.send(new CreateGroupCommand({ GroupName: 'devs' }));
  await iam.send(new AttachUserPolicyCommand({ ...ana, PolicyArn: READ_ONLY }));
  await iam.send(new PutUserPolicyCommand({ ...ana, PolicyName: 'Read', PolicyDocument: READ }));
  await iam.send(new AddUserToGroupCommand({ GroupName: 'devs', ...ana }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand(ana));
  await iam.send(new CreateLoginProfileCommand({ ...ana, Password: 'secret' }));
  const { ServiceSpecificCredential } = await iam.send(
    new CreateServiceSpecificCredentialCommand({ ...ana, ServiceName: 'codecommit.amazonaws.com' }),
  );
  const steps: readonly (readonly [first: string, remove: () => Promise<unknown>])[] = [
    ['detach all policies', () => iam.send(new DetachUserPolicyCommand({ ...ana, PolicyArn: READ_ONLY }))],
    ['delete policies', () => iam.send(new DeleteUserPolicyCommand({ ...ana, PolicyName: 'Read' }))],
    ['remove users from group', () => iam.send(new RemoveUserFromGroupCommand({ GroupName: 'devs', ...ana }))],
    ['delete access keys', () => iam.send(new DeleteAccessKeyCommand({ ...ana, AccessKeyId: AccessKey?.AccessKeyId }))],
    ['delete login profile', () => iam.send(new DeleteLoginProfileCommand(ana))],
    [
      'remove referenced objects',
      () =>
        iam.send(
          new DeleteServiceSpecificCredentialCommand({
            ...ana,
            ServiceSpecificCredentialId: ServiceSpecificCredential?.ServiceSpecificCredentialId,
          }),
        ),
    ],
  ];
  for (const [first, remove] of steps) {
    await expect(iam.send(new DeleteUserCommand(ana))).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: `Cannot delete entity, must ${first} first.`,
    });
    await remove();
  }
  await iam.send(new DeleteUserCommand(ana));
});

test('a login profile is stored without its password', async () => {
  await using made = await setUp();
  const { iam } = made;
  await iam.send(new CreateUserCommand(ana));
  await expect(iam.send(new GetLoginProfileCommand(ana))).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  const profile = new CreateLoginProfileCommand({ ...ana, Password: 'secret', PasswordResetRequired: true });
  expect((await iam.send(profile)).LoginProfile).toMatchObject({ ...ana, PasswordResetRequired: true });
  await expect(iam.send(profile)).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' });
  await iam.send(new UpdateLoginProfileCommand({ ...ana, PasswordResetRequired: false }));
  expect((await iam.send(new GetLoginProfileCommand(ana))).LoginProfile?.PasswordResetRequired).toBe(false);
});

test('a policy names the users and groups that have it', async () => {
  await using made = await setUp();
  const { iam } = made;
  await iam.send(new CreateUserCommand(ana));
  await iam.send(new CreateGroupCommand({ GroupName: 'devs' }));
  await iam.send(new AttachUserPolicyCommand({ ...ana, PolicyArn: READ_ONLY }));
  await iam.send(new AttachGroupPolicyCommand({ GroupName: 'devs', PolicyArn: READ_ONLY }));
  expect((await iam.send(new ListAttachedUserPoliciesCommand(ana))).AttachedPolicies).toEqual([
    { PolicyName: 'ReadOnlyAccess', PolicyArn: READ_ONLY },
  ]);
  const entities = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn: READ_ONLY }));
  expect(entities).toMatchObject({
    PolicyUsers: [ana],
    PolicyGroups: [{ GroupName: 'devs' }],
    PolicyRoles: [],
    IsTruncated: false,
  });
});

test.each<[what: string, command: ConstructorParameters<typeof AttachUserPolicyCommand>[0], error: object]>([
  [
    'what is no ARN',
    { ...ana, PolicyArn: 'longpolicynamebutnoarn' },
    { name: 'ValidationError', message: 'Invalid ARN:  Could not be parsed!' },
  ],
  [
    'a policy that is not there',
    { ...ana, PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/none` },
    {
      name: 'NoSuchEntityException',
      message: `Policy arn:aws:iam::${ACCOUNT}:policy/none does not exist or is not attachable.`,
    },
  ],
])('AttachUserPolicy refuses %s', async (_what, input, error) => {
  await using made = await setUp();
  await made.iam.send(new CreateUserCommand(ana));
  await expect(made.iam.send(new AttachUserPolicyCommand(input))).rejects.toMatchObject(error);
});

test('a status that IAM does not have is refused without its value and set', async () => {
  await using made = await setUp();
  await made.iam.send(new CreateUserCommand(ana));
  const command = new UpdateAccessKeyCommand({ ...ana, AccessKeyId: 'AKIA000000000000', Status: 'Off' as 'Active' });
  await expect(made.iam.send(command)).rejects.toMatchObject({
    name: 'ValidationError',
    message:
      "1 validation error detected: Value at 'status' failed to satisfy constraint: Member must satisfy enum value set",
  });
});

test('who names no user has to be one', async () => {
  await using made = await setUp();
  expect((await made.iam.send(new GetUserCommand({}))).User).toMatchObject({
    UserId: ACCOUNT,
    Arn: `arn:aws:iam::${ACCOUNT}:root`,
  });
  await expect(made.iam.send(new CreateAccessKeyCommand({}))).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'Must specify userName when calling with non-User credentials',
  });
});

test('users and their memberships survive a restart', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'goblet-iam-'));
  try {
    for (const restarted of [false, true]) {
      await using cloud = await testCloud({ ephemeral: false, dataFolder, services: [iamService] });
      const iam = new IAMClient(cloud.clientConfig());
      if (!restarted) {
        await iam.send(new CreateUserCommand(ana));
        await iam.send(new CreateGroupCommand({ GroupName: 'devs' }));
        await iam.send(new AddUserToGroupCommand({ GroupName: 'devs', ...ana }));
      }
      expect((await iam.send(new GetGroupCommand({ GroupName: 'devs' }))).Users).toMatchObject([ana]);
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
});
