import { expect, test } from 'vitest';
import type { Properties, ResourceContext, ResourceType } from '../../core/resource-type.js';
import { testCloud } from '../../testing/index.js';
import { iam as iamService } from './index.js';
import { accessKey } from './resources/access-key.js';
import { group } from './resources/group.js';
import { rolePolicy } from './resources/identity-policy.js';
import { instanceProfile } from './resources/instance-profile.js';
import { managedPolicy } from './resources/managed-policy.js';
import { policy } from './resources/policy.js';
import { role } from './resources/role.js';
import { serviceLinkedRole } from './resources/service-linked-role.js';
import { user } from './resources/user.js';
import { userToGroupAddition } from './resources/user-to-group-addition.js';

const ACCOUNT = '000000000000';
const BASIC = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
const XRAY = 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess';

const AssumeRolePolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const allow = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});

async function setUp() {
  const cloud = await testCloud({ services: [iamService] });
  const context: ResourceContext = {
    account: ACCOUNT,
    region: 'eu-west-1',
    stackId: `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/Web/1`,
    stackName: 'Web',
    logicalId: 'Thing',
    stackTags: { app: 'web' },
    call: (service, operation, input, resourceId) =>
      cloud.context.dispatch(service, operation, input, {
        account: ACCOUNT,
        region: 'eu-west-1',
        principal: { kind: 'root', account: ACCOUNT },
        requestId: 'r',
        sourceIp: '127.0.0.1',
        ...(resourceId !== undefined && { resourceId }),
      }),
  };
  const iam = <const Name extends string>(operation: Name, input: object) => context.call('iam', operation, input);
  return { context, iam, [Symbol.asyncDispose]: () => cloud.close() };
}

/** As CloudFormation does it: under an id that is known before. */
async function create(type: ResourceType, properties: Properties, context: ResourceContext, id = 'Web-Thing-1') {
  const physicalId = type.newId?.(properties, context) ?? id;
  return { id: physicalId, state: await type.create(physicalId, properties, context) };
}

test('a role comes with its policies, tags and attributes, and goes with them', async () => {
  await using made = await setUp();
  const { context, iam } = made;
  const properties = {
    AssumeRolePolicyDocument,
    ManagedPolicyArns: [BASIC],
    Policies: [{ PolicyName: 'Read', PolicyDocument: allow('s3:GetObject') }],
    MaxSessionDuration: 7200,
    Tags: [{ Key: 'team', Value: 'blue' }],
  };
  const { id, state } = await create(role, properties, context);
  const { Role } = await iam('GetRole', { RoleName: id });
  expect(state.attributes).toEqual({ Arn: Role?.Arn, RoleId: Role?.RoleId });
  expect(Role?.MaxSessionDuration).toBe(7200);
  expect(Role?.Tags).toEqual(
    expect.arrayContaining([
      { Key: 'app', Value: 'web' },
      { Key: 'team', Value: 'blue' },
      { Key: 'aws:cloudformation:stack-name', Value: 'Web' },
    ]),
  );
  expect((await iam('ListRolePolicies', { RoleName: id })).PolicyNames).toEqual(['Read']);
  expect((await iam('ListAttachedRolePolicies', { RoleName: id })).AttachedPolicies).toHaveLength(1);
  await role.delete(id, properties, context);
  await expect(iam('GetRole', { RoleName: id })).rejects.toMatchObject({ code: 'NoSuchEntity' });
  await role.delete(id, properties, context);
});

test('a create that was cut off is taken up, a role of others is not', async () => {
  await using made = await setUp();
  const { context } = made;
  const first = await create(role, { AssumeRolePolicyDocument }, context);
  const again = await create(role, { AssumeRolePolicyDocument }, context);
  expect(again.state).toEqual(first.state);
  const other = { ...context, logicalId: 'Other' };
  await expect(create(role, { AssumeRolePolicyDocument }, other)).rejects.toThrow(
    "Resource of type 'AWS::IAM::Role' with identifier 'Web-Thing-1' already exists.",
  );
});

test('a changed role differs only in what the template changed', async () => {
  await using made = await setUp();
  const { context, iam } = made;
  const before = {
    AssumeRolePolicyDocument,
    Description: 'old',
    ManagedPolicyArns: [BASIC],
    PermissionsBoundary: BASIC,
    Policies: [{ PolicyName: 'Read', PolicyDocument: allow('s3:GetObject') }],
    Tags: [{ Key: 'team', Value: 'blue' }],
  };
  const { id, state } = await create(role, before, context);
  const after = {
    AssumeRolePolicyDocument,
    ManagedPolicyArns: [XRAY],
    Policies: [{ PolicyName: 'Write', PolicyDocument: allow('s3:PutObject') }],
    Tags: [{ Key: 'cost', Value: '1' }],
  };
  expect(await role.update(id, after, before, context)).toEqual(state);
  const { Role } = await iam('GetRole', { RoleName: id });
  expect(Role?.Description).toBe('');
  expect(Role?.PermissionsBoundary).toBeUndefined();
  expect(Role?.Tags).toContainEqual({ Key: 'cost', Value: '1' });
  expect(Role?.Tags).not.toContainEqual({ Key: 'team', Value: 'blue' });
  expect((await iam('ListRolePolicies', { RoleName: id })).PolicyNames).toEqual(['Write']);
  expect((await iam('ListAttachedRolePolicies', { RoleName: id })).AttachedPolicies).toEqual([
    { PolicyName: 'AWSXRayDaemonWriteAccess', PolicyArn: XRAY },
  ]);
});

test('a role that others attached something to is not deleted', async () => {
  await using made = await setUp();
  const { context, iam } = made;
  const { id } = await create(role, { AssumeRolePolicyDocument }, context);
  await iam('AttachRolePolicy', { RoleName: id, PolicyArn: BASIC });
  await expect(role.delete(id, { AssumeRolePolicyDocument }, context)).rejects.toThrow(
    'Cannot delete entity, must detach all policies first.',
  );
});

test('an inline policy follows its roles and its name', async () => {
  await using made = await setUp();
  const { context, iam } = made;
  for (const name of ['one', 'two']) await create(role, { AssumeRolePolicyDocument }, context, name);
  const before = { PolicyName: 'Default', PolicyDocument: allow('s3:GetObject'), Roles: ['one', 'two'] };
  const { id } = await create(policy, before, context);
  const names = async (RoleName: string) => (await iam('ListRolePolicies', { RoleName })).PolicyNames;
  expect(await names('two')).toEqual(['Default']);
  const after = { ...before, PolicyName: 'New', Roles: ['one'] };
  await policy.update(id, after, before, context);
  expect([await names('one'), await names('two')]).toEqual([['New'], []]);
  await policy.delete(id, after, context);
  expect(await names('one')).toEqual([]);
  await policy.delete(id, after, context);
});

test('a policy is given to users and groups, and taken from those that the template no longer names', async () => {
  await using made = await setUp();
  const { context, iam } = made;
  await create(user, {}, context, 'ana');
  await create(group, {}, context, 'devs');
  const before = { PolicyName: 'P', PolicyDocument: allow('s3:*'), Users: ['ana'], Groups: ['devs'] };
  const { id } = await create(policy, before, context);
  const names = async () => [
    (await iam('ListUserPolicies', { UserName: 'ana' })).PolicyNames,
    (await iam('ListGroupPolicies', { GroupName: 'devs' })).PolicyNames,
  ];
  expect(await names()).toEqual([['P'], ['P']]);
  const { Users: _left, ...after } = before;
  await policy.update(id, after, before, context);
  expect(await names()).toEqual([[], ['P']]);
  await policy.delete(id, after, context);
  expect(await names()).toEqual([[], []]);
});

test('a user comes with its groups, policies, profile and tags, is changed, and goes with them', async () => {
  await using made = await setUp();
  const { context, iam } = made;
  for (const name of ['devs', 'ops']) await create(group, {}, context, name);
  const before = {
    Groups: ['devs'],
    LoginProfile: { Password: 'secret' },
    ManagedPolicyArns: [XRAY],
    Policies: [{ PolicyName: 'P', PolicyDocument: allow('s3:*') }],
    Tags: [{ Key: 'a', Value: '1' }],
  };
  const { id, state } = await create(user, before, context, 'ana');
  expect(state.attributes).toEqual({ Arn: `arn:aws:iam::${ACCOUNT}:user/ana` });
  await create(user, before, context, 'ana');
  const groups = async () =>
    ((await iam('ListGroupsForUser', { UserName: id })).Groups ?? []).map(({ GroupName }) => GroupName);
  expect(await groups()).toEqual(['devs']);
  expect((await iam('GetLoginProfile', { UserName: id })).LoginProfile?.PasswordResetRequired).toBe(false);
  const after = { Groups: ['ops'], Path: '/people/' };
  await user.update(id, after, before, context);
  expect(await groups()).toEqual(['ops']);
  expect((await iam('GetUser', { UserName: id })).User).toMatchObject({
    Path: '/people/',
    Tags: expect.not.arrayContaining([{ Key: 'a', Value: '1' }]),
  });
  await expect(iam('GetLoginProfile', { UserName: id })).rejects.toMatchObject({ code: 'NoSuchEntity' });
  await user.delete(id, after, context);
  await user.delete(id, after, context);
  await expect(iam('GetUser', { UserName: id })).rejects.toMatchObject({ code: 'NoSuchEntity' });
});

test('a named user or group of somebody else is not taken over', async () => {
  await using made = await setUp();
  const { context, iam } = made;
  await iam('CreateUser', { UserName: 'ana' });
  await iam('CreateGroup', { GroupName: 'devs' });
  await expect(create(user, { UserName: 'ana' }, context, 'ana')).rejects.toMatchObject({ code: 'AlreadyExists' });
  await expect(create(group, { GroupName: 'devs' }, context, 'devs')).rejects.toMatchObject({ code: 'AlreadyExists' });
});

test('users are added to a group that stands by itself', async () => {
  await using made = await setUp();
  const { context, iam } = made;
  for (const name of ['ana', 'eva']) await create(user, {}, context, name);
  await create(group, {}, context, 'devs');
  const members = async () =>
    ((await iam('GetGroup', { GroupName: 'devs' })).Users ?? []).map(({ UserName }) => UserName);
  const before = { GroupName: 'devs', Users: ['ana'] };
  const { id } = await create(userToGroupAddition, before, context);
  expect(await members()).toEqual(['ana']);
  const after = { GroupName: 'devs', Users: ['eva'] };
  await userToGroupAddition.update(id, after, before, context);
  expect(await members()).toEqual(['eva']);
  await userToGroupAddition.delete(id, after, context);
  expect(await members()).toEqual([]);
});

test('an access key has its secret as an attribute, and is switched off by its template', async () => {
  await using made = await setUp();
  const { context, iam } = made;
  await create(user, {}, context, 'ana');
  const { id, state } = await create(accessKey, { UserName: 'ana' }, context);
  expect(state.attributes).toEqual({ Id: id, SecretAccessKey: expect.any(String) });
  // A creation that was cut off, and is repeated.
  await accessKey.create(id, { UserName: 'ana' }, context);
  const off = { UserName: 'ana', Status: 'Inactive' };
  await accessKey.update(id, off, { UserName: 'ana' }, context);
  expect((await iam('ListAccessKeys', { UserName: 'ana' })).AccessKeyMetadata).toMatchObject([
    { AccessKeyId: id, Status: 'Inactive' },
  ]);
  await accessKey.delete(id, off, context);
  expect((await iam('ListAccessKeys', { UserName: 'ana' })).AccessKeyMetadata).toEqual([]);
});

test('a service-linked role has the name that AWS gives it', async () => {
  await using made = await setUp();
  const { context, iam } = made;
  const properties = { AWSServiceName: 'batch.amazonaws.com', Description: 'of batches' };
  const { id, state } = await create(serviceLinkedRole, properties, context);
  expect(state.attributes).toEqual({ RoleName: 'AWSServiceRoleForBatch' });
  await serviceLinkedRole.update(id, { ...properties, Description: 'new' }, properties, context);
  expect((await iam('GetRole', { RoleName: id })).Role?.Description).toBe('new');
  await serviceLinkedRole.delete(id, properties, context);
  await serviceLinkedRole.delete(id, properties, context);
});

test('an instance profile changes its role', async () => {
  await using made = await setUp();
  const { context, iam } = made;
  for (const name of ['one', 'two']) await create(role, { AssumeRolePolicyDocument }, context, name);
  const { id, state } = await create(instanceProfile, { Roles: ['one'] }, context);
  expect(state.attributes).toEqual({ Arn: `arn:aws:iam::${ACCOUNT}:instance-profile/${id}` });
  await instanceProfile.update(id, { Roles: ['two'] }, { Roles: ['one'] }, context);
  const { InstanceProfile } = await iam('GetInstanceProfile', { InstanceProfileName: id });
  expect(InstanceProfile?.Roles).toMatchObject([{ RoleName: 'two' }]);
  await instanceProfile.delete(id, { Roles: ['two'] }, context);
  await instanceProfile.delete(id, { Roles: ['two'] }, context);
});

test('a role policy is one policy of one role', async () => {
  await using made = await setUp();
  const { context, iam } = made;
  await create(role, { AssumeRolePolicyDocument }, context, 'one');
  const properties = { PolicyName: 'P', RoleName: 'one', PolicyDocument: allow('s3:*') };
  const { id } = await create(rolePolicy, properties, context);
  expect(id).toBe('P|one');
  expect((await iam('ListRolePolicies', { RoleName: 'one' })).PolicyNames).toEqual(['P']);
  await rolePolicy.delete(id, properties, context);
  expect((await iam('ListRolePolicies', { RoleName: 'one' })).PolicyNames).toEqual([]);
});

test('a managed policy gets a version with every change and never more than five', async () => {
  await using made = await setUp();
  const { context, iam } = made;
  await create(role, { AssumeRolePolicyDocument }, context, 'one');
  let properties = { PolicyDocument: allow('s3:Get0'), Roles: ['one'] };
  const { id, state } = await create(managedPolicy, properties, context);
  expect(id).toMatch(/^arn:aws:iam::000000000000:policy\/Web-Thing-[A-Z2-7]{12}$/);
  expect(state.attributes).toMatchObject({ PolicyArn: id, DefaultVersionId: 'v1' });
  for (let i = 1; i <= 6; i++) {
    const next = { ...properties, PolicyDocument: allow(`s3:Get${i}`) };
    await managedPolicy.update(id, next, properties, context);
    properties = next;
  }
  const { Policy } = await iam('GetPolicy', { PolicyArn: id });
  expect(Policy).toMatchObject({ DefaultVersionId: 'v7', AttachmentCount: 1 });
  expect((await iam('ListPolicyVersions', { PolicyArn: id })).Versions).toHaveLength(5);
  await managedPolicy.delete(id, properties, context);
  await expect(iam('GetPolicy', { PolicyArn: id })).rejects.toMatchObject({ code: 'NoSuchEntity' });
  await managedPolicy.delete(id, properties, context);
});
