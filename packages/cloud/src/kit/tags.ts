import type { Tags } from '../core/access.js';
import type { AwsError } from '../core/aws-error.js';
import type { Call } from '../core/operation.js';

/** How one kind of resource limits its tags, and refuses those that it does not take. */
export interface TagRules {
  /** The most tags that a resource has, AWS's own apart. @default 50 */
  readonly most?: number;
  /** A key begins with `aws:`. */
  readonly reserved: (key: string) => AwsError;
  readonly tooMany: (most: number) => AwsError;
  /** One key is given twice. @default - the later value counts */
  readonly repeated?: (key: string) => AwsError;
}

const MAX_TAGS = 50;

/** Tags as most APIs list them. */
export type TagList = readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[];

/** @throws the error of the rules for a key that is given twice */
export function fromTagList(list: TagList = [], { repeated }: Pick<TagRules, 'repeated'> = {}): Tags {
  const tags = new Map<string, string>();
  for (const { Key = '', Value = '' } of list) {
    if (repeated && tags.has(Key)) throw repeated(Key);
    tags.set(Key, Value);
  }
  return Object.fromEntries(tags);
}

export function toTagList(tags: Tags): { readonly Key: string; readonly Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** True if a call may set tags whose keys begin with `aws:`: only CloudFormation's may, for what it makes itself. */
const isOfAws = ({ resourceId }: Call): boolean => resourceId !== undefined;

/**
 * A resource's tags once some are given to it.
 *
 * @param before those that it has; none for a new resource
 * @throws the error of the rules for keys of AWS's own and for more tags than a resource may have
 */
export function withTags(before: Tags, given: Tags, rules: TagRules, call: Call): Tags {
  const reserved = Object.keys(given).find((key) => /^aws:/i.test(key));
  if (reserved !== undefined && !isOfAws(call)) throw rules.reserved(reserved);
  const all = { ...before, ...given };
  const { most = MAX_TAGS } = rules;
  if (Object.keys(all).filter((key) => !/^aws:/i.test(key)).length > most) throw rules.tooMany(most);
  return all;
}

export function withoutTags(before: Tags, keys: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(before).filter(([key]) => !keys.includes(key)));
}
