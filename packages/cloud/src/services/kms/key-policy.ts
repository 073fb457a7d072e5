import { AwsError } from '../../core/aws-error.js';
import type { Scope } from '../../core/operation.js';
import { partitionOf } from '../../core/partition.js';
import { glob, matchesGlob } from '../../core/wildcard.js';
import { parsePolicy } from '../../iam/index.js';
import type { Grant, KeyRecord } from './key-record.js';
import { malformedPolicy } from './kms-error.js';

type Statement = Readonly<Record<string, unknown>>;

const policyOf = (id: string, ...statements: readonly Statement[]): string =>
  JSON.stringify({ Version: '2012-10-17', Id: id, Statement: statements });

/** The policy of a key that is made without one: the policies of the account's identities decide. */
export function defaultPolicy({ account, region }: Scope): string {
  return policyOf('key-default-1', {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: { AWS: `arn:${partitionOf(region).name}:iam::${account}:root` },
    Action: 'kms:*',
    Resource: '*',
  });
}

/** The policy of a key that a service of AWS has made for itself: everybody of the account uses it, through the service. */
export function servicePolicy({ account, region }: Scope, service: string): string {
  return policyOf(
    `auto-${service}-1`,
    {
      Sid: `Allow access through ${service} for all principals in the account that are authorized to use it`,
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncrypt*',
        'kms:GenerateDataKey*',
        'kms:CreateGrant',
        'kms:DescribeKey',
      ],
      Resource: '*',
      Condition: {
        StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': `${service}.${region}.amazonaws.com` },
      },
    },
    {
      Sid: 'Allow direct access to key metadata to the account',
      Effect: 'Allow',
      Principal: { AWS: `arn:${partitionOf(region).name}:iam::${account}:root` },
      Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
      Resource: '*',
    },
  );
}

/** @throws AwsError MalformedPolicyDocumentException */
export function checkPolicy(policy: string, bypassesLockoutCheck: boolean): void {
  let statements: ReturnType<typeof parsePolicy>['statements'];
  try {
    statements = parsePolicy(policy, 'resource').statements;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw malformedPolicy(error.message);
  }
  const keepsAdministrator = statements.some(
    ({ effect, actions: { not, values } }) =>
      effect === 'Allow' &&
      values.some((action) => matchesGlob(glob(action.toLowerCase()), 'kms:putkeypolicy')) !== not,
  );
  if (!keepsAdministrator && !bypassesLockoutCheck) {
    throw malformedPolicy('The new key policy will not allow you to update the key policy in the future.');
  }
}

/** The actions that the operations of a grant allow. */
function actionsOf({ operations }: Grant): readonly string[] {
  return operations.map((operation) => `kms:${operation}`);
}

function conditionsOf({ constraints = {} }: Grant): Statement {
  const { EncryptionContextSubset: subset = {}, EncryptionContextEquals: equals, SourceArn } = constraints;
  const pairs = Object.entries(equals ?? subset).map(([key, value]) => [`kms:EncryptionContext:${key}`, value]);
  const keys = Object.keys(equals ?? {});
  return {
    ...(pairs.length > 0 && { StringEquals: Object.fromEntries(pairs) }),
    ...(equals && { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': keys } }),
    ...(SourceArn !== undefined && { ArnEquals: { 'aws:SourceArn': SourceArn } }),
  };
}

/** The statements that decide on a key: its policy, and its grants. */
export function decidingPolicy({ policy, grants }: KeyRecord): string {
  if (grants.length === 0) return policy;
  const { Statement: statements, ...rest } = JSON.parse(policy);
  const granted = grants.map((grant) => {
    const isService = grant.grantee.endsWith('.amazonaws.com');
    return {
      Sid: `grant ${grant.id}`,
      Effect: 'Allow',
      Principal: isService ? { Service: grant.grantee } : { AWS: grant.grantee },
      Action: actionsOf(grant),
      Resource: '*',
      Condition: conditionsOf(grant),
    };
  });
  return JSON.stringify({ ...rest, Statement: [statements, granted].flat() });
}
