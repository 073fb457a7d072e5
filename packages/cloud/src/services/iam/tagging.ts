import { AwsError } from '../../core/aws-error.js';
import type { Call } from '../../core/operation.js';
import type { Tag } from '../../iam/identity-record.js';
import { fromTagList, type TagList, type TagRules, toTagList, withTags } from '../../kit/tags.js';
import { limitExceeded } from './limits.js';

export const IAM_TAGS: TagRules = {
  reserved: () => new AwsError('InvalidInput', 'Tag keys that begin with aws: are reserved for AWS'),
  tooMany: (most) => limitExceeded(`Cannot exceed quota for TagsPerResource: ${most}`),
};

/** Tags that the caller itself gives. */
export function ownTags(tags: readonly Tag[]): readonly Tag[] {
  return tags.filter(({ Key }) => !Key.toLowerCase().startsWith('aws:'));
}

/** Tags of an input; the last of a key counts. */
export function tagsOf(list: TagList | undefined): readonly Tag[] {
  return toTagList(fromTagList(list));
}

/** The tags of a new entity. @throws AwsError InvalidInput for AWS's own, LimitExceeded for too many */
export function newTags(tags: readonly Tag[], call: Call): readonly Tag[] {
  return toTagList(withTags({}, fromTagList(tags), IAM_TAGS, call));
}
