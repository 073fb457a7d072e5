import { expect, test } from 'vitest';
import type { Call } from '../core/operation.js';
import type { Principal } from '../core/principal.js';
import { openMemoryStore } from '../store/open-store.js';
import { createAuthorizer } from './authorizer.js';
import { identitiesIn } from './identities.js';
import type { RoleRecord } from './identity-record.js';

const ACCOUNT = '123456789012';
const TABLE = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/users`;
const PUT = { action: 'dynamodb:PutItem', resource: TABLE };
const USER = `User: arn:aws:sts::${ACCOUNT}:assumed-role/app/one`;

const session: Principal = {
  kind: 'assumedRole',
  account: ACCOUNT,
  roleName: 'app',
  roleArn: `arn:aws:iam::${ACCOUNT}:role/app`,
  roleId: 'AROAAPP',
  sessionName: 'one',
};

const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });

const callBy = (principal: Principal): Call => ({
  account: ACCOUNT,
  region: 'eu-west-1',
  principal,
  requestId: 'r',
  sourceIp: '127.0.0.1',
});

async function setUp(role: Partial<RoleRecord> = {}) {
  const identities = identitiesIn(await openMemoryStore());
  await identities.roles.add(ACCOUNT, {
    name: 'app',
    path: '/',
    id: 'AROAAPP',
    arn: `arn:aws:iam::${ACCOUNT}:role/app`,
    created: 0,
    description: undefined,
    maxSessionDuration: 3600,
    trustPolicy: policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }),
    inlinePolicies: {},
    attachedPolicies: [],
    permissionsBoundary: undefined,
    tags: [],
    ...role,
  });
  return { identities, authorize: createAuthorizer({ identities, now: () => Date.parse('2026-11-24T12:00:00Z') }) };
}

test('a missing permission is denied in the words of AWS, with the statement that would allow it', async () => {
  const { authorize } = await setUp();
  expect(await authorize(PUT, callBy(session))).toEqual({
    allowed: false,
    message: `${USER} is not authorized to perform: dynamodb:PutItem on resource: ${TABLE} because no identity-based policy allows the dynamodb:PutItem action`,
    reason: 'no policy of the role app allows it',
    statement: JSON.stringify({ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: TABLE }),
  });
});

test('an explicit deny names the statement that denies', async () => {
  const { authorize } = await setUp({
    inlinePolicies: { Main: policy({ Sid: 'NoWrites', Effect: 'Deny', Action: 'dynamodb:Put*', Resource: '*' }) },
  });
  expect(await authorize(PUT, callBy(session))).toMatchObject({
    message: `${USER} is not authorized to perform: dynamodb:PutItem on resource: ${TABLE} with an explicit deny in an identity-based policy`,
    reason: 'statement "NoWrites" of the inline policy Main of role app denies it, which no other statement can undo',
  });
});

test('a refused trust policy is told without the resource, as AWS tells it', async () => {
  const { authorize } = await setUp();
  const resource = `arn:aws:iam::${ACCOUNT}:role/app`;
  const trust = policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } });
  const access = { action: 'sts:AssumeRole', resource, resourcePolicy: async () => trust };
  expect(await authorize(access, callBy({ kind: 'root', account: ACCOUNT }))).toMatchObject({
    message: `User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform: sts:AssumeRole because no role trust policy allows the sts:AssumeRole action`,
    statement: JSON.stringify({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: 'sts:AssumeRole',
    }),
  });
});

test('a service without a permission is shown the statement with its source', async () => {
  const { authorize } = await setUp();
  const sourceArn = `arn:aws:execute-api:eu-west-1:${ACCOUNT}:abc/v1/GET/users`;
  const gateway: Principal = { kind: 'service', account: ACCOUNT, service: 'apigateway.amazonaws.com', sourceArn };
  const resource = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:api`;
  const decision = await authorize({ action: 'lambda:InvokeFunction', resource }, callBy(gateway));
  expect(decision).toMatchObject({
    message: `User: apigateway.amazonaws.com is not authorized to perform: lambda:InvokeFunction on resource: ${resource} because no resource-based policy allows the lambda:InvokeFunction action`,
    statement: expect.stringContaining(`"aws:SourceArn":"${sourceArn}"`),
  });
});

test('a changed policy decides the very next request', async () => {
  const { authorize, identities } = await setUp();
  expect((await authorize(PUT, callBy(session))).allowed).toBe(false);
  const allow = policy({ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: TABLE });
  await identities.roles.change(ACCOUNT, 'app', (role) => ({ ...role, inlinePolicies: { Main: allow } }));
  expect((await authorize(PUT, callBy(session))).allowed).toBe(true);
  await identities.roles.change(ACCOUNT, 'app', (role) => ({ ...role, inlinePolicies: {} }));
  expect((await authorize(PUT, callBy(session))).allowed).toBe(false);
});

test('sessions of a deleted role lose its permissions, also when a role of that name is made anew', async () => {
  const { authorize, identities } = await setUp({
    attachedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  });
  expect((await authorize(PUT, callBy(session))).allowed).toBe(true);
  const old = await identities.roles.find(ACCOUNT, 'app');
  await identities.roles.remove(ACCOUNT, 'app');
  expect((await authorize(PUT, callBy(session))).allowed).toBe(false);
  if (old) await identities.roles.add(ACCOUNT, { ...old, id: 'AROANEW' });
  expect((await authorize(PUT, callBy(session))).allowed).toBe(false);
});

test('session policies and the boundary cap the role', async () => {
  const { authorize } = await setUp({
    attachedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    permissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
  });
  expect(await authorize(PUT, callBy(session))).toMatchObject({
    message: expect.stringContaining('because no permissions boundary allows the dynamodb:PutItem action'),
  });
  const read = { action: 'dynamodb:GetItem', resource: TABLE };
  expect((await authorize(read, callBy(session))).allowed).toBe(true);
  const limited = { ...session, sessionPolicies: [policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' })] };
  expect(await authorize(read, callBy(limited))).toMatchObject({
    message: expect.stringContaining('because no session policy allows the dynamodb:GetItem action'),
  });
});

test('a bucket of another account is named by its owner, not by its ARN, and in quotes', async () => {
  const { authorize } = await setUp({ attachedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'] });
  const read = { action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key' };
  expect((await authorize(read, callBy(session))).allowed).toBe(true);
  const foreign = { ...read, resourceAccount: '111111111111' };
  expect(await authorize(foreign, callBy(session))).toMatchObject({
    message: `${USER} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::bucket/key" because no resource-based policy allows the s3:GetObject action`,
  });
  const open = policy({ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 's3:*', Resource: '*' });
  expect((await authorize({ ...foreign, resourcePolicy: async () => open }, callBy(session))).allowed).toBe(true);
});

test('a role is passed only to the service that the policy names', async () => {
  const Condition = { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } };
  const { authorize } = await setUp({
    inlinePolicies: { Pass: policy({ Effect: 'Allow', Action: 'iam:PassRole', Resource: '*', Condition }) },
  });
  const pass = (service: string) =>
    authorize(
      {
        action: 'iam:PassRole',
        resource: `arn:aws:iam::${ACCOUNT}:role/function`,
        context: (key) => (key === 'iam:passedtoservice' ? service : undefined),
      },
      callBy(session),
    );
  expect((await pass('lambda.amazonaws.com')).allowed).toBe(true);
  expect((await pass('ec2.amazonaws.com')).allowed).toBe(false);
});

test.each<[key: string, value: string]>([
  ['aws:PrincipalArn', `arn:aws:iam::${ACCOUNT}:role/app`],
  ['aws:PrincipalAccount', ACCOUNT],
  ['aws:PrincipalType', 'AssumedRole'],
  ['aws:PrincipalTag/team', 'blue'],
  ['aws:PrincipalIsAWSService', 'false'],
  ['aws:userid', 'AROAAPP:one'],
  ['aws:RequestedRegion', 'eu-west-1'],
  ['aws:ResourceAccount', ACCOUNT],
  ['aws:SourceIp', '127.0.0.1'],
  ['aws:CurrentTime', '2026-11-24T12:00:00.000Z'],
  ['aws:EpochTime', '1795521600'],
  ['aws:SecureTransport', 'true'],
  ['dynamodb:LeadingKeys', 'john'],
])('the condition key %s is %s', async (key, value) => {
  const condition = { StringEquals: { [key]: value } };
  const { authorize } = await setUp({
    tags: [{ Key: 'team', Value: 'blue' }],
    inlinePolicies: { Main: policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition: condition }) },
  });
  const context = async (asked: string) => (asked === 'dynamodb:leadingkeys' ? 'john' : undefined);
  const access = { ...PUT, context };
  expect((await authorize(access, callBy(session))).allowed).toBe(true);
});

test('a decision takes microseconds', async () => {
  const actions = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'];
  const statements = Array.from({ length: 20 }, (_, i) => ({
    Effect: 'Allow',
    Action: actions,
    Resource: `${TABLE}${i}`,
  }));
  const own = { Effect: 'Allow', Action: actions, Resource: TABLE };
  const { authorize } = await setUp({ inlinePolicies: { Main: policy(...statements, own) } });
  const call = callBy(session);
  for (let i = 0; i < 2_000; i++) await authorize(PUT, call);
  const before = process.cpuUsage();
  for (let i = 0; i < 5_000; i++) await authorize(PUT, call);
  // 12 µs is what is wanted of it; the limit leaves room for a machine that is busy with other tests.
  expect(process.cpuUsage(before).user / 5_000).toBeLessThan(120);
});
