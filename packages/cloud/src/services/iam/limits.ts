import { AwsError } from '../../core/aws-error.js';
import { parsePolicy } from '../../iam/policy-document.js';
import type { Constraint } from '../../model/constraints.js';

const NAME = /[\w+=,.@-]+/;
const PATH_PATTERN = /\/([!-~]+\/)?/;
const PATH_PREFIX_PATTERN = /\/[!-~]*/;

/** The rules for values that break a pattern, in IAM's words. */
export const NAME_WORDS: ReadonlyMap<RegExp | undefined, string> = new Map([
  [NAME, 'contain only alphanumeric characters and/or the following: +=,.@_-'],
  [PATH_PATTERN, 'begin and end with / and contain only alphanumeric characters and/or / characters.'],
  [PATH_PREFIX_PATTERN, 'begin with / and contain only alphanumeric characters and/or / characters.'],
]);

/** Of roles and users. */
export const NAME_64: Constraint = { max: 64, pattern: NAME };
/** Of groups, policies and instance profiles. */
export const NAME_128: Constraint = { max: 128, pattern: NAME };
export const PATH: Constraint = { max: 512, pattern: PATH_PATTERN };
export const PATH_PREFIX: Constraint = { max: 512, pattern: PATH_PREFIX_PATTERN };
export const PAGE = { Marker: { min: 1 }, MaxItems: { min: 1, max: 1000 } };
export const TAGS: Constraint = { each: { members: { Key: { min: 1, max: 128 }, Value: { max: 256 } } } };
export const STATUS: Constraint = { values: ['Active', 'Inactive'] };

/** IAM counts the characters of a document without its white space. */
function sizeOf(document: string): number {
  return document.replace(/\s/g, '').length;
}

export function limitExceeded(message: string): AwsError {
  return new AwsError('LimitExceeded', message, 409);
}

/** The error for an entity that something else still needs. */
export function deleteConflict(message: string): AwsError {
  return new AwsError('DeleteConflict', message, 409);
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

/**
 * The inline policies of an identity have one limit together.
 * @param owner `role app`
 * @throws AwsError LimitExceeded
 */
export function checkInlinePolicies(owner: string, most: number, documents: Iterable<string>): void {
  let size = 0;
  for (const document of documents) size += sizeOf(document);
  if (size > most) throw limitExceeded(`Maximum policy size of ${most} bytes exceeded for ${owner}`);
}

export const VERSIONS_PER_POLICY = 5;

export function tooManyVersions(): AwsError {
  return limitExceeded(
    'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
  );
}

/** @param noun `Role` @throws AwsError LimitExceeded */
export function checkAttachments(noun: string, count: number): void {
  if (count > 10) throw limitExceeded(`Cannot exceed quota for PoliciesPer${noun}: 10`);
}
