import { AwsError } from '../../core/aws-error.js';
import type { Identities } from '../../iam/identities.js';
import type { PolicyRecord, PolicyVersionRecord } from '../../iam/identity-record.js';
import type { PolicyUse } from './output.js';

/** How often each managed policy is used by the roles of an account, by its ARN. */
export async function policyUses(identities: Identities, account: string): Promise<(arn: string) => PolicyUse> {
  const attachments = new Map<string, number>();
  const boundaries = new Map<string, number>();
  const count = (counts: Map<string, number>, arn: string) => counts.set(arn, (counts.get(arn) ?? 0) + 1);
  for await (const { attachedPolicies, permissionsBoundary } of identities.roles(account)) {
    for (const arn of attachedPolicies) count(attachments, arn);
    if (permissionsBoundary !== undefined) count(boundaries, permissionsBoundary);
  }
  return (arn) => ({ attachments: attachments.get(arn) ?? 0, boundaries: boundaries.get(arn) ?? 0 });
}

/** @throws AwsError NoSuchEntity */
export async function neededPolicy(identities: Identities, arn: string): Promise<PolicyRecord> {
  const policy = await identities.policy(arn);
  if (!policy) throw new AwsError('NoSuchEntity', `Policy ${arn} was not found.`, 404);
  return policy;
}

/** @throws AwsError NoSuchEntity */
export function neededVersion({ arn, versions }: PolicyRecord, id: string): PolicyVersionRecord {
  const version = versions.find((each) => each.id === id);
  if (!version) {
    throw new AwsError('NoSuchEntity', `Policy ${arn} version ${id} does not exist or is not attachable.`, 404);
  }
  return version;
}
