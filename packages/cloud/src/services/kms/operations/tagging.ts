import { requestTags, type Tags, tagKeys } from '../../../core/access.js';
import type { Call } from '../../../core/operation.js';
import { withoutTags, withTags } from '../../../kit/tags.js';
import { parseKeyId } from '../key-id.js';
import { tagFault } from '../kms-error.js';
import { kmsOperation, onKey } from '../service-state.js';

/** KMS has its own names for the members of a tag. */
export interface TagMember {
  readonly TagKey: string;
  readonly TagValue: string;
}

const RULES = {
  reserved: () => tagFault('Tags beginning with aws: are reserved'),
  tooMany: () => tagFault('Too many tags'),
};

const asTags = (list: readonly TagMember[]): Tags =>
  Object.fromEntries(list.map(({ TagKey, TagValue }) => [TagKey, TagValue]));

/** The tags of a key once some are given to it. @throws AwsError TagException */
export function keyTags(before: Tags, list: readonly TagMember[], call: Call): Tags {
  if (new Set(list.map(({ TagKey }) => TagKey)).size < list.length) throw tagFault('Duplicate tag keys');
  return withTags(before, asTags(list), RULES, call);
}

const TAG_LIMITS = { each: { members: { TagKey: { min: 1, max: 128 }, TagValue: { max: 256 } } } };

export const tagResource = kmsOperation({
  name: 'TagResource',
  limits: { KeyId: { min: 1, max: 2048 }, Tags: TAG_LIMITS },
  parse: ({ KeyId, Tags }, scope) => ({ key: parseKeyId(KeyId, scope), tags: Tags as readonly TagMember[] }),
  access: (row) => [
    onKey(
      row,
      'TagResource',
      requestTags(({ tags }) => asTags(tags)),
    ),
  ],
  handle: async ({ key, tags }, call, { keys }) => {
    await keys.change(key, (record) => ({ ...record, tags: keyTags(record.tags, tags, call) }));
  },
});

export const untagResource = kmsOperation({
  name: 'UntagResource',
  limits: { KeyId: { min: 1, max: 2048 } },
  parse: ({ KeyId, TagKeys }, scope) => ({ key: parseKeyId(KeyId, scope), names: TagKeys }),
  access: (row) => [
    onKey(
      row,
      'UntagResource',
      tagKeys(({ names }) => names),
    ),
  ],
  handle: async ({ key, names }, _call, { keys }) => {
    await keys.change(key, (record) => ({ ...record, tags: withoutTags(record.tags, names) }));
  },
});

export const listResourceTags = kmsOperation({
  name: 'ListResourceTags',
  limits: { KeyId: { min: 1, max: 2048 }, Limit: { min: 1, max: 1000 } },
  parse: ({ KeyId }, scope) => ({ key: parseKeyId(KeyId, scope) }),
  access: (row) => [onKey(row, 'ListResourceTags')],
  // A key has fewer tags than a page.
  handle: async ({ key }, _call, { keys }) => {
    const { tags } = await keys.get(key);
    return {
      Tags: Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
      Truncated: false,
    };
  },
});
