import {
  CreateRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  IAMClient,
  ListRolesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { type ClientConfig, type ClientTarget, type TestCloud, testCloud } from '../../testing/index.js';
import { sts } from '../sts/index.js';
import { iam } from './index.js';

const OTHER = '111111111111';

const trusting = (principal: object, condition?: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...(condition && { Condition: condition }) },
    ],
  });
const allow = (action: string, resource = '*') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] });
const arnOf = (role: string) => `arn:aws:iam::000000000000:role/${role}`;

async function createRole(cloud: TestCloud, RoleName: string, trust: string, policies: Record<string, string> = {}) {
  const client = new IAMClient(cloud.clientConfig());
  await client.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  for (const [PolicyName, PolicyDocument] of Object.entries(policies)) {
    await client.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  }
  return client;
}

/** The configuration of a client that acts as a role. */
async function assume(
  cloud: TestCloud,
  role: string,
  as: { credentials?: ClientConfig['credentials']; target?: ClientTarget } = {},
  more: object = {},
) {
  const client = new STSClient({
    ...cloud.clientConfig(as.target),
    ...(as.credentials && { credentials: as.credentials }),
  });
  const { Credentials } = await client.send(
    new AssumeRoleCommand({ RoleArn: arnOf(role), RoleSessionName: 'test', ...more }),
  );
  return {
    ...cloud.clientConfig(),
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  };
}

test('a session may do what the policies of its role allow, from one request to the next', async () => {
  await using cloud = await testCloud({ services: [iam, sts] });
  const root = await createRole(cloud, 'app', trusting({ AWS: '000000000000' }), { Read: allow('iam:GetRole') });
  const app = new IAMClient(await assume(cloud, 'app'));
  expect((await app.send(new GetRoleCommand({ RoleName: 'app' }))).Role?.RoleName).toBe('app');
  await root.send(new DeleteRolePolicyCommand({ RoleName: 'app', PolicyName: 'Read' }));
  await expect(app.send(new GetRoleCommand({ RoleName: 'app' }))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: `User: arn:aws:sts::000000000000:assumed-role/app/test is not authorized to perform: iam:GetRole on resource: ${arnOf('app')} because no identity-based policy allows the iam:GetRole action`,
    $metadata: { httpStatusCode: 403 },
  });
  expect(cloud.events.filter(({ kind }) => kind === 'accessDenied')).toMatchObject([
    {
      action: 'iam:GetRole',
      resource: arnOf('app'),
      principal: { kind: 'assumedRole', roleName: 'app' },
      statement: JSON.stringify({ Effect: 'Allow', Action: 'iam:GetRole', Resource: arnOf('app') }),
      refused: true,
    },
  ]);
});

test('a session knows who it is, whatever its policies', async () => {
  await using cloud = await testCloud({ services: [iam, sts] });
  await createRole(cloud, 'app', trusting({ AWS: '000000000000' }));
  const client = new STSClient(await assume(cloud, 'app'));
  expect(await client.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '000000000000',
    Arn: 'arn:aws:sts::000000000000:assumed-role/app/test',
    UserId: expect.stringMatching(/^AROA\w{17}:test$/),
  });
});

test('a role that trusts a service only is nobody else’s, not even the root’s', async () => {
  await using cloud = await testCloud({ services: [iam, sts] });
  await createRole(cloud, 'function', trusting({ Service: 'lambda.amazonaws.com' }));
  await expect(assume(cloud, 'function')).rejects.toMatchObject({
    name: 'AccessDenied',
    message:
      'User: arn:aws:iam::000000000000:root is not authorized to perform: sts:AssumeRole because no role trust policy allows the sts:AssumeRole action',
  });
});

test('a role that does not exist is refused like one that does not trust', async () => {
  await using cloud = await testCloud({ services: [iam, sts] });
  await expect(assume(cloud, 'nobody')).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('an external id that the trust policy asks for has to be given', async () => {
  await using cloud = await testCloud({ services: [iam, sts] });
  const trust = trusting({ AWS: '000000000000' }, { StringEquals: { 'sts:ExternalId': 'secret' } });
  await createRole(cloud, 'partner', trust);
  await expect(assume(cloud, 'partner')).rejects.toMatchObject({ name: 'AccessDenied' });
  await assume(cloud, 'partner', {}, { ExternalId: 'secret' });
});

test('from one role to another: trust in the account needs the permission of the caller, trust in the role does not', async () => {
  await using cloud = await testCloud({ services: [iam, sts] });
  await createRole(cloud, 'caller', trusting({ AWS: '000000000000' }));
  await createRole(cloud, 'account', trusting({ AWS: '000000000000' }));
  await createRole(cloud, 'named', trusting({ AWS: arnOf('caller') }));
  const { credentials } = await assume(cloud, 'caller');
  await expect(assume(cloud, 'account', { credentials })).rejects.toMatchObject({
    message: expect.stringContaining('because no identity-based policy allows the sts:AssumeRole action'),
  });
  await assume(cloud, 'named', { credentials });
  const root = new IAMClient(cloud.clientConfig());
  await root.send(
    new PutRolePolicyCommand({
      RoleName: 'caller',
      PolicyName: 'A',
      PolicyDocument: allow('sts:AssumeRole', arnOf('account')),
    }),
  );
  await assume(cloud, 'account', { credentials });
});

test('another account is let in by a trust policy that names it', async () => {
  await using cloud = await testCloud({ services: [iam, sts] });
  await createRole(cloud, 'own', trusting({ AWS: '000000000000' }));
  await createRole(cloud, 'shared', trusting({ AWS: OTHER }), { Read: allow('iam:ListRoles') });
  await expect(assume(cloud, 'own', { target: { account: OTHER } })).rejects.toMatchObject({ name: 'AccessDenied' });
  const shared = new IAMClient(await assume(cloud, 'shared', { target: { account: OTHER } }));
  const { Roles } = await shared.send(new ListRolesCommand({}));
  expect(Roles?.map(({ RoleName }) => RoleName)).toEqual(['own', 'shared']);
});

test('policies given to AssumeRole limit the session', async () => {
  await using cloud = await testCloud({ services: [iam, sts] });
  await createRole(cloud, 'app', trusting({ AWS: '000000000000' }), { All: allow('iam:*') });
  const limited = new IAMClient(await assume(cloud, 'app', {}, { Policy: allow('iam:GetRole') }));
  await limited.send(new GetRoleCommand({ RoleName: 'app' }));
  await expect(limited.send(new ListRolesCommand({}))).rejects.toMatchObject({
    message: expect.stringContaining('because no session policy allows the iam:ListRoles action'),
  });
});

test('a role may be limited to making roles of one team, under one boundary', async () => {
  await using cloud = await testCloud({ services: [iam, sts] });
  const boundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  const Condition = { StringEquals: { 'aws:RequestTag/team': 'blue', 'iam:PermissionsBoundary': boundary } };
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: ['iam:CreateRole', 'iam:TagRole'], Resource: '*', Condition },
  });
  await createRole(cloud, 'maker', trusting({ AWS: '000000000000' }), { Make: policy });
  const maker = new IAMClient(await assume(cloud, 'maker'));
  const role = (RoleName: string, team: string, PermissionsBoundary?: string) =>
    new CreateRoleCommand({
      RoleName,
      PermissionsBoundary,
      AssumeRolePolicyDocument: trusting({ AWS: '000000000000' }),
      Tags: [{ Key: 'team', Value: team }],
    });
  await maker.send(role('right', 'blue', boundary));
  await expect(maker.send(role('unbound', 'blue'))).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(maker.send(role('red', 'red', boundary))).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('under warn a denial is told and the call goes on', async () => {
  await using cloud = await testCloud({ services: [iam, sts], iam: 'warn' });
  await createRole(cloud, 'app', trusting({ AWS: '000000000000' }));
  const app = new IAMClient(await assume(cloud, 'app'));
  await app.send(new ListRolesCommand({}));
  expect(cloud.events).toContainEqual(
    expect.objectContaining({ kind: 'accessDenied', action: 'iam:ListRoles', refused: false }),
  );
});
