import { AwsError } from '../../core/aws-error.js';
import type { Identities } from '../../iam/identities.js';
import { noSuchEntity, type PolicyRecord, type PolicyVersionRecord } from '../../iam/identity-record.js';
import type { PolicyUse } from './output.js';

/** Reads an input that names a managed policy. @throws AwsError ValidationError for what is no ARN */
export function withPolicyArn<Input extends { readonly PolicyArn: string }>(input: Input): Input {
  if (!input.PolicyArn.startsWith('arn:')) {
    throw new AwsError('ValidationError', 'Invalid ARN:  Could not be parsed!');
  }
  return input;
}

/** @throws AwsError NoSuchEntity */
export async function neededPolicy(identities: Identities, arn: string): Promise<PolicyRecord> {
  const policy = await identities.policy(arn);
  if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}

/** @throws AwsError NoSuchEntity */
export function neededVersion({ arn, versions }: PolicyRecord, id: string): PolicyVersionRecord {
  const version = versions.find((each) => each.id === id);
  if (!version) throw noSuchEntity(`Policy ${arn} version ${id} does not exist or is not attachable.`);
  return version;
}

/** @throws AwsError NoSuchEntity where no policy has the ARN */
export async function checkBoundary(identities: Identities, arn: string): Promise<void> {
  if (!(await identities.policy(arn))) {
    throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`);
  }
}

/** How often each managed policy is used in an account, by its ARN. */
export async function policyUses(identities: Identities, account: string): Promise<(arn: string) => PolicyUse> {
  const attachments = new Map<string, number>();
  const boundaries = new Map<string, number>();
  const count = (counts: Map<string, number>, arn: string) => counts.set(arn, (counts.get(arn) ?? 0) + 1);
  for (const table of [identities.roles, identities.users]) {
    for await (const { attachedPolicies, permissionsBoundary } of table.list(account)) {
      for (const arn of attachedPolicies) count(attachments, arn);
      if (permissionsBoundary !== undefined) count(boundaries, permissionsBoundary);
    }
  }
  for await (const { attachedPolicies } of identities.groups.list(account)) {
    for (const arn of attachedPolicies) count(attachments, arn);
  }
  return (arn) => ({ attachments: attachments.get(arn) ?? 0, boundaries: boundaries.get(arn) ?? 0 });
}
