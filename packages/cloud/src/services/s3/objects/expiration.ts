import type { BucketRecord } from '../buckets/bucket-record.js';
import type { LifecycleRule } from '../buckets/lifecycle-rules.js';
import type { ObjectRecord } from './object-record.js';

const DAY = 24 * 60 * 60 * 1000;

type Filtered = Pick<ObjectRecord, 'key' | 'size' | 'tags' | 'modified'>;

function applies({ Status, Prefix, Filter }: LifecycleRule, { key, size, tags }: Filtered): boolean {
  if (Status !== 'Enabled') return false;
  const and = Filter?.And;
  const tagsOfRule = [...(Filter?.Tag ? [Filter.Tag] : []), ...(and?.Tags ?? [])];
  const over = Filter?.ObjectSizeGreaterThan ?? and?.ObjectSizeGreaterThan;
  const under = Filter?.ObjectSizeLessThan ?? and?.ObjectSizeLessThan;
  return (
    key.startsWith(Prefix ?? Filter?.Prefix ?? and?.Prefix ?? '') &&
    tagsOfRule.every(({ Key, Value }) => tags[Key ?? ''] === Value) &&
    (over === undefined || size > over) &&
    (under === undefined || size < under)
  );
}

/** The midnight by which an object is gone: that after the days that it has. */
function endOf({ Expiration }: LifecycleRule, { modified }: Filtered): number | undefined {
  if (Expiration?.Date !== undefined) return new Date(Expiration.Date).getTime();
  if (Expiration?.Days === undefined) return undefined;
  return Math.ceil((modified + Expiration.Days * DAY) / DAY) * DAY;
}

/** The header that tells when a lifecycle removes an object, by the rule that comes first. */
export function expirationOf(object: Filtered, { settings }: BucketRecord): string | undefined {
  const ends = (settings.lifecycle?.Rules ?? [])
    .filter((rule) => applies(rule, object))
    .flatMap((rule) => {
      const end = endOf(rule, object);
      return end === undefined ? [] : [{ end, id: rule.ID ?? '' }];
    })
    .sort((a, b) => a.end - b.end);
  const [first] = ends;
  return first && `expiry-date="${new Date(first.end).toUTCString()}", rule-id="${first.id}"`;
}
