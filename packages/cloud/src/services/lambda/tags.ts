import type { Tags } from '../../core/access.js';
import type { Call } from '../../core/operation.js';
import { type TagRules, withTags } from '../../kit/tags.js';
import { invalidParameter } from './lambda-error.js';

export const TAG_RULES: TagRules = {
  reserved: () => invalidParameter('aws: prefixed tag key names are not allowed for external use.'),
  tooMany: (most) => invalidParameter(`The number of tags exceeds the limit of ${most}.`),
};

/** @throws AwsError InvalidParameterValueException for keys and values that are too long */
export function checkTags(tags: Tags): Tags {
  for (const [key, value] of Object.entries(tags)) {
    if (key === '' || key.length > 128 || value.length > 256) {
      throw invalidParameter(
        `The tag ${JSON.stringify(key)} is not of 1 to 128 characters with a value of at most 256.`,
      );
    }
  }
  return tags;
}

/** The tags of a new resource. */
export const newTags = (tags: Tags, call: Call): Tags => withTags({}, checkTags(tags), TAG_RULES, call);
