import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { identitiesIn, type RoleRecord } from '../../iam/index.js';
import { type TestCloud, testCloud } from '../../testing/test-cloud.js';

const ACCOUNT = '111122223333';

async function addRole(cloud: TestCloud, role: Partial<RoleRecord> = {}): Promise<RoleRecord> {
  const name = role.name ?? 'reader';
  const record: RoleRecord = {
    name,
    path: '/',
    id: 'AROAEXAMPLEEXAMPLE000',
    arn: `arn:aws:iam::${ACCOUNT}:role/${name}`,
    created: 0,
    description: undefined,
    maxSessionDuration: 3600,
    trustPolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }],
    }),
    inlinePolicies: {
      read: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'ssm:GetParameter', Resource: '*' }],
      }),
    },
    attachedPolicies: [],
    permissionsBoundary: undefined,
    tags: [],
    ...role,
  };
  await identitiesIn(cloud.context.store).roles.add(ACCOUNT, record);
  return record;
}

async function sessionConfig(
  cloud: TestCloud,
  roleArn: string,
  more: { Policy?: string; Tags?: { Key: string; Value: string }[]; TransitiveTagKeys?: string[] } = {},
) {
  const config = cloud.clientConfig({ account: ACCOUNT });
  const client = new STSClient(config);
  const { Credentials } = await client.send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'test', ...more }),
  );
  return {
    ...config,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  };
}

test('the account of the developer is the one in the key', async () => {
  await using cloud = await testCloud();
  const client = new STSClient(cloud.clientConfig({ account: ACCOUNT }));
  const { Account, Arn, UserId } = await client.send(new GetCallerIdentityCommand({}));
  expect({ Account, Arn, UserId }).toEqual({
    Account: ACCOUNT,
    Arn: `arn:aws:iam::${ACCOUNT}:root`,
    UserId: ACCOUNT,
  });
});

test('a session is the role that it was assumed from', async () => {
  await using cloud = await testCloud();
  const role = await addRole(cloud);
  const client = new STSClient(await sessionConfig(cloud, role.arn));
  expect(await client.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/reader/test`,
    UserId: `${role.id}:test`,
  });
});

test('a session may do what its role may, and nothing else', async () => {
  await using cloud = await testCloud();
  const role = await addRole(cloud);
  const root = new SSMClient(cloud.clientConfig({ account: ACCOUNT }));
  await root.send(new PutParameterCommand({ Name: 'a', Value: 'b', Type: 'String' }));
  const client = new SSMClient(await sessionConfig(cloud, role.arn));
  expect((await client.send(new GetParameterCommand({ Name: 'a' }))).Parameter?.Value).toBe('b');
  await expect(client.send(new PutParameterCommand({ Name: 'b', Value: 'b', Type: 'String' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('is not authorized to perform: ssm:PutParameter'),
  });
  expect(cloud.events).toContainEqual(
    expect.objectContaining({ kind: 'accessDenied', action: 'ssm:PutParameter', refused: true }),
  );
});

test('a session policy takes away what the role allows', async () => {
  await using cloud = await testCloud();
  const role = await addRole(cloud);
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'ssm:GetParameter', Resource: 'arn:aws:ssm:*:*:parameter/only' }],
  });
  const client = new SSMClient(await sessionConfig(cloud, role.arn, { Policy }));
  await expect(client.send(new GetParameterCommand({ Name: 'a' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});

test('session policies over AWS’s sizes are refused', async () => {
  await using cloud = await testCloud();
  const role = await addRole(cloud);
  const client = new STSClient(cloud.clientConfig({ account: ACCOUNT }));
  const assume = (more: { Policy?: string; PolicyArns?: { arn: string }[] }) =>
    client.send(new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: 'test', ...more }));
  const policyOf = (length: number) => {
    const text = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
    return text.padEnd(length);
  };
  await assume({ Policy: policyOf(2048) });
  await expect(assume({ Policy: policyOf(2049) })).rejects.toMatchObject({
    name: 'ValidationError',
    message: expect.stringMatching(
      /^1 validation error detected: Value '.*' at 'policy' failed to satisfy constraint: Member must have length less than or equal to 2048$/,
    ),
  });
  const PolicyArns = Array.from({ length: 11 }, (_, n) => ({ arn: `arn:aws:iam::aws:policy/p${n}` }));
  await expect(assume({ PolicyArns })).rejects.toMatchObject({
    name: 'ValidationError',
    message: expect.stringMatching(/ at 'policyArns' failed .* less than or equal to 10$/),
  });
  const one = [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }];
  await expect(assume({ Policy: policyOf(2048), PolicyArns: one })).rejects.toMatchObject({
    name: 'PackedPolicyTooLargeException',
    message: 'Packed policy consumes 102% of allotted space, please use smaller policy.',
  });
});

test('under warn a denied call goes on, and is told', async () => {
  await using cloud = await testCloud({ iam: 'warn' });
  const role = await addRole(cloud);
  const client = new SSMClient(await sessionConfig(cloud, role.arn));
  await client.send(new PutParameterCommand({ Name: 'b', Value: 'b', Type: 'String' }));
  expect(cloud.events).toContainEqual(expect.objectContaining({ kind: 'accessDenied', refused: false }));
});

test('a role that does not trust the account is not assumed', async () => {
  await using cloud = await testCloud();
  const trustPolicy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
  });
  const role = await addRole(cloud, { trustPolicy });
  await expect(sessionConfig(cloud, role.arn)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining(`is not authorized to perform: sts:AssumeRole`),
  });
});

test.each(['enforce', 'off'] as const)(
  'a role that is not there is not told from one that is (iam %s)',
  async (iam) => {
    await using cloud = await testCloud({ iam });
    await expect(sessionConfig(cloud, `arn:aws:iam::${ACCOUNT}:role/none`)).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  },
);

test('a session longer than the role allows is refused', async () => {
  await using cloud = await testCloud();
  const role = await addRole(cloud);
  const client = new STSClient(cloud.clientConfig({ account: ACCOUNT }));
  await expect(
    client.send(new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: 'test', DurationSeconds: 7200 })),
  ).rejects.toThrow('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
});

test('an expired session is refused', async () => {
  let time = Date.now();
  await using cloud = await testCloud({ now: () => time });
  const role = await addRole(cloud);
  const config = await sessionConfig(cloud, role.arn);
  time += 3_601_000;
  const client = new SSMClient({ ...config, systemClockOffset: 3_601_000 });
  await expect(client.send(new GetParameterCommand({ Name: 'a' }))).rejects.toMatchObject({
    name: 'ExpiredTokenException',
  });
});

test('a session with the token of another is refused', async () => {
  await using cloud = await testCloud();
  const role = await addRole(cloud);
  const config = await sessionConfig(cloud, role.arn);
  const client = new SSMClient({ ...config, credentials: { ...config.credentials, sessionToken: 'other' } });
  await expect(client.send(new GetParameterCommand({ Name: 'a' }))).rejects.toMatchObject({
    name: 'UnrecognizedClientException',
  });
});

const assuming = (cloud: TestCloud, RoleArn: string, more: object = {}) =>
  new STSClient(cloud.clientConfig({ account: ACCOUNT })).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test', ...more }),
  );

test.each([
  'nothing-valid-in-here',
  'arn::b:::something/test-role',
  'arn:a::::something/test-role',
  'arn:a:a::aaaaaaaaaa:',
])('AssumeRole of %s is invalid', async (RoleArn) => {
  await using cloud = await testCloud();
  await expect(assuming(cloud, RoleArn)).rejects.toMatchObject({
    name: 'ValidationError',
    message: `${RoleArn} is invalid`,
  });
});

test('a session name is refused in the words of AWS', async () => {
  await using cloud = await testCloud();
  await expect(
    assuming(cloud, `arn:aws:iam::${ACCOUNT}:role/any`, { RoleSessionName: 'Session1:2' }),
  ).rejects.toMatchObject({
    name: 'ValidationError',
    message:
      "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
  });
});

const TAGGING_TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    },
  ],
});
const TAGS = [{ Key: 'Team', Value: 'blue' }];

test('the tags of a session decide by aws:PrincipalTag, before those of its role', async () => {
  await using cloud = await testCloud();
  const read = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'ssm:GetParameter',
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalTag/Team': 'blue' } },
      },
    ],
  });
  const role = await addRole(cloud, {
    trustPolicy: TAGGING_TRUST,
    inlinePolicies: { read },
    tags: [{ Key: 'team', Value: 'red' }],
  });
  const root = new SSMClient(cloud.clientConfig({ account: ACCOUNT }));
  await root.send(new PutParameterCommand({ Name: 'a', Value: 'b', Type: 'String' }));
  const get = async (more: { Tags?: typeof TAGS }) =>
    new SSMClient(await sessionConfig(cloud, role.arn, more)).send(new GetParameterCommand({ Name: 'a' }));
  await expect(get({})).rejects.toMatchObject({ name: 'AccessDeniedException' });
  expect((await get({ Tags: TAGS })).Parameter?.Value).toBe('b');
});

test('a role whose trust does not allow sts:TagSession takes no tags', async () => {
  await using cloud = await testCloud();
  const role = await addRole(cloud);
  await expect(assuming(cloud, role.arn, { Tags: TAGS })).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('sts:TagSession'),
  });
});

test.each<[what: string, more: object, message: string]>([
  [
    'a transitive key that is not given',
    { Tags: TAGS, TransitiveTagKeys: ['Other'] },
    'The specified transitive tag key must be included in the requested tags.',
  ],
  [
    'one key in two cases',
    { Tags: [...TAGS, { Key: 'team', Value: 'red' }] },
    'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
  ],
])('AssumeRole refuses %s', async (_what, more, message) => {
  await using cloud = await testCloud();
  const role = await addRole(cloud, { trustPolicy: TAGGING_TRUST });
  await expect(assuming(cloud, role.arn, more)).rejects.toMatchObject({ name: 'InvalidParameterValue', message });
});

test('a transitive tag goes on to the next session and is not overridden there', async () => {
  await using cloud = await testCloud();
  const everything = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: '*' }],
  });
  const role = await addRole(cloud, { trustPolicy: TAGGING_TRUST, inlinePolicies: { everything } });
  const config = await sessionConfig(cloud, role.arn, { Tags: TAGS, TransitiveTagKeys: ['team'] });
  const again = new AssumeRoleCommand({
    RoleArn: role.arn,
    RoleSessionName: 'next',
    Tags: [{ Key: 'TEAM', Value: 'red' }],
  });
  await expect(new STSClient(config).send(again)).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message:
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
  });
});
