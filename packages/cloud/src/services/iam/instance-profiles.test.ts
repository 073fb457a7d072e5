import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  DeleteInstanceProfileCommand,
  DeleteRoleCommand,
  GetInstanceProfileCommand,
  IAMClient,
  ListInstanceProfilesForRoleCommand,
  ListInstanceProfileTagsCommand,
  RemoveRoleFromInstanceProfileCommand,
  TagInstanceProfileCommand,
} from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { iam as iamService } from './index.js';

const profile = { InstanceProfileName: 'web' };
const AssumeRolePolicyDocument = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

test('an instance profile holds one role, which is not deleted under it', async () => {
  await using cloud = await testCloud({ services: [iamService] });
  const iam = new IAMClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const { InstanceProfile } = await iam.send(new CreateInstanceProfileCommand({ ...profile, Path: '/apps/' }));
  expect(InstanceProfile).toMatchObject({
    Arn: 'arn:aws:iam::000000000000:instance-profile/apps/web',
    InstanceProfileId: expect.stringMatching(/^AIPA[A-Z2-7]{17}$/),
    Roles: [],
  });
  for (const RoleName of ['one', 'two']) await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  await iam.send(new AddRoleToInstanceProfileCommand({ ...profile, RoleName: 'one' }));
  await expect(iam.send(new AddRoleToInstanceProfileCommand({ ...profile, RoleName: 'two' }))).rejects.toMatchObject({
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
  });
  expect((await iam.send(new GetInstanceProfileCommand(profile))).InstanceProfile?.Roles).toMatchObject([
    { RoleName: 'one' },
  ]);
  const { InstanceProfiles } = await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName: 'one' }));
  expect(InstanceProfiles).toMatchObject([profile]);
  const conflict = {
    name: 'DeleteConflictException',
    message: 'Cannot delete entity, must remove roles from instance profile first.',
  };
  await expect(iam.send(new DeleteRoleCommand({ RoleName: 'one' }))).rejects.toMatchObject(conflict);
  await expect(iam.send(new DeleteInstanceProfileCommand(profile))).rejects.toMatchObject(conflict);
  await iam.send(new RemoveRoleFromInstanceProfileCommand({ ...profile, RoleName: 'one' }));
  await iam.send(new DeleteRoleCommand({ RoleName: 'one' }));
  await iam.send(new TagInstanceProfileCommand({ ...profile, Tags: [{ Key: 'a', Value: '1' }] }));
  expect((await iam.send(new ListInstanceProfileTagsCommand(profile))).Tags).toEqual([{ Key: 'a', Value: '1' }]);
  await iam.send(new DeleteInstanceProfileCommand(profile));
  await expect(iam.send(new GetInstanceProfileCommand(profile))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: 'Instance Profile web cannot be found.',
  });
});
