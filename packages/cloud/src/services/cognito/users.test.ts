import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminResetUserPasswordCommand,
  ChangePasswordCommand,
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  CreateGroupCommand,
  DeleteGroupCommand,
  DeleteUserCommand,
  ForgotPasswordCommand,
  GetUserCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
  ResendConfirmationCodeCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { PASSWORD, userPoolCloud } from './fixtures/user-pool-cloud.js';

test('who signs up is confirmed by the code that was sent', async () => {
  await using cloud = await userPoolCloud();
  const { cognito, ClientId, UserPoolId } = cloud;
  expect(await cloud.signUp('ann')).toMatchObject({
    UserConfirmed: false,
    UserSub: expect.stringMatching(/^[0-9a-f-]{36}$/),
    CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***' },
  });
  await expect(cloud.signIn('ann')).rejects.toMatchObject({
    name: 'UserNotConfirmedException',
    message: 'User is not confirmed.',
  });
  const { code, body, subject } = cloud.lastMessage();
  expect([subject, body]).toEqual(['Your verification code', `Your verification code is ${code}.`]);
  await cognito.send(new ConfirmSignUpCommand({ ClientId, Username: 'ann', ConfirmationCode: code }));
  const { access } = await cloud.signIn('ann');
  const { Username, UserAttributes } = await cognito.send(new GetUserCommand({ AccessToken: access }));
  expect([Username, UserAttributes]).toEqual([
    'ann',
    [
      { Name: 'sub', Value: expect.any(String) },
      { Name: 'email', Value: 'ann@example.com' },
      { Name: 'email_verified', Value: 'true' },
    ],
  ]);
  const found = await cognito.send(new AdminGetUserCommand({ UserPoolId, Username: 'ann' }));
  expect([found.UserStatus, found.Enabled]).toEqual(['CONFIRMED', true]);
});

test('a message is in the log group of the pool before the call is answered, and goes with the pool', async () => {
  await using cloud = await userPoolCloud();
  await cloud.signUp('ann');
  const logs = new CloudWatchLogsClient(cloud.clientConfig());
  const { events } = await logs.send(
    new FilterLogEventsCommand({ logGroupName: `/goblet/cognito/${cloud.UserPoolId}` }),
  );
  expect(events?.map(({ message = '' }) => JSON.parse(message))).toMatchObject([
    { purpose: 'SignUp', username: 'ann', destination: 'ann@example.com', code: cloud.lastMessage().code },
  ]);
});

test.each([
  ['Short1!', 'InvalidPasswordException', 'Password did not conform with policy: Password not long enough'],
  [
    'lower-case-1',
    'InvalidPasswordException',
    'Password did not conform with policy: Password must have uppercase characters',
  ],
  [
    'UPPER-CASE-1',
    'InvalidPasswordException',
    'Password did not conform with policy: Password must have lowercase characters',
  ],
  [
    'No-number-here',
    'InvalidPasswordException',
    'Password did not conform with policy: Password must have numeric characters',
  ],
  [
    'NoSymbol123',
    'InvalidPasswordException',
    'Password did not conform with policy: Password must have symbol characters',
  ],
])('the password %s is refused as AWS words it', async (Password, name, message) => {
  await using cloud = await userPoolCloud();
  await expect(cloud.signUp('ann', { Password })).rejects.toMatchObject({ name, message });
});

test('a name can be taken once', async () => {
  await using cloud = await userPoolCloud();
  await cloud.signUp('ann');
  await expect(cloud.signUp('ann')).rejects.toMatchObject({
    name: 'UsernameExistsException',
    message: 'User already exists',
  });
});

test('what is not in the schema, or is missing there, is refused together', async () => {
  await using cloud = await userPoolCloud({ pool: { Schema: [{ Name: 'email', Required: true }] } });
  const UserAttributes = [{ Name: 'custom:shoe', Value: '42' }];
  await expect(cloud.signUp('ann', { UserAttributes })).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message:
      'Attributes did not conform to the schema: custom:shoe: Attribute does not exist in the schema.\nemail: The attribute is required\n',
  });
});

test('a pool that only administrators fill takes no sign-up', async () => {
  await using cloud = await userPoolCloud({ pool: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } } });
  await expect(cloud.signUp('ann')).rejects.toMatchObject({
    name: 'NotAuthorizedException',
    message: 'SignUp is not permitted for this user pool',
  });
});

test('a wrong code, a second confirmation and a client that is none are refused as AWS words it', async () => {
  await using cloud = await userPoolCloud();
  const { cognito, ClientId } = cloud;
  await cloud.signUp('ann');
  const confirm = (ConfirmationCode: string, client = ClientId) =>
    cognito.send(new ConfirmSignUpCommand({ ClientId: client, Username: 'ann', ConfirmationCode }));
  const { code } = cloud.lastMessage();
  await expect(confirm(code === '000000' ? '000001' : '000000')).rejects.toMatchObject({
    name: 'CodeMismatchException',
    message: 'Invalid verification code provided, please try again.',
  });
  await expect(confirm(code, 'nobody')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'User pool client nobody does not exist.',
  });
  await confirm(code);
  await expect(confirm(code)).rejects.toMatchObject({
    name: 'NotAuthorizedException',
    message: 'User cannot be confirmed. Current status is CONFIRMED',
  });
});

test('a code that was sent again takes the place of the first, and ends after a day', async () => {
  let time = Date.now();
  await using cloud = await userPoolCloud({ cloud: { now: () => time } });
  const { cognito, ClientId } = cloud;
  await cloud.signUp('ann');
  await cognito.send(new ResendConfirmationCodeCommand({ ClientId, Username: 'ann' }));
  expect(cloud.lastMessage().purpose).toBe('ResendCode');
  time += 24 * 3_600_000 + 1;
  const input = { ClientId, Username: 'ann', ConfirmationCode: cloud.lastMessage().code };
  await expect(cognito.send(new ConfirmSignUpCommand(input))).rejects.toMatchObject({
    name: 'ExpiredCodeException',
    message: 'Invalid code provided, please request a code again.',
  });
});

test('a forgotten password is replaced by a code', async () => {
  await using cloud = await userPoolCloud();
  const { cognito, ClientId } = cloud;
  await cloud.user('ann');
  const { CodeDeliveryDetails } = await cognito.send(new ForgotPasswordCommand({ ClientId, Username: 'ann' }));
  expect(CodeDeliveryDetails).toEqual({ AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***' });
  const input = { ClientId, Username: 'ann', ConfirmationCode: cloud.lastMessage().code, Password: 'An0ther-one' };
  await cognito.send(new ConfirmForgotPasswordCommand(input));
  await cloud.signIn('ann', 'An0ther-one');
  await expect(cloud.signIn('ann')).rejects.toMatchObject({ message: 'Incorrect username or password.' });
});

test('a password cannot be replaced by a code that nobody would get', async () => {
  await using cloud = await userPoolCloud();
  await cloud.user('ann', { email: 'ann@example.com' });
  const { cognito, ClientId } = cloud;
  await expect(cognito.send(new ForgotPasswordCommand({ ClientId, Username: 'ann' }))).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'Cannot reset password for the user as there is no registered/verified email or phone_number',
  });
});

test('an administrator asks for another password', async () => {
  await using cloud = await userPoolCloud();
  await cloud.user('ann');
  const { cognito, UserPoolId } = cloud;
  await cognito.send(new AdminResetUserPasswordCommand({ UserPoolId, Username: 'ann' }));
  await expect(cloud.signIn('ann')).rejects.toMatchObject({
    name: 'PasswordResetRequiredException',
    message: 'Password reset required for the user',
  });
});

test('a pool whose names are addresses gives users an id for a name', async () => {
  await using cloud = await userPoolCloud({ pool: { UsernameAttributes: ['email'] } });
  const { cognito, UserPoolId } = cloud;
  await expect(cloud.signUp('ann')).rejects.toMatchObject({ message: 'Username should be an email.' });
  const Username = 'ann@example.com';
  const { User } = await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username }));
  expect(User?.Username).toMatch(/^[0-9a-f-]{36}$/);
  expect(cloud.lastMessage()).toMatchObject({ purpose: 'AdminCreateUser', destination: Username });
  const found = await cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
  expect(found.Username).toBe(User?.Username);
  await expect(cloud.signUp(Username, { UserAttributes: [] })).rejects.toMatchObject({
    name: 'UsernameExistsException',
    message: 'An account with the given email already exists.',
  });
});

test('users are found by the start of an attribute, a page at a time', async () => {
  await using cloud = await userPoolCloud();
  const { cognito, UserPoolId } = cloud;
  for (const name of ['ann', 'anton', 'berta']) await cloud.user(name);
  const Filter = 'email ^= "an"';
  const first = await cognito.send(new ListUsersCommand({ UserPoolId, Filter, Limit: 1, AttributesToGet: ['email'] }));
  const { PaginationToken } = first;
  const second = await cognito.send(new ListUsersCommand({ UserPoolId, Filter, Limit: 5, PaginationToken }));
  expect(first.Users?.[0]?.Attributes).toEqual([{ Name: 'email', Value: 'ann@example.com' }]);
  expect(second.Users?.map(({ Username }) => Username)).toEqual(['anton']);
  const odd = new ListUsersCommand({ UserPoolId, Filter: 'shoe = "42"' });
  await expect(cognito.send(odd)).rejects.toMatchObject({ message: 'Invalid search attribute: shoe' });
});

test('a group that is deleted leaves its members', async () => {
  await using cloud = await userPoolCloud();
  const { cognito, UserPoolId } = cloud;
  await cloud.user('ann');
  const group = { UserPoolId, GroupName: 'admins' };
  await expect(cognito.send(new AdminAddUserToGroupCommand({ ...group, Username: 'ann' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Group not found.',
  });
  await cognito.send(new CreateGroupCommand(group));
  await cognito.send(new AdminAddUserToGroupCommand({ ...group, Username: 'ann' }));
  const { Users } = await cognito.send(new ListUsersInGroupCommand(group));
  expect(Users?.map(({ Username }) => Username)).toEqual(['ann']);
  await cognito.send(new DeleteGroupCommand(group));
  const { Groups } = await cognito.send(new AdminListGroupsForUserCommand({ UserPoolId, Username: 'ann' }));
  expect(Groups).toEqual([]);
});

test('a user who is disabled does not sign in', async () => {
  await using cloud = await userPoolCloud();
  await cloud.user('ann');
  const { UserPoolId, cognito } = cloud;
  await cognito.send(new AdminDisableUserCommand({ UserPoolId, Username: 'ann' }));
  await expect(cloud.signIn('ann')).rejects.toMatchObject({
    name: 'NotAuthorizedException',
    message: 'User is disabled.',
  });
});

test('a user changes a password, an address and goes', async () => {
  await using cloud = await userPoolCloud();
  const { cognito, UserPoolId } = cloud;
  await cloud.user('ann');
  const { access: AccessToken } = await cloud.signIn('ann');
  const change = { AccessToken, PreviousPassword: PASSWORD, ProposedPassword: 'An0ther-one' };
  await cognito.send(new ChangePasswordCommand(change));
  const UserAttributes = [{ Name: 'email', Value: 'new@example.com' }];
  const { CodeDeliveryDetailsList } = await cognito.send(
    new UpdateUserAttributesCommand({ AccessToken, UserAttributes }),
  );
  expect(CodeDeliveryDetailsList).toMatchObject([{ AttributeName: 'email', Destination: 'n***@e***' }]);
  const Code = cloud.lastMessage().code;
  await cognito.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: 'email', Code }));
  const found = await cognito.send(new AdminGetUserCommand({ UserPoolId, Username: 'ann' }));
  expect(found.UserAttributes).toContainEqual({ Name: 'email', Value: 'new@example.com' });
  expect(found.UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'true' });
  await cognito.send(new DeleteUserCommand({ AccessToken }));
  await expect(cognito.send(new AdminGetUserCommand({ UserPoolId, Username: 'ann' }))).rejects.toMatchObject({
    name: 'UserNotFoundException',
    message: 'User does not exist.',
  });
});

test('an administrator needs the permission, which a user of a pool does not', async () => {
  await using cloud = await userPoolCloud();
  const iam = new IAMClient(cloud.clientConfig());
  await iam.send(new CreateUserCommand({ UserName: 'clerk' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'clerk' }));
  const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } = AccessKey ?? {};
  const config = { ...cloud.clientConfig(), credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 };
  const clerk = new CognitoIdentityProviderClient(config);
  const input = { UserPoolId: cloud.UserPoolId, Username: 'ann' };
  await expect(clerk.send(new AdminCreateUserCommand(input))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('is not authorized to perform: cognito-idp:AdminCreateUser on resource: arn:aws:'),
  });
  await cloud.signUp('ann');
});

test('an administrator cannot go without a signature', async () => {
  await using cloud = await userPoolCloud();
  const response = await fetch(cloud.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.AdminGetUser' },
    body: JSON.stringify({ UserPoolId: cloud.UserPoolId, Username: 'ann' }),
  });
  expect([response.status, await response.json()]).toMatchObject([
    400,
    { __type: 'MissingAuthenticationTokenException' },
  ]);
});

test('a web page may sign its user up, and asks first', async () => {
  await using cloud = await userPoolCloud();
  const Origin = 'http://localhost:5173';
  const preflight = await fetch(cloud.endpoint, {
    method: 'OPTIONS',
    headers: {
      Origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-amz-target',
    },
  });
  expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
  const call = (operation: string) =>
    fetch(cloud.endpoint, {
      method: 'POST',
      headers: { Origin, 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` },
      body: JSON.stringify({ ClientId: cloud.ClientId, Username: 'ann', Password: PASSWORD }),
    });
  const response = await call('SignUp');
  expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
  expect((await call('AdminGetUser')).status).toBe(403);
});
