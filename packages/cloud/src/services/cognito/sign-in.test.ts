import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminUserGlobalSignOutCommand,
  CreateGroupCommand,
  CreateResourceServerCommand,
  GetUserCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { srpClient } from './fixtures/srp-client.js';
import { PASSWORD, type UserPoolCloud, userPoolCloud } from './fixtures/user-pool-cloud.js';

const WRONG = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };

const issuer = (poolId: string): string => `https://cognito-idp.eu-west-1.amazonaws.com/${poolId}`;

function verified(cloud: UserPoolCloud, token: string) {
  const keys = createRemoteJWKSet(new URL(`${cloud.endpoint}/${cloud.UserPoolId}/.well-known/jwks.json`));
  return jwtVerify(token, keys, { issuer: issuer(cloud.UserPoolId) });
}

test('tokens are signed by the key at the address of the pool, with the claims of AWS', async () => {
  await using cloud = await userPoolCloud();
  const { cognito, UserPoolId, ClientId } = cloud;
  await cloud.user('ann');
  await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: 'readers', Precedence: 2 }));
  const RoleArn = 'arn:aws:iam::000000000000:role/admin';
  await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: 'admins', Precedence: 1, RoleArn }));
  for (const GroupName of ['readers', 'admins']) {
    await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, GroupName, Username: 'ann' }));
  }
  const { id, access } = await cloud.signIn('ann');
  const { payload: idClaims, protectedHeader } = await verified(cloud, id);
  expect(protectedHeader).toEqual({ alg: 'RS256', kid: expect.any(String) });
  expect(idClaims).toEqual({
    sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
    'cognito:groups': ['admins', 'readers'],
    'cognito:preferred_role': RoleArn,
    'cognito:roles': [RoleArn],
    'cognito:username': 'ann',
    email: 'ann@example.com',
    email_verified: true,
    iss: issuer(UserPoolId),
    aud: ClientId,
    token_use: 'id',
    origin_jti: expect.any(String),
    event_id: expect.any(String),
    jti: expect.any(String),
    auth_time: expect.any(Number),
    iat: expect.any(Number),
    exp: Number(idClaims.iat) + 3600,
  });
  const { payload: accessClaims } = await verified(cloud, access);
  expect(accessClaims).toEqual({
    sub: idClaims.sub,
    'cognito:groups': ['admins', 'readers'],
    iss: issuer(UserPoolId),
    client_id: ClientId,
    token_use: 'access',
    scope: 'aws.cognito.signin.user.admin',
    username: 'ann',
    origin_jti: idClaims.origin_jti,
    event_id: idClaims.event_id,
    jti: expect.any(String),
    auth_time: idClaims.auth_time,
    iat: idClaims.iat,
    exp: Number(idClaims.iat) + 3600,
  });
});

test('a pool describes itself at its own name and at that of AWS', async () => {
  await using cloud = await userPoolCloud();
  const path = `/${cloud.UserPoolId}/.well-known/openid-configuration`;
  const local = await (await fetch(`${cloud.endpoint}${path}`)).json();
  expect(local).toMatchObject({
    issuer: issuer(cloud.UserPoolId),
    jwks_uri: `${cloud.endpoint}/${cloud.UserPoolId}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ['RS256'],
  });
  const unknown = await fetch(`${cloud.endpoint}/eu-west-1_nobody/.well-known/jwks.json`);
  expect([unknown.status, await unknown.json()]).toEqual([
    404,
    { message: 'User pool eu-west-1_nobody does not exist.' },
  ]);
});

test('a wrong password and a user who is not there read alike where the client wants it so', async () => {
  await using cloud = await userPoolCloud();
  const { cognito, UserPoolId, ClientId } = cloud;
  await cloud.user('ann');
  await expect(cloud.signIn('ann', 'wrong')).rejects.toMatchObject(WRONG);
  await expect(cloud.signIn('bob')).rejects.toMatchObject({
    name: 'UserNotFoundException',
    message: 'User does not exist.',
  });
  const ExplicitAuthFlows = ['ALLOW_USER_PASSWORD_AUTH' as const];
  const PreventUserExistenceErrors = 'ENABLED' as const;
  await cognito.send(
    new UpdateUserPoolClientCommand({ UserPoolId, ClientId, ExplicitAuthFlows, PreventUserExistenceErrors }),
  );
  await expect(cloud.signIn('bob')).rejects.toMatchObject(WRONG);
});

test('the fifth wrong password locks the user out for a while', async () => {
  let time = Date.now();
  await using cloud = await userPoolCloud({ cloud: { now: () => time } });
  await cloud.user('ann');
  for (let i = 0; i < 5; i++) await expect(cloud.signIn('ann', 'wrong')).rejects.toMatchObject(WRONG);
  await expect(cloud.signIn('ann')).rejects.toMatchObject({ message: 'Password attempts exceeded' });
  time += 1000;
  await cloud.signIn('ann');
});

test.each([
  ['USER_PASSWORD_AUTH' as const, 'USER_PASSWORD_AUTH flow not enabled for this client'],
  ['USER_SRP_AUTH' as const, 'USER_SRP_AUTH is not enabled for the client.'],
  ['CUSTOM_AUTH' as const, 'CUSTOM_AUTH is not enabled for the client.'],
])('%s is refused to a client that does not allow it', async (AuthFlow, message) => {
  await using cloud = await userPoolCloud({ client: { ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] } });
  const input = { ClientId: cloud.ClientId, AuthFlow, AuthParameters: { USERNAME: 'ann', PASSWORD, SRP_A: 'a' } };
  await expect(cloud.cognito.send(new InitiateAuthCommand(input))).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message,
  });
});

test('who signs in by SRP does not send the password', async () => {
  await using cloud = await userPoolCloud();
  const { cognito, UserPoolId, ClientId } = cloud;
  await cloud.user('ann');
  const signIn = async (password: string) => {
    const srp = srpClient(UserPoolId, password);
    const AuthParameters = { USERNAME: 'ann', SRP_A: srp.SRP_A };
    const { ChallengeName, ChallengeParameters } = await cognito.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters }),
    );
    const ChallengeResponses = srp.answer(ChallengeParameters);
    return cognito.send(new RespondToAuthChallengeCommand({ ClientId, ChallengeName, ChallengeResponses }));
  };
  const { AuthenticationResult } = await signIn(PASSWORD);
  expect(decodeJwt(AuthenticationResult?.IdToken ?? '')).toMatchObject({ 'cognito:username': 'ann' });
  await expect(signIn('wrong')).rejects.toMatchObject(WRONG);
});

test('a user that an administrator made sets a password at first', async () => {
  await using cloud = await userPoolCloud({ pool: { Schema: [{ Name: 'name', Required: false }] } });
  const { cognito, UserPoolId, ClientId } = cloud;
  const UserAttributes = [{ Name: 'email', Value: 'ann@example.com' }];
  await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username: 'ann', UserAttributes }));
  const { code, body } = cloud.lastMessage();
  expect(body).toBe(`Your username is ann and temporary password is ${code}.`);
  const { ChallengeName, Session, ChallengeParameters } = await cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId,
      ClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ann', PASSWORD: code },
    }),
  );
  expect([ChallengeName, JSON.parse(ChallengeParameters?.userAttributes ?? '')]).toEqual([
    'NEW_PASSWORD_REQUIRED',
    { email: 'ann@example.com' },
  ]);
  const respond = (NEW_PASSWORD: string) => {
    const ChallengeResponses = { USERNAME: 'ann', NEW_PASSWORD, 'userAttributes.name': 'Ann' };
    return cognito.send(new RespondToAuthChallengeCommand({ ClientId, ChallengeName, Session, ChallengeResponses }));
  };
  await expect(respond('short')).rejects.toMatchObject({ name: 'InvalidPasswordException' });
  const { AuthenticationResult } = await respond(PASSWORD);
  expect(decodeJwt(AuthenticationResult?.IdToken ?? '')).toMatchObject({ name: 'Ann' });
  await expect(respond(PASSWORD)).rejects.toMatchObject({
    message: 'Invalid session for the user, session can only be used once.',
  });
});

test('a client with a secret shows that it knows it', async () => {
  await using cloud = await userPoolCloud({ client: { GenerateSecret: true } });
  const { cognito, ClientId, secret } = cloud;
  await cloud.user('ann');
  const signIn = (hash?: string) => {
    const AuthParameters = { USERNAME: 'ann', PASSWORD, ...(hash !== undefined && { SECRET_HASH: hash }) };
    return cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }));
  };
  await expect(signIn()).rejects.toMatchObject({
    name: 'NotAuthorizedException',
    message: `Client ${ClientId} is configured with secret but SECRET_HASH was not received`,
  });
  await expect(signIn('bm9uZQ==')).rejects.toMatchObject({
    message: `Unable to verify secret hash for client ${ClientId}`,
  });
  await signIn(createHmac('sha256', secret).update(`ann${ClientId}`).digest('base64'));
});

test('a refresh token gives tokens of the same sign-in, until it is revoked', async () => {
  await using cloud = await userPoolCloud();
  const { cognito, ClientId } = cloud;
  await cloud.user('ann');
  const { refresh: REFRESH_TOKEN, access } = await cloud.signIn('ann');
  const refresh = () =>
    cognito.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } }),
    );
  const { AuthenticationResult } = await refresh();
  expect(AuthenticationResult?.RefreshToken).toBeUndefined();
  const { origin_jti, auth_time } = decodeJwt(access);
  expect(decodeJwt(AuthenticationResult?.AccessToken ?? '')).toMatchObject({ origin_jti, auth_time });
  await cognito.send(new RevokeTokenCommand({ ClientId, Token: REFRESH_TOKEN }));
  await expect(refresh()).rejects.toMatchObject({ message: 'Refresh Token has been revoked' });
  await expect(cognito.send(new GetUserCommand({ AccessToken: access }))).rejects.toMatchObject({
    name: 'NotAuthorizedException',
    message: 'Access Token has been revoked',
  });
});

test('who is signed out everywhere can sign in again', async () => {
  await using cloud = await userPoolCloud();
  const { cognito, UserPoolId } = cloud;
  await cloud.user('ann');
  const before = await cloud.signIn('ann');
  await cognito.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username: 'ann' }));
  await expect(cognito.send(new GetUserCommand({ AccessToken: before.access }))).rejects.toMatchObject({
    message: 'Access Token has been revoked',
  });
  const after = await cloud.signIn('ann');
  await cognito.send(new GetUserCommand({ AccessToken: after.access }));
});

test('an access token ends when its client says, and no other text is one', async () => {
  let time = Date.now();
  const client = { AccessTokenValidity: 5, TokenValidityUnits: { AccessToken: 'minutes' as const } };
  await using cloud = await userPoolCloud({ client, cloud: { now: () => time } });
  await cloud.user('ann');
  const { access, id } = await cloud.signIn('ann');
  const getUser = (AccessToken: string) => cloud.cognito.send(new GetUserCommand({ AccessToken }));
  await expect(getUser(id)).rejects.toMatchObject({ message: 'Invalid Access Token' });
  await expect(getUser('a.b.c')).rejects.toMatchObject({ message: 'Invalid Access Token' });
  time += 5 * 60_000 + 1000;
  await expect(getUser(access)).rejects.toMatchObject({ message: 'Access Token has expired' });
});

test('users, keys and codes are there after a restart', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'goblet-cognito-'));
  try {
    const first = await userPoolCloud({ cloud: { ephemeral: false, dataFolder } });
    await first.user('ann');
    const { id } = await first.signIn('ann');
    await first.close();
    const { UserPoolId, ClientId } = first;
    await using second = await userPoolCloud({ cloud: { ephemeral: false, dataFolder } });
    await verified({ ...second, UserPoolId }, id);
    const AuthParameters = { USERNAME: 'ann', PASSWORD };
    await second.cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }));
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
});

test('a machine gets a token for the scopes of its client at the token endpoint', async () => {
  await using cloud = await userPoolCloud({ client: { GenerateSecret: true } });
  const { cognito, UserPoolId, ClientId, secret } = cloud;
  const Scopes = ['read', 'write'].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName }));
  await cognito.send(new CreateResourceServerCommand({ UserPoolId, Identifier: 'orders', Name: 'orders', Scopes }));
  await cognito.send(
    new UpdateUserPoolClientCommand({
      UserPoolId,
      ClientId,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['orders/read'],
      AllowedOAuthFlowsUserPoolClient: true,
    }),
  );
  const ask = async (form: Record<string, string>, password = secret) => {
    const authorization = `Basic ${Buffer.from(`${ClientId}:${password}`).toString('base64')}`;
    const body = new URLSearchParams(form);
    const address = `${cloud.endpoint}/${UserPoolId}/oauth2/token`;
    const response = await fetch(address, { method: 'POST', headers: { authorization }, body });
    return (await response.json()) as Record<string, string>;
  };
  const grant_type = 'client_credentials';
  const { access_token = '', expires_in, token_type } = await ask({ grant_type });
  expect([expires_in, token_type]).toEqual([3600, 'Bearer']);
  const { payload } = await verified(cloud, access_token);
  expect(payload).toMatchObject({
    sub: ClientId,
    client_id: ClientId,
    scope: 'orders/read',
    token_use: 'access',
    version: 2,
  });
  expect(await ask({ grant_type, scope: 'orders/write' })).toEqual({ error: 'invalid_scope' });
  expect(await ask({ grant_type }, 'wrong')).toEqual({ error: 'invalid_client' });
});
