import { AwsError } from '../../core/aws-error.js';
import { parsePolicy } from '../../iam/policy-document.js';

/** IAM counts the characters of a document without its white space. */
function sizeOf(document: string): number {
  return document.replace(/\s/g, '').length;
}

function limitExceeded(message: string): AwsError {
  return new AwsError('LimitExceeded', message, 409);
}

/** @throws AwsError MalformedPolicyDocument, LimitExceeded */
export function checkTrustPolicy(document: string): void {
  parsePolicy(document, 'trust');
  if (sizeOf(document) > 2048) throw limitExceeded('Cannot exceed quota for ACLSizePerRole: 2048');
}

/** @throws AwsError MalformedPolicyDocument, LimitExceeded */
export function checkManagedPolicy(document: string): void {
  parsePolicy(document, 'identity');
  if (sizeOf(document) > 6144) throw limitExceeded('Cannot exceed quota for PolicySize: 6144');
}

/** The inline policies of a role have one limit together. @throws AwsError LimitExceeded */
export function checkInlinePolicies(roleName: string, documents: Iterable<string>): void {
  let size = 0;
  for (const document of documents) size += sizeOf(document);
  if (size > 10_240) throw limitExceeded(`Maximum policy size of 10240 bytes exceeded for role ${roleName}`);
}

export const VERSIONS_PER_POLICY = 5;

export function tooManyVersions(): AwsError {
  return limitExceeded(
    'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
  );
}

/** @throws AwsError LimitExceeded */
export function checkAttachments(count: number): void {
  if (count > 10) throw limitExceeded('Cannot exceed quota for PoliciesPerRole: 10');
}
