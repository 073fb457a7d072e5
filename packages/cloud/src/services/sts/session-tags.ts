import type { Tags } from '../../core/access.js';
import { AwsError } from '../../core/aws-error.js';
import type { Principal } from '../../core/principal.js';
import type { TagList } from '../../kit/tags.js';

/** The tags that a session is given, and which of them go on to the sessions of roles that it assumes. */
export interface SessionTags {
  readonly tags: Tags;
  readonly transitiveKeys: readonly string[];
}

function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

/** The keys of session tags have no case. */
const isSame = (key: string) => (other: string) => key.toLowerCase() === other.toLowerCase();

/** @throws AwsError InvalidParameterValue for a key that is given twice, or is transitive and not given */
export function readSessionTags(list: TagList = [], transitiveKeys: readonly string[] = []): SessionTags {
  const keys = list.map(({ Key = '' }) => Key);
  if (new Set(keys.map((key) => key.toLowerCase())).size < keys.length) {
    throw invalidParameter('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  if (!transitiveKeys.every((key) => keys.some(isSame(key)))) {
    throw invalidParameter('The specified transitive tag key must be included in the requested tags.');
  }
  return { tags: Object.fromEntries(list.map(({ Key = '', Value = '' }) => [Key, Value])), transitiveKeys };
}

/**
 * The tags of a session with those that the calling session hands on.
 * @throws AwsError InvalidParameterValue for a tag that the calling session hands on already
 */
export function withInheritedTags({ tags, transitiveKeys }: SessionTags, caller: Principal): SessionTags {
  const before = caller.kind === 'assumedRole' ? caller.sessionTags : undefined;
  const handedOn = Object.entries(before?.tags ?? {}).filter(([key]) => before?.transitiveKeys.some(isSame(key)));
  if (handedOn.some(([key]) => Object.keys(tags).some(isSame(key)))) {
    throw invalidParameter(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  return {
    tags: { ...Object.fromEntries(handedOn), ...tags },
    transitiveKeys: [...handedOn.map(([key]) => key), ...transitiveKeys],
  };
}
