import type { ResourceContext } from '../../../core/resource-type.js';
import { type Tags, tagList } from '../tags.js';

/** The tags of a rule or bus. */
export async function tagsOf(arn: string, { call }: ResourceContext): Promise<Tags> {
  const { Tags } = await call('events', 'ListTagsForResource', { ResourceARN: arn });
  return Object.fromEntries(Tags.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value]));
}

/** Gives it these tags, and no others. */
export async function updateTags(arn: string, wanted: Tags, context: ResourceContext): Promise<void> {
  const found = await tagsOf(arn, context);
  const gone = Object.keys(found).filter((key) => !(key in wanted));
  if (gone.length > 0) await context.call('events', 'UntagResource', { ResourceARN: arn, TagKeys: gone });
  if (Object.entries(wanted).some(([key, value]) => found[key] !== value)) {
    await context.call('events', 'TagResource', { ResourceARN: arn, Tags: tagList(wanted) }, arn);
  }
}
