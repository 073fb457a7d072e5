import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test, vi } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { testStack } from '../cloudformation/fixtures/test-stack.js';

const GENERATED = {
  SecretStringTemplate: '{"username":"admin"}',
  GenerateStringKey: 'password',
  PasswordLength: 20,
  ExcludePunctuation: true,
};

/** A function that makes, sets, tests and finishes as AWS's template of a rotation function does. */
const ROTATION = `
const { SecretsManagerClient, GetSecretValueCommand, PutSecretValueCommand, DescribeSecretCommand, UpdateSecretVersionStageCommand } = require('@aws-sdk/client-secrets-manager');
const client = new SecretsManagerClient({});
exports.handler = async ({ SecretId, ClientRequestToken, Step }) => {
  if (Step === 'createSecret') {
    await client.send(new PutSecretValueCommand({ SecretId, ClientRequestToken, SecretString: 'rotated', VersionStages: ['AWSPENDING'] }));
  }
  if (Step === 'finishSecret') {
    const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId }));
    const [current] = Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes('AWSCURRENT'));
    await client.send(new UpdateSecretVersionStageCommand({ SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId: ClientRequestToken, RemoveFromVersionId: current }));
  }
};`;

async function stackCloud() {
  const cloud = await testCloud();
  const config = { ...cloud.clientConfig(), maxAttempts: 1 };
  return {
    [Symbol.asyncDispose]: () => cloud.close(),
    ...testStack(cloud, 'shop'),
    secrets: new SecretsManagerClient(config),
    ssm: new SSMClient(config),
  };
}

const template = (generated: object, description = 'of the shop') => ({
  Resources: {
    Secret: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: { Description: description, GenerateSecretString: generated },
    },
    Parameter: {
      Type: 'AWS::SSM::Parameter',
      Properties: {
        Type: 'String',
        Value: {
          'Fn::Sub':
            '{{resolve:secretsmanager:${Secret}:SecretString:username}}-{{resolve:secretsmanager:${Secret}:SecretString:password::}}',
        },
      },
    },
  },
  Outputs: { Secret: { Value: { Ref: 'Secret' } }, Parameter: { Value: { Ref: 'Parameter' } } },
});

test('a stack has a generated secret, and reads parts of it by dynamic references', async () => {
  await using cloud = await stackCloud();
  const { Secret = '', Parameter } = await cloud.create(template(GENERATED));
  expect(Secret).toMatch(
    /^arn:aws:secretsmanager:eu-west-1:000000000000:secret:Secret-[A-Za-z0-9]{12}-[A-Za-z0-9]{6}$/,
  );
  const { SecretString = '' } = await cloud.secrets.send(new GetSecretValueCommand({ SecretId: Secret }));
  const { username, password } = JSON.parse(SecretString);
  expect([username, password]).toEqual(['admin', expect.stringMatching(/^[A-Za-z0-9]{20}$/)]);
  const read = await cloud.ssm.send(new GetParameterCommand({ Name: Parameter }));
  expect(read.Parameter?.Value).toBe(`admin-${password}`);
});

test('an update keeps the value unless what generates it changes, and the end of the stack is that of the secret', async () => {
  await using cloud = await stackCloud();
  const { Secret = '' } = await cloud.create(template(GENERATED));
  const read = async () => (await cloud.secrets.send(new GetSecretValueCommand({ SecretId: Secret }))).SecretString;
  const first = await read();
  await cloud.update(template(GENERATED, 'another description'));
  expect(await read()).toBe(first);
  await cloud.update(template({ ...GENERATED, PasswordLength: 30 }, 'another description'));
  expect(await read()).not.toBe(first);
  await cloud.remove();
  const { SecretList } = await cloud.secrets.send(new ListSecretsCommand({ IncludePlannedDeletion: true }));
  expect(SecretList).toEqual([]);
});

test('a schedule rotates a secret by a function, with the permissions of a template', async () => {
  await using cloud = await stackCloud();
  const { Secret = '' } = await cloud.create({
    Resources: {
      Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: 'first' } },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          },
          Policies: [
            {
              PolicyName: 'rotate',
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [{ Effect: 'Allow', Action: 'secretsmanager:*', Resource: { Ref: 'Secret' } }],
              },
            },
          ],
        },
      },
      Rotation: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Timeout: 30,
          MemorySize: 256,
          Code: { ZipFile: ROTATION },
        },
      },
      Permission: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          FunctionName: { Ref: 'Rotation' },
          Action: 'lambda:InvokeFunction',
          Principal: 'secretsmanager.amazonaws.com',
          SourceArn: { Ref: 'Secret' },
        },
      },
      Schedule: {
        Type: 'AWS::SecretsManager::RotationSchedule',
        DependsOn: 'Permission',
        Properties: {
          SecretId: { Ref: 'Secret' },
          RotationLambdaARN: { 'Fn::GetAtt': ['Rotation', 'Arn'] },
          RotationRules: { AutomaticallyAfterDays: 30 },
        },
      },
    },
    Outputs: { Secret: { Value: { Ref: 'Secret' } } },
  });
  await vi.waitFor(
    async () => {
      const value = await cloud.secrets.send(new GetSecretValueCommand({ SecretId: Secret }));
      expect(value.SecretString).toBe('rotated');
    },
    { timeout: 20_000 },
  );
  const description = await cloud.secrets.send(new DescribeSecretCommand({ SecretId: Secret }));
  expect(description.RotationEnabled).toBe(true);
  expect(description.NextRotationDate?.getTime()).toBeGreaterThan(Date.now() + 29 * 86_400_000);
  expect(
    Object.values(description.VersionIdsToStages ?? {})
      .flat()
      .sort(),
  ).toEqual(['AWSCURRENT', 'AWSPENDING', 'AWSPREVIOUS']);
});
