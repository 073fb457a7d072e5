import { spawnSync } from 'node:child_process';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOBLET, plainEnvironment, root } from '../processes/commands.js';
import type { ClientConfig } from '../processes/deployed-app.js';
import { Feature } from './feature.js';

const Password = 'Sesame-0pen';

let app: Feature;
let config: ClientConfig;
let cognito: CognitoIdentityProviderClient;
let ann: { readonly id: string; readonly access: string };
let stranger: string;

/** Signs up, with the code that the pool would have mailed, and in. */
async function newUser(UserPoolId: string, ClientId: string, Username: string) {
  const UserAttributes = [{ Name: 'email', Value: `${Username}@example.com` }];
  await cognito.send(new SignUpCommand({ ClientId, Username, Password, UserAttributes }));
  const logs = new CloudWatchLogsClient(config);
  const logGroupName = `/goblet/cognito/${UserPoolId}`;
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
  logs.destroy();
  const { code: ConfirmationCode } = JSON.parse(events.at(-1)?.message ?? '{}');
  await cognito.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));
  const AuthParameters = { USERNAME: Username, PASSWORD: Password };
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
  );
  return { id: AuthenticationResult?.IdToken ?? '', access: AuthenticationResult?.AccessToken ?? '' };
}

beforeAll(async () => {
  app = await Feature.deployed('People');
  config = app.clientConfig;
  // Nobody signs the calls that users make.
  cognito = new CognitoIdentityProviderClient(config);
  ann = await newUser(app.output('PoolId'), app.output('WebId'), 'ann');
  const pool = { PoolName: 'others', AutoVerifiedAttributes: ['email' as const] };
  const { UserPool } = await cognito.send(new CreateUserPoolCommand(pool));
  const UserPoolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'web',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    }),
  );
  stranger = (await newUser(UserPoolId, UserPoolClient?.ClientId ?? '', 'bob')).id;
});
afterAll(async () => {
  cognito?.destroy();
});

async function get(url: string, token?: string) {
  const headers = token === undefined ? undefined : { authorization: `Bearer ${token}` };
  const response = await fetch(url, headers && { headers });
  const text = await response.text();
  return { status: response.status, json: text.startsWith('{') ? JSON.parse(text) : text };
}

/** The token with another signature. */
const forged = (token: string): string => `${token.slice(0, token.lastIndexOf('.'))}.${'A'.repeat(342)}`;

describe.each([
  ['a REST API with a CognitoUserPoolsAuthorizer', 'RestUrl', ''],
  ['an HTTP API with an HttpUserPoolAuthorizer', 'HttpUrl', ''],
  ["Goblet's construct with the pool bound", 'EndpointURL', 'me'],
])('%s', (_what, output, path) => {
  const url = (): string => `${app.output(output)}${path}`;

  test('lets in who has signed in', async () => {
    expect(await get(url(), ann.id)).toMatchObject({ status: 200, json: { email: 'ann@example.com' } });
  });

  test('lets in nobody without a token, with that of another pool, or with another signature', async () => {
    const unauthorized = { status: 401, json: { message: 'Unauthorized' } };
    expect(await get(url())).toEqual(unauthorized);
    expect(await get(url(), stranger)).toEqual(unauthorized);
    expect(await get(url(), forged(ann.id))).toEqual(unauthorized);
  });
});

test('a REST API without scopes takes no access token, and an HTTP API does', async () => {
  expect((await get(app.output('RestUrl'), ann.access)).status).toBe(401);
  const { status, json } = await get(app.output('HttpUrl'), ann.access);
  expect([status, json.username]).toEqual([200, 'ann']);
});

test('a function of the stack adds a claim', async () => {
  expect((await get(app.output('RestUrl'), ann.id)).json).toMatchObject({ tenant: 'shop', token_use: 'id' });
});

test('the secret of a client is read by the custom resource of the CDK', () => {
  expect(app.output('MachineSecret')).toMatch(/^[a-z0-9]{51}$/);
});

describe('goblet token', () => {
  const token = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [GOBLET, 'token', ...args, '--data', app.dataFolder],
      { cwd: root, env: plainEnvironment, encoding: 'utf8' },
    );
    return { status, token: stdout.trim(), stderr };
  };
  const inPool = () => ['--pool', app.output('PoolId'), '--client', app.output('WebId')];

  test('prints a token with which a guarded route answers', async () => {
    const { status, token: printed, stderr } = token('ann', ...inPool());
    expect(status, stderr).toBe(0);
    expect((await get(app.output('RestUrl'), printed)).json).toMatchObject({ email: 'ann@example.com' });
    const { token: access } = token('ann', ...inPool(), '--access');
    expect((await get(app.output('HttpUrl'), access)).json).toMatchObject({ token_use: 'access' });
  });

  test('signs in with a password, also for a client with a secret', () => {
    const machine = ['--pool', app.output('PoolId'), '--client', app.output('MachineId')];
    expect(token('ann', ...machine, '--password', Password).status).toBe(0);
    const wrong = token('ann', ...machine, '--password', 'wrong');
    expect([wrong.status, wrong.token]).toEqual([1, '']);
    expect(wrong.stderr).toContain('GOBLET_CLI_AWS: NotAuthorizedException: Incorrect username or password.');
  });

  test('names the pools where it cannot tell which', () => {
    const { status, stderr } = token('ann');
    expect(status).toBe(1);
    expect(stderr).toMatch(/GOBLET_CLI_OPTION: there are several user pools in .*; name one with --pool: .*others \(/);
  });
});
