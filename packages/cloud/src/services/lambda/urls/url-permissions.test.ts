import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import { expect, test } from 'vitest';
import { Sha256 } from '../../../gateway/fixtures/sha256.js';
import { testCloud } from '../../../testing/index.js';
import { zip } from '../fixtures/lambda-cloud.js';

const ARN = 'arn:aws:lambda:eu-west-1:000000000000:function:users';
const FORBIDDEN =
  'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html';
const document = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A cloud with IAM in force and a function at a URL, whose answer is what its event says of the caller. */
async function withUrl(AuthType: 'NONE' | 'AWS_IAM') {
  const cloud = await testCloud();
  const config = cloud.clientConfig();
  const iam = new IAMClient(config);
  const lambda = new LambdaClient(config);
  const role = async (RoleName: string, Principal: object) => {
    const AssumeRolePolicyDocument = document({ Principal, Action: 'sts:AssumeRole' });
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    return `arn:aws:iam::000000000000:role/${RoleName}`;
  };
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'users',
      Role: await role('function', { Service: 'lambda.amazonaws.com' }),
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: zip('export const handler = async ({ requestContext }) => requestContext;') },
    }),
  );
  const { FunctionUrl = '' } = await lambda.send(
    new CreateFunctionUrlConfigCommand({ FunctionName: 'users', AuthType }),
  );
  return {
    ...cloud,
    url: FunctionUrl,
    allow: (Action: string, more: object = {}) =>
      lambda.send(
        new AddPermissionCommand({
          FunctionName: 'users',
          StatementId: Action.replace(':', '-'),
          Action,
          Principal: '*',
          ...more,
        }),
      ),
    /** Keys of a role that may do what a statement allows. */
    keysOf: async (name: string, statement: object): Promise<Keys> => {
      const RoleArn = await role(name, { AWS: 'arn:aws:iam::000000000000:root' });
      const PolicyDocument = document(statement);
      await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'policy', PolicyDocument }));
      const { Credentials } = await new STSClient(config).send(
        new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me' }),
      );
      return {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      };
    },
  };
}

async function signed(url: string, credentials: Keys): Promise<Response> {
  const { hostname, port, pathname } = new URL(url);
  const signer = new SignatureV4({ service: 'lambda', region: 'eu-west-1', sha256: Sha256, credentials });
  const request = {
    method: 'GET',
    protocol: 'http:',
    hostname,
    path: pathname,
    headers: { host: `${hostname}:${port}` },
  };
  const { headers } = await signer.sign(request);
  return fetch(url, { headers });
}

test('everybody may call a URL without authorization where both permissions are theirs', async () => {
  await using cloud = await withUrl('NONE');
  const status = async () => (await fetch(cloud.url)).status;
  const refused = await fetch(cloud.url);
  expect([refused.status, refused.headers.get('x-amzn-errortype'), await refused.json()]).toEqual([
    403,
    'AccessDeniedException',
    { Message: FORBIDDEN },
  ]);
  await cloud.allow('lambda:InvokeFunctionUrl', { FunctionUrlAuthType: 'NONE' });
  expect(await status()).toBe(403);
  expect(cloud.events).toContainEqual(
    expect.objectContaining({ kind: 'accessDenied', action: 'lambda:InvokeFunction', resource: ARN }),
  );
  await cloud.allow('lambda:InvokeFunction', { InvokedViaFunctionUrl: true });
  expect(await status()).toBe(200);
});

test('a permission for URLs of the other kind does not count', async () => {
  await using cloud = await withUrl('NONE');
  await cloud.allow('lambda:InvokeFunctionUrl', { FunctionUrlAuthType: 'AWS_IAM' });
  await cloud.allow('lambda:InvokeFunction');
  expect((await fetch(cloud.url)).status).toBe(403);
});

test('a URL with IAM’s authorization is for who signs and may', async () => {
  await using cloud = await withUrl('AWS_IAM');
  const unsigned = await fetch(cloud.url);
  expect([unsigned.status, await unsigned.json()]).toEqual([403, { Message: FORBIDDEN }]);
  const both = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'];
  const friend = await cloud.keysOf('friend', { Action: both, Resource: ARN });
  const answer = await signed(cloud.url, friend);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    accountId: '000000000000',
    authorizer: {
      iam: {
        accessKey: friend.accessKeyId,
        accountId: '000000000000',
        callerId: expect.stringMatching(/^AROA\w+:me$/),
        cognitoIdentity: null,
        principalOrgId: null,
        userArn: 'arn:aws:sts::000000000000:assumed-role/friend/me',
        userId: expect.stringMatching(/:me$/),
      },
    },
  });
  const stranger = await cloud.keysOf('stranger', { Action: 'lambda:InvokeFunctionUrl', Resource: ARN });
  expect((await signed(cloud.url, stranger)).status).toBe(403);
  const forger = { ...friend, secretAccessKey: 'wrong' };
  const forged = await signed(cloud.url, forger);
  expect([forged.status, forged.headers.get('x-amzn-errortype')]).toEqual([403, 'InvalidSignatureException']);
});
