import {
  AddUserToGroupCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserPermissionsBoundaryCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  PutGroupPolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam';
import { CreateQueueCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  AssumeRoleCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { sqs } from '../sqs/index.js';
import { sts } from '../sts/index.js';
import { iam } from './index.js';

const ACCOUNT = '000000000000';
const ana = { UserName: 'ana' };
const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string, more: object = {}) => policy({ Effect: 'Allow', Action, Resource: '*', ...more });

/** A cloud with the user ana, and clients that sign with a key of hers. */
async function setUp() {
  const cloud = await testCloud({ services: [iam, sts, sqs] });
  const root = new IAMClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const { User } = await root.send(new CreateUserCommand({ ...ana, Tags: [{ Key: 'team', Value: 'blue' }] }));
  const { AccessKey } = await root.send(new CreateAccessKeyCommand(ana));
  const keyed = {
    ...cloud.clientConfig(),
    maxAttempts: 1,
    credentials: {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    },
  };
  const grant = (PolicyDocument: string) =>
    root.send(new PutUserPolicyCommand({ ...ana, PolicyName: 'Own', PolicyDocument }));
  return {
    cloud,
    root,
    user: User,
    keyed,
    key: { ...ana, AccessKeyId: keyed.credentials.accessKeyId },
    grant,
    queues: new SQSClient(keyed),
    [Symbol.asyncDispose]: () => cloud.close(),
  };
}

const denied = { name: 'AccessDenied' };

test('a user is who its access key says', async () => {
  await using made = await setUp();
  const client = new STSClient(made.keyed);
  expect(await client.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: ACCOUNT,
    Arn: `arn:aws:iam::${ACCOUNT}:user/ana`,
    UserId: made.user?.UserId,
  });
});

test('a user may do what its own policies allow, and nothing else', async () => {
  await using made = await setUp();
  await expect(made.queues.send(new ListQueuesCommand({}))).rejects.toMatchObject({
    ...denied,
    message: expect.stringMatching(
      new RegExp(
        `^User: arn:aws:iam::${ACCOUNT}:user/ana is not authorized to perform: sqs:ListQueues .* because no identity-based policy allows the sqs:ListQueues action$`,
      ),
    ),
  });
  await made.grant(allow('sqs:ListQueues'));
  await made.queues.send(new ListQueuesCommand({}));
  await expect(made.queues.send(new CreateQueueCommand({ QueueName: 'a' }))).rejects.toMatchObject(denied);
});

test('the policies of its groups are those of a user', async () => {
  await using made = await setUp();
  const group = { GroupName: 'devs' };
  await made.root.send(new CreateGroupCommand(group));
  await made.root.send(new AddUserToGroupCommand({ ...group, ...ana }));
  await made.root.send(
    new PutGroupPolicyCommand({ ...group, PolicyName: 'Queues', PolicyDocument: allow('sqs:ListQueues') }),
  );
  await made.queues.send(new ListQueuesCommand({}));
});

test('the boundary of a user caps its policies', async () => {
  await using made = await setUp();
  await made.grant(allow('*'));
  await made.root.send(
    new PutUserPermissionsBoundaryCommand({
      ...ana,
      PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
    }),
  );
  await expect(made.queues.send(new ListQueuesCommand({}))).rejects.toMatchObject({
    message: expect.stringContaining('because no permissions boundary allows the sqs:ListQueues action'),
  });
  await made.root.send(new DeleteUserPermissionsBoundaryCommand(ana));
  await made.queues.send(new ListQueuesCommand({}));
});

test('a policy knows a user by its name and its tags', async () => {
  await using made = await setUp();
  await made.grant(
    policy({
      Effect: 'Allow',
      Action: 'iam:GetUser',
      Resource: 'arn:aws:iam::*:user/${aws:username}',
      Condition: { StringEquals: { 'aws:PrincipalTag/team': 'blue', 'aws:PrincipalType': 'User' } },
    }),
  );
  expect((await new IAMClient(made.keyed).send(new GetUserCommand({}))).User?.UserName).toBe('ana');
});

test('an inactive or deleted key signs nothing', async () => {
  await using made = await setUp();
  await made.grant(allow('*'));
  await made.queues.send(new ListQueuesCommand({}));
  await made.root.send(new UpdateAccessKeyCommand({ ...made.key, Status: 'Inactive' }));
  expect((await made.root.send(new ListAccessKeysCommand(ana))).AccessKeyMetadata).toMatchObject([
    { ...made.key, Status: 'Inactive' },
  ]);
  const unknown = { name: 'UnrecognizedClient' };
  await expect(made.queues.send(new ListQueuesCommand({}))).rejects.toMatchObject(unknown);
  await made.root.send(new UpdateAccessKeyCommand({ ...made.key, Status: 'Active' }));
  await made.queues.send(new ListQueuesCommand({}));
  await made.root.send(new DeleteAccessKeyCommand(made.key));
  await expect(made.queues.send(new ListQueuesCommand({}))).rejects.toMatchObject(unknown);
});

test('a wrong secret is refused', async () => {
  await using made = await setUp();
  const credentials = { ...made.keyed.credentials, secretAccessKey: 'wrong' };
  await expect(new SQSClient({ ...made.keyed, credentials }).send(new ListQueuesCommand({}))).rejects.toMatchObject({
    name: 'InvalidSignature',
  });
});

test('a key goes with its user to a new name', async () => {
  await using made = await setUp();
  await made.root.send(new UpdateUserCommand({ ...ana, NewUserName: 'eva' }));
  expect(await new STSClient(made.keyed).send(new GetCallerIdentityCommand({}))).toMatchObject({
    Arn: `arn:aws:iam::${ACCOUNT}:user/eva`,
  });
});

test('a user has two keys at most', async () => {
  await using made = await setUp();
  await made.root.send(new CreateAccessKeyCommand(ana));
  await expect(made.root.send(new CreateAccessKeyCommand(ana))).rejects.toMatchObject({
    name: 'LimitExceededException',
    message: 'Cannot exceed quota for AccessKeysPerUser: 2',
  });
});

test('a role that trusts a user by its ARN is assumed without a policy of the user', async () => {
  await using made = await setUp();
  const trust = (arn: string) => policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arn } });
  const make = (RoleName: string, arn: string) =>
    made.root.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust(arn) }));
  const trusting = await make('trusting', made.user?.Arn ?? '');
  const account = await make('account', `arn:aws:iam::${ACCOUNT}:root`);
  const client = new STSClient(made.keyed);
  const assume = (RoleArn: string | undefined) =>
    client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }));
  expect((await assume(trusting.Role?.Arn)).AssumedRoleUser?.Arn).toMatch(/assumed-role\/trusting\/test$/);
  await expect(assume(account.Role?.Arn)).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('a session token is the user itself for a while', async () => {
  await using made = await setUp();
  await made.grant(allow('sqs:ListQueues', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } }));
  // A long-term key has no such key of conditions.
  await expect(made.queues.send(new ListQueuesCommand({}))).rejects.toMatchObject(denied);
  const { Credentials } = await new STSClient(made.keyed).send(new GetSessionTokenCommand({}));
  const config = {
    ...made.keyed,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  };
  await new SQSClient(config).send(new ListQueuesCommand({}));
  await expect(new STSClient(config).send(new GetSessionTokenCommand({}))).rejects.toMatchObject({
    message: 'Cannot call GetSessionToken with session credentials',
  });
});

test('the account of a key can be asked for', async () => {
  await using made = await setUp();
  const client = new STSClient(made.cloud.clientConfig());
  expect((await client.send(new GetAccessKeyInfoCommand({ AccessKeyId: made.key.AccessKeyId }))).Account).toBe(ACCOUNT);
});
