import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  BatchGetSecretValueCommand,
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { expect, test } from 'vitest';
import { type TestCloud, testCloud } from '../../testing/index.js';

/** A key that other accounts may use, without which AWS lets nobody of them read. */
async function sharedKey(cloud: TestCloud): Promise<string> {
  const statement = { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const kms = new KMSClient(cloud.clientConfig());
  return (await kms.send(new CreateKeyCommand({ Policy }))).KeyMetadata?.Arn ?? '';
}

const clientOf = (cloud: TestCloud, target = {}) =>
  new SecretsManagerClient({ ...cloud.clientConfig(target), maxAttempts: 1 });

async function secret(client: SecretsManagerClient, Name = 'app/db', SecretString = 'one') {
  const { ARN = '', VersionId = '' } = await client.send(new CreateSecretCommand({ Name, SecretString }));
  return { ARN, VersionId };
}

test('a secret is read by its name, its ARN, and the ARN without its random end', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const { ARN, VersionId } = await secret(client);
  expect(ARN).toMatch(/^arn:aws:secretsmanager:eu-west-1:000000000000:secret:app\/db-[A-Za-z0-9]{6}$/);
  for (const SecretId of ['app/db', ARN, ARN.slice(0, -7)]) {
    expect(await client.send(new GetSecretValueCommand({ SecretId }))).toMatchObject({
      ARN,
      Name: 'app/db',
      SecretString: 'one',
      VersionId,
      VersionStages: ['AWSCURRENT'],
    });
  }
});

test('bytes come back as they were written', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const SecretBinary = Uint8Array.of(0, 1, 255);
  await client.send(new CreateSecretCommand({ Name: 'bytes', SecretBinary }));
  const value = await client.send(new GetSecretValueCommand({ SecretId: 'bytes' }));
  expect(value.SecretBinary).toEqual(SecretBinary);
});

test('a new value is the current one, and the one before is the previous one', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const first = await secret(client);
  const second = await client.send(new PutSecretValueCommand({ SecretId: 'app/db', SecretString: 'two' }));
  const third = await client.send(new UpdateSecretCommand({ SecretId: 'app/db', SecretString: 'three' }));
  const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId: 'app/db' }));
  expect(VersionIdsToStages).toEqual({
    [second.VersionId ?? '']: ['AWSPREVIOUS'],
    [third.VersionId ?? '']: ['AWSCURRENT'],
  });
  const previous = new GetSecretValueCommand({ SecretId: 'app/db', VersionStage: 'AWSPREVIOUS' });
  expect((await client.send(previous)).SecretString).toBe('two');
  const { Versions = [] } = await client.send(
    new ListSecretVersionIdsCommand({ SecretId: 'app/db', IncludeDeprecated: true }),
  );
  expect(Versions.map(({ VersionId }) => VersionId)).toContain(first.VersionId);
});

test('a version under a stage of its own leaves the current one alone', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const { VersionId } = await secret(client);
  const put = new PutSecretValueCommand({ SecretId: 'app/db', SecretString: 'next', VersionStages: ['AWSPENDING'] });
  const { VersionId: pending } = await client.send(put);
  expect((await client.send(new GetSecretValueCommand({ SecretId: 'app/db' }))).SecretString).toBe('one');
  const move = { SecretId: 'app/db', VersionStage: 'AWSCURRENT', MoveToVersionId: pending };
  await expect(client.send(new UpdateSecretVersionStageCommand(move))).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: expect.stringContaining(`Staging label AWSCURRENT is currently attached to version ${VersionId}`),
  });
  await client.send(new UpdateSecretVersionStageCommand({ ...move, RemoveFromVersionId: VersionId }));
  const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId: 'app/db' }));
  expect(VersionIdsToStages).toEqual({ [VersionId]: ['AWSPREVIOUS'], [pending ?? '']: ['AWSPENDING', 'AWSCURRENT'] });
});

test('a request that is repeated with its token makes one version', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  await secret(client);
  const ClientRequestToken = '11111111-2222-3333-4444-555555555555';
  const put = (SecretString: string) =>
    client.send(new PutSecretValueCommand({ SecretId: 'app/db', SecretString, ClientRequestToken }));
  expect((await put('two')).VersionId).toBe(ClientRequestToken);
  expect((await put('two')).VersionId).toBe(ClientRequestToken);
  await expect(put('three')).rejects.toMatchObject({ name: 'ResourceExistsException' });
});

test.each([
  [{ SecretId: 'nothing' }, 'ResourceNotFoundException', "Secrets Manager can't find the specified secret."],
  [
    { SecretId: 'app/db', VersionStage: 'AWSPREVIOUS' },
    'ResourceNotFoundException',
    "Secrets Manager can't find the specified secret value for staging label: AWSPREVIOUS",
  ],
  [
    { SecretId: 'app/db', VersionId: '00000000-0000-0000-0000-000000000000' },
    'ResourceNotFoundException',
    "Secrets Manager can't find the specified secret value for VersionId: 00000000-0000-0000-0000-000000000000",
  ],
  [
    { SecretId: 'a b' },
    'ValidationException',
    'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
  ],
])('%j is refused in the words of AWS', async (input, name, message) => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  await secret(client);
  await expect(client.send(new GetSecretValueCommand(input))).rejects.toMatchObject({ name, message });
});

test('a deleted secret waits for its end, keeps its name, and can be restored', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  await secret(client);
  await client.send(new DeleteSecretCommand({ SecretId: 'app/db', RecoveryWindowInDays: 7 }));
  await expect(client.send(new GetSecretValueCommand({ SecretId: 'app/db' }))).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: "You can't perform this operation on the secret because it was marked for deletion.",
  });
  await expect(secret(client)).rejects.toMatchObject({
    message: "You can't create this secret because a secret with this name is already scheduled for deletion.",
  });
  await client.send(new RestoreSecretCommand({ SecretId: 'app/db' }));
  expect((await client.send(new GetSecretValueCommand({ SecretId: 'app/db' }))).SecretString).toBe('one');
});

test('the end comes when the window is over', async () => {
  let now = Date.now();
  await using cloud = await testCloud({ now: () => now });
  const call = { account: '000000000000', region: 'eu-west-1' };
  const principal = { kind: 'root', account: call.account } as const;
  const dispatch = (operation: string, input: object) =>
    cloud.context.dispatch('secretsmanager', operation, input, {
      ...call,
      principal,
      requestId: 'test',
      sourceIp: '127.0.0.1',
    });
  await dispatch('CreateSecret', { Name: 'a', SecretString: 'one' });
  await dispatch('DeleteSecret', { SecretId: 'a', RecoveryWindowInDays: 7 });
  now += 8 * 86_400_000;
  await expect(dispatch('RestoreSecret', { SecretId: 'a' })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
  });
});

test('a secret that is deleted at once leaves its name', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const { ARN } = await secret(client);
  await client.send(new DeleteSecretCommand({ SecretId: 'app/db', ForceDeleteWithoutRecovery: true }));
  const again = await secret(client);
  expect(again.ARN).not.toBe(ARN);
  await expect(client.send(new GetSecretValueCommand({ SecretId: ARN }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('secrets are listed by page and filter', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  for (const name of ['app/a', 'app/b', 'other']) await secret(client, name);
  const Filters = [{ Key: 'name' as const, Values: ['app/'] }];
  const first = await client.send(new ListSecretsCommand({ Filters, MaxResults: 1, SortOrder: 'asc' }));
  const { NextToken } = first;
  const second = await client.send(new ListSecretsCommand({ Filters, MaxResults: 1, SortOrder: 'asc', NextToken }));
  expect([first, second].flatMap(({ SecretList = [] }) => SecretList.map(({ Name }) => Name))).toEqual([
    'app/a',
    'app/b',
  ]);
  expect(second.NextToken).toBeUndefined();
});

test('tags are added and removed', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  await secret(client);
  const Tags = [{ Key: 'team', Value: 'shop' }];
  await client.send(new TagResourceCommand({ SecretId: 'app/db', Tags }));
  expect((await client.send(new DescribeSecretCommand({ SecretId: 'app/db' }))).Tags).toEqual(Tags);
  await client.send(new UntagResourceCommand({ SecretId: 'app/db', TagKeys: ['team'] }));
  expect((await client.send(new DescribeSecretCommand({ SecretId: 'app/db' }))).Tags).toEqual([]);
});

test('several secrets are read at once, and what is missing is named', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  await secret(client);
  const batch = await client.send(new BatchGetSecretValueCommand({ SecretIdList: ['app/db', 'nothing'] }));
  expect(batch.SecretValues?.map(({ SecretString }) => SecretString)).toEqual(['one']);
  expect(batch.Errors).toMatchObject([{ SecretId: 'nothing', ErrorCode: 'ResourceNotFoundException' }]);
});

test('a password has every kind of character, none that is excluded, and the length that was asked for', async () => {
  await using cloud = await testCloud();
  const input = { PasswordLength: 40, ExcludeCharacters: '"\'/@', ExcludeNumbers: true };
  const { RandomPassword = '' } = await clientOf(cloud).send(new GetRandomPasswordCommand(input));
  expect(RandomPassword).toHaveLength(40);
  expect(RandomPassword).toMatch(/[a-z]/);
  expect(RandomPassword).toMatch(/[A-Z]/);
  expect(RandomPassword).not.toMatch(/[0-9"'/@]/);
});

test("a secret's policy lets another account in, whose own policies have to as well", async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const { ARN } = await secret(client);
  await client.send(new UpdateSecretCommand({ SecretId: ARN, KmsKeyId: await sharedKey(cloud) }));
  const other = clientOf(cloud, { account: '111111111111' });
  await expect(other.send(new GetSecretValueCommand({ SecretId: ARN }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
  const ResourcePolicy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111111111111:root' },
        Action: 'secretsmanager:GetSecretValue',
        Resource: '*',
        Condition: { StringEquals: { 'secretsmanager:VersionStage': 'AWSCURRENT' } },
      },
    ],
  });
  await client.send(new PutResourcePolicyCommand({ SecretId: ARN, ResourcePolicy }));
  expect((await client.send(new GetResourcePolicyCommand({ SecretId: ARN }))).ResourcePolicy).toBe(ResourcePolicy);
  expect((await other.send(new GetSecretValueCommand({ SecretId: ARN }))).SecretString).toBe('one');
});

test('a secret under the default key is read in its account alone, whatever its policy says', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const { ARN } = await secret(client);
  const statement = { Effect: 'Allow', Principal: '*', Action: 'secretsmanager:*', Resource: '*' };
  const ResourcePolicy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await client.send(new PutResourcePolicyCommand({ SecretId: ARN, ResourcePolicy }));
  const other = clientOf(cloud, { account: '111111111111' });
  await expect(other.send(new GetSecretValueCommand({ SecretId: ARN }))).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message:
      "You can't access a secret from a different AWS account if you encrypt the secret with the default KMS service key.",
  });
});

test('a policy for everybody is refused if that is asked for', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  await secret(client);
  const statement = { Effect: 'Allow', Principal: '*', Action: 'secretsmanager:*', Resource: '*' };
  const ResourcePolicy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const put = (BlockPublicPolicy: boolean) =>
    client.send(new PutResourcePolicyCommand({ SecretId: 'app/db', ResourcePolicy, BlockPublicPolicy }));
  await expect(put(true)).rejects.toMatchObject({ name: 'PublicPolicyException' });
  await put(false);
});
