import type { ResourceContext } from '../../../core/resource-type.js';
import { fromTagList, toTagList } from '../../../kit/tags.js';

type Tags = Readonly<Record<string, string>>;

/** The tags of a rule or bus. */
export async function tagsOf(arn: string, { call }: ResourceContext): Promise<Tags> {
  const { Tags } = await call('events', 'ListTagsForResource', { ResourceARN: arn });
  return fromTagList(Tags);
}

/** Gives it these tags, and no others. */
export async function updateTags(arn: string, wanted: Tags, context: ResourceContext): Promise<void> {
  const found = await tagsOf(arn, context);
  const gone = Object.keys(found).filter((key) => !(key in wanted));
  if (gone.length > 0) await context.call('events', 'UntagResource', { ResourceARN: arn, TagKeys: gone });
  if (Object.entries(wanted).some(([key, value]) => found[key] !== value)) {
    await context.call('events', 'TagResource', { ResourceARN: arn, Tags: toTagList(wanted) }, arn);
  }
}
