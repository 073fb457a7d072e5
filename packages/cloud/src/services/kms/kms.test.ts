import { constants, createPublicKey, verify } from 'node:crypto';
import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyPairCommand,
  GenerateMacCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  GetPublicKeyCommand,
  KMSClient,
  ListAliasesCommand,
  ListGrantsCommand,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  ReEncryptCommand,
  RevokeGrantCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
  SignCommand,
  TagResourceCommand,
  UpdateAliasCommand,
  VerifyCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { type ClientTarget, type TestCloud, testCloud } from '../../testing/index.js';

const SECRET = Buffer.from('goods for 12 pounds');

const clientOf = (cloud: TestCloud, target: ClientTarget = {}) =>
  new KMSClient({ ...cloud.clientConfig(target), maxAttempts: 1 });

async function newKey(client: KMSClient, input: CreateKeyCommandInput = {}) {
  const { KeyMetadata } = await client.send(new CreateKeyCommand(input));
  return { KeyId: KeyMetadata?.KeyId ?? '', Arn: KeyMetadata?.Arn ?? '' };
}

test('what a key encrypted it decrypts, named or not', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const { KeyId, Arn } = await newKey(client);
  const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId, Plaintext: SECRET }));
  expect(Buffer.from(CiphertextBlob ?? []).includes(SECRET)).toBe(false);
  for (const named of [{}, { KeyId }, { KeyId: Arn }]) {
    const { Plaintext, ...rest } = await client.send(new DecryptCommand({ CiphertextBlob, ...named }));
    expect(Buffer.from(Plaintext ?? [])).toEqual(SECRET);
    expect(rest).toMatchObject({ KeyId: Arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
  }
});

test('a ciphertext is of its encryption context and of its bytes', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const { KeyId } = await newKey(client);
  const EncryptionContext = { tenant: 'a', purpose: 'test' };
  const { CiphertextBlob = new Uint8Array() } = await client.send(
    new EncryptCommand({ KeyId, Plaintext: SECRET, EncryptionContext }),
  );
  const decrypt = (blob: Uint8Array, context: Record<string, string>) =>
    client.send(new DecryptCommand({ CiphertextBlob: blob, EncryptionContext: context }));
  expect((await decrypt(CiphertextBlob, { purpose: 'test', tenant: 'a' })).Plaintext).toBeDefined();
  const changed = Uint8Array.from(CiphertextBlob, (byte, at) => (at === CiphertextBlob.length - 1 ? byte ^ 1 : byte));
  for (const [blob, context] of [
    [CiphertextBlob, { tenant: 'b', purpose: 'test' }],
    [CiphertextBlob, {}],
    [changed, EncryptionContext],
  ] as const) {
    await expect(decrypt(blob, context)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  }
});

test('a ciphertext of one key is not another’s', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const [one, other] = [await newKey(client), await newKey(client)];
  const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId: one.KeyId, Plaintext: SECRET }));
  await expect(client.send(new DecryptCommand({ CiphertextBlob, KeyId: other.KeyId }))).rejects.toMatchObject({
    name: 'IncorrectKeyException',
  });
  const { CiphertextBlob: again, KeyId } = await client.send(
    new ReEncryptCommand({ CiphertextBlob, DestinationKeyId: other.KeyId }),
  );
  expect(KeyId).toBe(other.Arn);
  const { Plaintext } = await client.send(new DecryptCommand({ CiphertextBlob: again, KeyId: other.KeyId }));
  expect(Buffer.from(Plaintext ?? [])).toEqual(SECRET);
});

test('a data key comes in the clear and encrypted', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const { KeyId } = await newKey(client);
  const key = await client.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }));
  expect(key.Plaintext).toHaveLength(32);
  const { Plaintext } = await client.send(new DecryptCommand({ CiphertextBlob: key.CiphertextBlob }));
  expect(Plaintext).toEqual(key.Plaintext);
  const pair = await client.send(new GenerateDataKeyPairCommand({ KeyId, KeyPairSpec: 'ECC_NIST_P256' }));
  const secret = await client.send(new DecryptCommand({ CiphertextBlob: pair.PrivateKeyCiphertextBlob }));
  expect(secret.Plaintext).toEqual(pair.PrivateKeyPlaintext);
});

test('everybody who has the public key can verify a signature', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const { KeyId } = await newKey(client, { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
  const signing = { KeyId, Message: SECRET, SigningAlgorithm: 'RSASSA_PSS_SHA_256' as const };
  const { Signature = new Uint8Array() } = await client.send(new SignCommand(signing));
  const { PublicKey = new Uint8Array() } = await client.send(new GetPublicKeyCommand({ KeyId }));
  const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
  expect(verify('sha256', SECRET, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }, Signature)).toBe(
    true,
  );
  expect((await client.send(new VerifyCommand({ ...signing, Signature }))).SignatureValid).toBe(true);
  const other = new VerifyCommand({ ...signing, Message: Buffer.from('other'), Signature });
  await expect(client.send(other)).rejects.toMatchObject({ name: 'KMSInvalidSignatureException' });
});

test('a code of a message is that of no other', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const { KeyId } = await newKey(client, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
  const input = { KeyId, Message: SECRET, MacAlgorithm: 'HMAC_SHA_256' as const };
  const { Mac } = await client.send(new GenerateMacCommand(input));
  expect((await client.send(new VerifyMacCommand({ ...input, Mac }))).MacValid).toBe(true);
  await expect(
    client.send(new VerifyMacCommand({ ...input, Message: Buffer.from('other'), Mac })),
  ).rejects.toMatchObject({ name: 'KMSInvalidMacException' });
});

test('an alias names a key until it is moved', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const [one, other] = [await newKey(client), await newKey(client)];
  await client.send(new CreateAliasCommand({ AliasName: 'alias/shop', TargetKeyId: one.KeyId }));
  const named = async () => (await client.send(new DescribeKeyCommand({ KeyId: 'alias/shop' }))).KeyMetadata?.KeyId;
  expect(await named()).toBe(one.KeyId);
  await client.send(new UpdateAliasCommand({ AliasName: 'alias/shop', TargetKeyId: other.Arn }));
  expect(await named()).toBe(other.KeyId);
  const { Aliases } = await client.send(new ListAliasesCommand({ KeyId: other.KeyId }));
  expect(Aliases).toMatchObject([
    { AliasName: 'alias/shop', AliasArn: 'arn:aws:kms:eu-west-1:000000000000:alias/shop', TargetKeyId: other.KeyId },
  ]);
});

test('a rotation decrypts what was encrypted before it', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const { KeyId } = await newKey(client);
  const before = await client.send(new EncryptCommand({ KeyId, Plaintext: SECRET }));
  await client.send(new RotateKeyOnDemandCommand({ KeyId }));
  const after = await client.send(new EncryptCommand({ KeyId, Plaintext: SECRET }));
  const decrypted = await Promise.all(
    [before, after].map(({ CiphertextBlob }) => client.send(new DecryptCommand({ CiphertextBlob }))),
  );
  expect(decrypted.map(({ Plaintext }) => Buffer.from(Plaintext ?? []).toString())).toEqual([
    SECRET.toString(),
    SECRET.toString(),
  ]);
  expect(new Set(decrypted.map(({ KeyMaterialId }) => KeyMaterialId)).size).toBe(2);
  await client.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
  expect(await client.send(new GetKeyRotationStatusCommand({ KeyId }))).toMatchObject({
    KeyRotationEnabled: true,
    RotationPeriodInDays: 90,
  });
});

test('a key that is disabled or waits for its deletion does nothing', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const { KeyId, Arn } = await newKey(client);
  const encrypt = () => client.send(new EncryptCommand({ KeyId, Plaintext: SECRET }));
  await client.send(new DisableKeyCommand({ KeyId }));
  await expect(encrypt()).rejects.toMatchObject({ name: 'DisabledException', message: `${Arn} is disabled.` });
  await client.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
  await expect(encrypt()).rejects.toMatchObject({
    name: 'KMSInvalidStateException',
    message: `${Arn} is pending deletion.`,
  });
  await client.send(new CancelKeyDeletionCommand({ KeyId }));
  const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId }));
  expect(KeyMetadata).toMatchObject({ KeyState: 'Disabled', Enabled: false });
});

test.each([
  [{ KeyId: 'nothing' }, 'NotFoundException', "Invalid keyId 'nothing'"],
  [
    { KeyId: '00000000-0000-0000-0000-000000000000' },
    'NotFoundException',
    "Key 'arn:aws:kms:eu-west-1:000000000000:key/00000000-0000-0000-0000-000000000000' does not exist",
  ],
  [
    { KeyId: 'alias/nothing' },
    'NotFoundException',
    'Alias arn:aws:kms:eu-west-1:000000000000:alias/nothing is not found.',
  ],
])('%j is refused in the words of AWS', async (input, name, message) => {
  await using cloud = await testCloud();
  await expect(clientOf(cloud).send(new DescribeKeyCommand(input))).rejects.toMatchObject({ name, message });
});

test('tags are those that were set', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const { KeyId } = await newKey(client, { Tags: [{ TagKey: 'team', TagValue: 'shop' }] });
  await client.send(new TagResourceCommand({ KeyId, Tags: [{ TagKey: 'stage', TagValue: 'dev' }] }));
  const { Tags } = await client.send(new ListResourceTagsCommand({ KeyId }));
  expect(Tags).toEqual([
    { TagKey: 'team', TagValue: 'shop' },
    { TagKey: 'stage', TagValue: 'dev' },
  ]);
});

const ROOT = 'arn:aws:iam::000000000000:root';
const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (Principal: object, Action: string | string[], Condition = {}) => ({
  Effect: 'Allow',
  Principal,
  Action,
  Resource: '*',
  Condition,
});

test('the policy of a key decides, for the root of its account as well', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const administration = ['kms:PutKeyPolicy', 'kms:GetKeyPolicy', 'kms:DescribeKey'];
  const { KeyId, Arn } = await newKey(client, { Policy: policy(allow({ AWS: ROOT }, administration)) });
  const encrypt = () => client.send(new EncryptCommand({ KeyId, Plaintext: SECRET }));
  await expect(encrypt()).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: `User: ${ROOT} is not authorized to perform: kms:Encrypt on resource: ${Arn} because no resource-based policy allows the kms:Encrypt action`,
  });
  const Policy = policy(allow({ AWS: ROOT }, 'kms:*'));
  await client.send(new PutKeyPolicyCommand({ KeyId, Policy }));
  expect((await client.send(new GetKeyPolicyCommand({ KeyId }))).Policy).toBe(Policy);
  await encrypt();
});

test('a policy that lets nobody change it is refused', async () => {
  await using cloud = await testCloud();
  const input = { Policy: policy(allow({ AWS: ROOT }, 'kms:Encrypt')) };
  await expect(newKey(clientOf(cloud), input)).rejects.toMatchObject({
    name: 'MalformedPolicyDocumentException',
    message: 'The new key policy will not allow you to update the key policy in the future.',
  });
});

test('conditions see the encryption context', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const Policy = policy(
    allow({ AWS: ROOT }, 'kms:PutKeyPolicy'),
    allow({ AWS: ROOT }, 'kms:Encrypt', { StringEquals: { 'kms:EncryptionContext:tenant': 'a' } }),
  );
  const { KeyId } = await newKey(client, { Policy });
  const encrypt = (tenant: string) =>
    client.send(new EncryptCommand({ KeyId, Plaintext: SECRET, EncryptionContext: { tenant } }));
  await encrypt('a');
  await expect(encrypt('b')).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('a grant lets another account in, until it is revoked', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const other = clientOf(cloud, { account: '111111111111' });
  const { KeyId, Arn } = await newKey(client);
  const encrypt = () => other.send(new EncryptCommand({ KeyId: Arn, Plaintext: SECRET }));
  await expect(encrypt()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  const { GrantId } = await client.send(
    new CreateGrantCommand({ KeyId, GranteePrincipal: 'arn:aws:iam::111111111111:root', Operations: ['Encrypt'] }),
  );
  await encrypt();
  const { Grants } = await client.send(new ListGrantsCommand({ KeyId }));
  expect(Grants).toMatchObject([{ GrantId, Operations: ['Encrypt'], KeyId: Arn }]);
  await client.send(new RevokeGrantCommand({ KeyId, GrantId }));
  await expect(encrypt()).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('keys of AWS’s services are there when they are asked for, and nobody uses them directly', async () => {
  await using cloud = await testCloud();
  const client = clientOf(cloud);
  const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: 'alias/aws/s3' }));
  expect(KeyMetadata).toMatchObject({ KeyManager: 'AWS', KeyState: 'Enabled' });
  await expect(client.send(new EncryptCommand({ KeyId: 'alias/aws/s3', Plaintext: SECRET }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});
