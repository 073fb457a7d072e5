import {
  AdminListGroupsForUserCommand,
  CognitoIdentityProviderClient,
  DescribeResourceServerCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { testStack } from '../cloudformation/fixtures/test-stack.js';

const StackName = 'people';
const UserPoolId = { Ref: 'Pool' };

const template = (pool: object = {}, client: object = {}): object => ({
  Resources: {
    Pool: {
      Type: 'AWS::Cognito::UserPool',
      Properties: { UserPoolTags: { team: 'shop' }, Schema: [{ Name: 'email', Required: true }], ...pool },
    },
    Server: {
      Type: 'AWS::Cognito::UserPoolResourceServer',
      Properties: {
        UserPoolId,
        Identifier: 'orders',
        Name: 'Orders',
        Scopes: [{ ScopeName: 'read', ScopeDescription: 'reads' }],
      },
    },
    Client: {
      Type: 'AWS::Cognito::UserPoolClient',
      Properties: { UserPoolId, GenerateSecret: true, RefreshTokenValidity: '5', ...client },
    },
    Domain: { Type: 'AWS::Cognito::UserPoolDomain', Properties: { UserPoolId, Domain: 'people-of-shop' } },
    Group: {
      Type: 'AWS::Cognito::UserPoolGroup',
      Properties: { UserPoolId, GroupName: 'admins', Precedence: '1' },
    },
    User: {
      Type: 'AWS::Cognito::UserPoolUser',
      Properties: {
        UserPoolId,
        Username: 'ann',
        MessageAction: 'SUPPRESS',
        UserAttributes: [{ Name: 'email', Value: 'ann@example.com' }],
      },
    },
    Membership: {
      Type: 'AWS::Cognito::UserPoolUserToGroupAttachment',
      Properties: { UserPoolId, Username: { Ref: 'User' }, GroupName: { Ref: 'Group' } },
    },
  },
  Outputs: {
    PoolId: { Value: UserPoolId },
    PoolArn: { Value: { 'Fn::GetAtt': ['Pool', 'Arn'] } },
    ProviderName: { Value: { 'Fn::GetAtt': ['Pool', 'ProviderName'] } },
    ProviderURL: { Value: { 'Fn::GetAtt': ['Pool', 'ProviderURL'] } },
    ClientId: { Value: { Ref: 'Client' } },
    ClientSecret: { Value: { 'Fn::GetAtt': ['Client', 'ClientSecret'] } },
    Server: { Value: { Ref: 'Server' } },
    Domain: { Value: { Ref: 'Domain' } },
  },
});

async function stackCloud() {
  const cloud = await testCloud();
  return {
    ...testStack(cloud, StackName),
    [Symbol.asyncDispose]: () => cloud.close(),
    cognito: new CognitoIdentityProviderClient({ ...cloud.clientConfig(), maxAttempts: 1 }),
  };
}

test('a stack has a pool with all that belongs to it, and leaves nothing behind', async () => {
  await using cloud = await stackCloud();
  const { cognito } = cloud;
  const outputs = await cloud.create(template());
  const { PoolId = '', ClientId = '' } = outputs;
  expect(PoolId).toMatch(/^eu-west-1_[A-Za-z0-9]{9}$/);
  expect(outputs).toMatchObject({
    PoolArn: `arn:aws:cognito-idp:eu-west-1:000000000000:userpool/${PoolId}`,
    ProviderName: `cognito-idp.eu-west-1.amazonaws.com/${PoolId}`,
    ProviderURL: `https://cognito-idp.eu-west-1.amazonaws.com/${PoolId}`,
    Server: 'orders',
    Domain: 'people-of-shop',
  });
  const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: PoolId }));
  expect(UserPool).toMatchObject({
    Domain: 'people-of-shop',
    EstimatedNumberOfUsers: 1,
    UserPoolTags: { team: 'shop', 'aws:cloudformation:stack-name': StackName },
  });
  const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId: PoolId, ClientId }));
  expect(UserPoolClient).toMatchObject({ ClientSecret: outputs.ClientSecret, RefreshTokenValidity: 5 });
  const { ResourceServer } = await cognito.send(
    new DescribeResourceServerCommand({ UserPoolId: PoolId, Identifier: 'orders' }),
  );
  expect(ResourceServer?.Scopes).toEqual([{ ScopeName: 'read', ScopeDescription: 'reads' }]);
  const { Groups } = await cognito.send(new AdminListGroupsForUserCommand({ UserPoolId: PoolId, Username: 'ann' }));
  expect(Groups).toMatchObject([{ GroupName: 'admins', Precedence: 1 }]);
  await cloud.remove();
  expect((await cognito.send(new ListUserPoolsCommand({ MaxResults: 10 }))).UserPools).toEqual([]);
});

test('an update adds attributes to the schema and keeps the pool', async () => {
  await using cloud = await stackCloud();
  const { PoolId, ClientId } = await cloud.create(template());
  const Schema = [
    { Name: 'email', Required: true },
    { Name: 'tenant', AttributeDataType: 'String' },
  ];
  const updated = await cloud.update(template({ Schema }, { RefreshTokenValidity: '7' }));
  expect(updated).toMatchObject({ PoolId, ClientId });
  const { UserPool } = await cloud.cognito.send(new DescribeUserPoolCommand({ UserPoolId: PoolId }));
  expect(UserPool?.SchemaAttributes?.map(({ Name }) => Name)).toContain('custom:tenant');
});
