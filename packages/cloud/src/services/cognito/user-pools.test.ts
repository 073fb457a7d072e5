import {
  AddCustomAttributesCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  CreateUserPoolDomainCommand,
  DeleteUserPoolCommand,
  DeleteUserPoolDomainCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  ListGroupsCommand,
  ListResourceServersCommand,
  ListTagsForResourceCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { type TestCloud, testCloud } from '../../testing/index.js';

function clientOf(cloud: TestCloud) {
  return new CognitoIdentityProviderClient({ ...cloud.clientConfig(), maxAttempts: 1 });
}

async function poolIn(cloud: TestCloud, input: Partial<CreateUserPoolCommandInput> = {}) {
  const cognito = clientOf(cloud);
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'people', ...input }));
  return { cognito, pool: UserPool ?? {}, UserPoolId: UserPool?.Id ?? '' };
}

test('a pool is described with the defaults of AWS', async () => {
  await using cloud = await testCloud();
  const { cognito, UserPoolId } = await poolIn(cloud);
  expect(UserPoolId).toMatch(/^eu-west-1_[A-Za-z0-9]{9}$/);
  const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  expect(UserPool).toMatchObject({
    Arn: `arn:aws:cognito-idp:eu-west-1:000000000000:userpool/${UserPoolId}`,
    Name: 'people',
    Policies: {
      PasswordPolicy: {
        MinimumLength: 8,
        RequireUppercase: true,
        RequireLowercase: true,
        RequireNumbers: true,
        RequireSymbols: true,
        TemporaryPasswordValidityDays: 7,
      },
    },
    DeletionProtection: 'INACTIVE',
    MfaConfiguration: 'OFF',
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
    EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
  });
  const sub = UserPool?.SchemaAttributes?.find(({ Name }) => Name === 'sub');
  expect(sub).toMatchObject({ Mutable: false, Required: true, AttributeDataType: 'String' });
});

test('attributes of its own are named custom, and others can be added', async () => {
  await using cloud = await testCloud();
  const Schema = [
    { Name: 'email', Required: true },
    { Name: 'tenant', AttributeDataType: 'String' as const, Mutable: false },
  ];
  const { cognito, UserPoolId } = await poolIn(cloud, { Schema });
  const CustomAttributes = [{ Name: 'seats', AttributeDataType: 'Number' as const }];
  await cognito.send(new AddCustomAttributesCommand({ UserPoolId, CustomAttributes }));
  const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  const found = new Map(UserPool?.SchemaAttributes?.map((attribute) => [attribute.Name, attribute]));
  expect(found.get('email')).toMatchObject({ Required: true, Mutable: true });
  expect(found.get('custom:tenant')).toMatchObject({ Mutable: false, AttributeDataType: 'String' });
  expect(found.get('custom:seats')).toMatchObject({ Mutable: true, AttributeDataType: 'Number' });
});

test('what an update leaves out goes back to its default', async () => {
  await using cloud = await testCloud();
  const { cognito, UserPoolId } = await poolIn(cloud, {
    AutoVerifiedAttributes: ['email'],
    UserPoolTags: { team: 'a' },
  });
  await cognito.send(new UpdateUserPoolCommand({ UserPoolId, Policies: { PasswordPolicy: { MinimumLength: 12 } } }));
  const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  expect(UserPool?.AutoVerifiedAttributes).toBeUndefined();
  expect(UserPool?.Policies?.PasswordPolicy).toMatchObject({ MinimumLength: 12, RequireSymbols: false });
  expect(UserPool?.UserPoolTags).toEqual({ team: 'a' });
});

test('a protected pool is deleted only once it is not protected any more', async () => {
  await using cloud = await testCloud();
  const { cognito, UserPoolId } = await poolIn(cloud, { DeletionProtection: 'ACTIVE' });
  await expect(cognito.send(new DeleteUserPoolCommand({ UserPoolId }))).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message:
      'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
  });
  await cognito.send(new UpdateUserPoolCommand({ UserPoolId, DeletionProtection: 'INACTIVE' }));
  await cognito.send(new DeleteUserPoolCommand({ UserPoolId }));
  await expect(cognito.send(new DescribeUserPoolCommand({ UserPoolId }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: `User pool ${UserPoolId} does not exist.`,
  });
});

test('pools are listed a page at a time', async () => {
  await using cloud = await testCloud();
  const ids = [await poolIn(cloud), await poolIn(cloud), await poolIn(cloud)].map(({ UserPoolId }) => UserPoolId);
  const cognito = clientOf(cloud);
  const first = await cognito.send(new ListUserPoolsCommand({ MaxResults: 2 }));
  const second = await cognito.send(new ListUserPoolsCommand({ MaxResults: 2, NextToken: first.NextToken }));
  const found = [...(first.UserPools ?? []), ...(second.UserPools ?? [])].map(({ Id }) => Id);
  expect([first.UserPools?.length, found.sort()]).toEqual([2, ids.sort()]);
});

test('a pool has tags', async () => {
  await using cloud = await testCloud();
  const { cognito, pool } = await poolIn(cloud, { UserPoolTags: { team: 'shop' } });
  const ResourceArn = pool.Arn;
  await cognito.send(new TagResourceCommand({ ResourceArn, Tags: { stage: 'dev' } }));
  await cognito.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['team'] }));
  expect((await cognito.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags).toEqual({ stage: 'dev' });
});

test('a client keeps its secret, and an update replaces its settings', async () => {
  await using cloud = await testCloud();
  const { cognito, UserPoolId } = await poolIn(cloud);
  const { UserPoolClient: made } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'web',
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    }),
  );
  expect(made?.ClientId).toMatch(/^[a-z0-9]{26}$/);
  expect(made?.ClientSecret).toMatch(/^[a-z0-9]{51}$/);
  const ClientId = made?.ClientId;
  await cognito.send(new UpdateUserPoolClientCommand({ UserPoolId, ClientId, CallbackURLs: ['https://a.example'] }));
  const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
  expect(UserPoolClient).toMatchObject({
    ClientName: 'web',
    ClientSecret: made?.ClientSecret,
    CallbackURLs: ['https://a.example'],
    RefreshTokenValidity: 30,
    EnableTokenRevocation: true,
  });
  expect(UserPoolClient?.ExplicitAuthFlows).toBeUndefined();
  const { UserPoolClients } = await cognito.send(new ListUserPoolClientsCommand({ UserPoolId }));
  expect(UserPoolClients).toEqual([{ ClientId, UserPoolId, ClientName: 'web' }]);
});

test.each([
  [
    { AllowedOAuthFlows: ['client_credentials' as const], AllowedOAuthScopes: ['openid'] },
    'InvalidOAuthFlowException',
    'client_credentials flow can not be selected if client does not have a client secret.',
  ],
  [{ AllowedOAuthScopes: ['orders/read'] }, 'ScopeDoesNotExistException', 'Invalid scope requested: orders/read'],
  [{ AccessTokenValidity: 48 }, 'InvalidParameterException', 'Invalid range for token validity.'],
])('a client with %j is refused', async (settings, name, message) => {
  await using cloud = await testCloud();
  const { cognito, UserPoolId } = await poolIn(cloud);
  const input = { UserPoolId, ClientName: 'web', ...settings };
  await expect(cognito.send(new CreateUserPoolClientCommand(input))).rejects.toMatchObject({ name, message });
});

test('a scope of a resource server can be given to a client', async () => {
  await using cloud = await testCloud();
  const { cognito, UserPoolId } = await poolIn(cloud);
  const Scopes = [{ ScopeName: 'read', ScopeDescription: 'reads orders' }];
  const server = { UserPoolId, Identifier: 'https://orders.example', Name: 'orders', Scopes };
  await cognito.send(new CreateResourceServerCommand(server));
  const { ResourceServers } = await cognito.send(new ListResourceServersCommand({ UserPoolId, MaxResults: 10 }));
  expect(ResourceServers).toEqual([server]);
  await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'jobs',
      GenerateSecret: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['https://orders.example/read'],
      AllowedOAuthFlowsUserPoolClient: true,
    }),
  );
  await expect(cognito.send(new CreateResourceServerCommand(server))).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: `https://orders.example already exists in user pool ${UserPoolId}.`,
  });
});

test('a pool with a domain is deleted once the domain is', async () => {
  await using cloud = await testCloud();
  const { cognito, UserPoolId } = await poolIn(cloud);
  const Domain = 'shop-people';
  await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain }));
  const { DomainDescription } = await cognito.send(new DescribeUserPoolDomainCommand({ Domain }));
  expect(DomainDescription).toMatchObject({ UserPoolId, Status: 'ACTIVE', AWSAccountId: '000000000000' });
  await expect(cognito.send(new DeleteUserPoolCommand({ UserPoolId }))).rejects.toMatchObject({
    message: 'User pool cannot be deleted. It has a domain configured that should be deleted first.',
  });
  await cognito.send(new DeleteUserPoolDomainCommand({ UserPoolId, Domain }));
  await cognito.send(new DeleteUserPoolCommand({ UserPoolId }));
  expect((await cognito.send(new DescribeUserPoolDomainCommand({ Domain }))).DomainDescription).toEqual({});
});

test('a group has a name of its own in its pool', async () => {
  await using cloud = await testCloud();
  const { cognito, UserPoolId } = await poolIn(cloud);
  const group = { UserPoolId, GroupName: 'admins', Description: 'they may', Precedence: 1 };
  await cognito.send(new CreateGroupCommand(group));
  expect((await cognito.send(new ListGroupsCommand({ UserPoolId }))).Groups).toMatchObject([group]);
  await expect(cognito.send(new CreateGroupCommand(group))).rejects.toMatchObject({
    name: 'GroupExistsException',
    message: 'A group with the name already exists.',
  });
});

test('an id that is none is refused as AWS words it', async () => {
  await using cloud = await testCloud();
  await expect(clientOf(cloud).send(new DescribeUserPoolCommand({ UserPoolId: 'people' }))).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message:
      "1 validation error detected: Value 'people' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+",
  });
});
