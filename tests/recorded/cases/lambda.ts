import { strToU8, zipSync } from 'fflate';
import { expect } from 'vitest';
import type { RecordedCall, RecordedService } from '../recorded-case.js';

const code = (text: string): Uint8Array =>
  zipSync({ 'index.mjs': strToU8(`export const handler = async () => ${JSON.stringify(text)};`) });

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
});
const role: RecordedCall = ['iam:CreateRole', { RoleName: 'function', AssumeRolePolicyDocument: trust }];

const settings = {
  FunctionName: 'users',
  Role: '<CreateRole.Role.Arn>',
  Runtime: 'nodejs22.x',
  Handler: 'index.handler',
  Code: { ZipFile: code('one') },
};
const users: readonly RecordedCall[] = [role, ['CreateFunction', settings]];
const two: RecordedCall = ['UpdateFunctionCode', { FunctionName: 'users', ZipFile: code('two'), Publish: true }];

const idOf = (pattern: string): string =>
  'Member must satisfy constraint: [Member must have length less than or equal to 1024, ' +
  `Member must have length greater than or equal to 0, Member must satisfy regular expression pattern: ${pattern}]`;

/** Facts about AWS Lambda. */
export default {
  service: 'lambda',
  cases: [
    {
      name: 'an alias that shares its calls is described as its main version',
      recorded: '2025-11',
      given: [
        role,
        ['CreateFunction', { ...settings, Publish: true }],
        two,
        [
          'CreateAlias',
          {
            FunctionName: 'users',
            Name: 'live',
            FunctionVersion: '1',
            RoutingConfig: { AdditionalVersionWeights: { 2: 1 } },
          },
        ],
      ],
      ask: ['GetFunction', { FunctionName: 'users', Qualifier: 'live' }],
      at: 'Configuration.Version',
      answer: '1',
    },
    {
      name: 'a subnet whose id cannot be one is refused',
      recorded: '2025-11',
      given: [role],
      ask: ['CreateFunction', { ...settings, VpcConfig: { SubnetIds: ['bad-1'], SecurityGroupIds: ['sg-1'] } }],
      error: {
        code: 'ValidationException',
        message: `1 validation error detected: Value '[bad-1]' at 'vpcConfig.subnetIds' failed to satisfy constraint: ${idOf('subnet-[0-9a-z]*')}`,
      },
    },
    {
      name: 'a security group whose id cannot be one is refused',
      recorded: '2025-11',
      given: [role],
      ask: ['CreateFunction', { ...settings, VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['bad-1'] } }],
      error: {
        code: 'ValidationException',
        message: `1 validation error detected: Value '[bad-1]' at 'vpcConfig.securityGroupIds' failed to satisfy constraint: ${idOf('sg-[0-9a-zA-Z]*')}`,
      },
    },
    {
      name: 'reserving more than an account has is refused',
      recorded: '2025-11',
      given: users,
      ask: ['PutFunctionConcurrency', { FunctionName: 'users', ReservedConcurrentExecutions: 1001 }],
      error: {
        code: 'InvalidParameterValueException',
        message:
          "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
        status: 400,
      },
    },
    {
      name: 'of a layer, wrong runtimes are listed before wrong architectures',
      recorded: '2026-01',
      ask: [
        'PublishLayerVersion',
        {
          LayerName: 'tools',
          Content: { ZipFile: code('tool') },
          CompatibleRuntimes: ['invalidruntime'],
          CompatibleArchitectures: ['invalidarch'],
        },
      ],
      error: {
        code: 'ValidationException',
        message: expect.stringMatching(
          /^2 validation errors detected: Value '\[invalidruntime\]' at 'compatibleRuntimes' failed .*; Value '\[invalidarch\]' at 'compatibleArchitectures' failed to satisfy constraint: Member must satisfy constraint: \[Member must satisfy enum value set: \[x86_64, arm64\], Member must not be null\]$/,
        ),
      },
    },
  ],
} satisfies RecordedService;
