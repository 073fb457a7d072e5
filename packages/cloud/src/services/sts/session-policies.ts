import { AwsError } from '../../core/aws-error.js';
import { parsePolicy } from '../../iam/index.js';
import type { StsState } from './service-state.js';

/** Characters of a session policy, and how many managed ones a session has ("AssumeRole", STS API Reference). */
export const LONGEST_POLICY = 2048;
export const MOST_POLICIES = 10;

export interface SessionPolicies {
  readonly policy: string | undefined;
  readonly policyArns: readonly string[];
}

/** @throws AwsError PackedPolicyTooLarge */
export function checkPackedSize({ policy = '', policyArns }: SessionPolicies): void {
  // How AWS packs them is not on record; the plain text of both kinds together has one limit.
  const packed = Math.ceil((100 * (policy.length + policyArns.join('').length)) / LONGEST_POLICY);
  if (packed <= 100) return;
  const message = `Packed policy consumes ${packed}% of allotted space, please use smaller policy.`;
  throw new AwsError('PackedPolicyTooLarge', message);
}

/** The policies that limit a session, as text. @throws AwsError MalformedPolicyDocument, NoSuchEntity */
export async function policyTexts(
  { policy, policyArns }: SessionPolicies,
  { identities }: StsState,
): Promise<readonly string[]> {
  const texts: string[] = [];
  if (policy !== undefined) {
    parsePolicy(policy, 'identity');
    texts.push(policy);
  }
  for (const arn of policyArns) {
    const record = await identities.policy(arn);
    const version = record?.versions.find(({ id }) => id === record.defaultVersion);
    if (!version) throw new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`, 404);
    texts.push(version.document);
  }
  return texts;
}
