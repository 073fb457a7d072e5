import { AwsError } from '../../core/aws-error.js';
import type { Call } from '../../core/operation.js';
import type { Tag } from '../../iam/identity-record.js';

/** Tags that the caller itself gives. */
export function ownTags(tags: readonly Tag[]): readonly Tag[] {
  return tags.filter(({ Key }) => !Key.toLowerCase().startsWith('aws:'));
}

/**
 * CloudFormation, which alone names the resource, marks what it makes with tags that nobody else may give.
 * @throws AwsError InvalidInput
 */
export function refuseReservedTags(tags: readonly Tag[], { resourceId }: Call): void {
  if (resourceId === undefined && ownTags(tags).length < tags.length) {
    throw new AwsError('InvalidInput', 'Tag keys that begin with aws: are reserved for AWS', 400);
  }
}
