import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import {
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListPoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
} from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { testStack } from '../cloudformation/fixtures/test-stack.js';
import { cloudFormation } from '../cloudformation/index.js';
import { iam } from './index.js';

const allow = (...Action: string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});

/** A role as the CDK writes one: its policy apart, named by the construct. */
function template(actions: readonly string[], more: object = {}) {
  return {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          },
          ManagedPolicyArns: [
            {
              'Fn::Join': [
                '',
                ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
              ],
            },
          ],
        },
      },
      DefaultPolicy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'RoleDefaultPolicyABC',
          PolicyDocument: allow(...actions),
          Roles: [{ Ref: 'Role' }],
        },
      },
      Shared: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: allow('sqs:SendMessage'), Roles: [{ Ref: 'Role' }] },
      },
      Extra: {
        Type: 'AWS::IAM::RolePolicy',
        Properties: { RoleName: { Ref: 'Role' }, PolicyName: 'Extra', PolicyDocument: allow('sns:Publish') },
      },
      ...more,
    },
    Outputs: {
      RoleName: { Value: { Ref: 'Role' } },
      RoleArn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } },
      PolicyArn: { Value: { Ref: 'Shared' } },
      PolicyId: { Value: { Ref: 'DefaultPolicy' } },
    },
  };
}

async function setUp() {
  const cloud = await testCloud({ services: [cloudFormation, iam] });
  const stack = testStack(cloud, 'Web');
  const outputs = await stack.create(template(['dynamodb:GetItem']));
  const output = (key: string) => outputs[key] ?? '';
  const roles = new IAMClient(cloud.clientConfig());
  return { cloud, stack, roles, output, [Symbol.asyncDispose]: () => cloud.close() };
}

test('a stack makes a role with all its policies', async () => {
  await using made = await setUp();
  const { roles, output } = made;
  const RoleName = output('RoleName');
  expect(RoleName).toMatch(/^Web-Role-\w+$/);
  expect((await roles.send(new GetRoleCommand({ RoleName }))).Role?.Arn).toBe(output('RoleArn'));
  const inline = await roles.send(new ListRolePoliciesCommand({ RoleName }));
  expect(inline.PolicyNames).toEqual(['Extra', 'RoleDefaultPolicyABC']);
  const attached = await roles.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  expect(attached.AttachedPolicies?.map(({ PolicyArn }) => PolicyArn)).toEqual(
    expect.arrayContaining([output('PolicyArn'), 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole']),
  );
});

test('the id of an inline policy has five letters of the stack and five of the logical id', async () => {
  await using made = await setUp();
  const { PolicyId } = await testStack(made.cloud, 'Warehouse').create(template(['dynamodb:GetItem']));
  expect(PolicyId).toMatch(/^Wareh-Defau-\w{12}$/);
});

test('an update of the stack changes the policy and keeps the role', async () => {
  await using made = await setUp();
  const { stack, roles, output } = made;
  await stack.update(template(['dynamodb:PutItem']));
  const { PolicyDocument } = await roles.send(
    new GetRolePolicyCommand({ RoleName: output('RoleName'), PolicyName: 'RoleDefaultPolicyABC' }),
  );
  expect(JSON.parse(decodeURIComponent(PolicyDocument ?? ''))).toEqual(allow('dynamodb:PutItem'));
});

test('an update that fails leaves the policies as they were', async () => {
  await using made = await setUp();
  const { stack, roles, output } = made;
  const bad = {
    Type: 'AWS::IAM::RolePolicy',
    DependsOn: 'DefaultPolicy',
    Properties: { RoleName: { Ref: 'Role' }, PolicyName: 'Bad', PolicyDocument: allow('PutItem') },
  };
  await expect(stack.update(template(['dynamodb:PutItem'], { Bad: bad }))).rejects.toThrow(/UPDATE_ROLLBACK_COMPLETE/);
  const RoleName = output('RoleName');
  const { PolicyDocument } = await roles.send(
    new GetRolePolicyCommand({ RoleName, PolicyName: 'RoleDefaultPolicyABC' }),
  );
  expect(JSON.parse(decodeURIComponent(PolicyDocument ?? ''))).toEqual(allow('dynamodb:GetItem'));
  const { PolicyNames } = await roles.send(new ListRolePoliciesCommand({ RoleName }));
  expect(PolicyNames).not.toContain('Bad');
});

test('nothing is left of a deleted stack', async () => {
  await using made = await setUp();
  const { cloud, stack, roles } = made;
  const stacks = new CloudFormationClient(cloud.clientConfig());
  const { StackResources } = await stacks.send(new DescribeStackResourcesCommand({ StackName: 'Web' }));
  expect(StackResources).toHaveLength(4);
  await stack.remove();
  expect((await roles.send(new ListRolesCommand({}))).Roles).toEqual([]);
  expect((await roles.send(new ListPoliciesCommand({ Scope: 'Local' }))).Policies).toEqual([]);
});
