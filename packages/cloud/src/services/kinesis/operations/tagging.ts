import { requestTags, tagKeys } from '../../../core/access.js';
import { tagOperations } from '../../../kit/tag-operations.js';
import { type TagRules, toTagList, withoutTags, withTags } from '../../../kit/tags.js';
import { invalidArgument, notFound } from '../kinesis-error.js';
import { kinesisOperation, onConsumerOf, onStream, onStreamOf } from '../service-state.js';
import { parseConsumerArn, parseStreamArn, STREAM_LIMITS } from '../streams/stream-name.js';
import { withStream } from './stream-input.js';

export const STREAM_TAGS: TagRules = {
  reserved: () => invalidArgument('aws: prefixed tag key names are not allowed for external use.'),
  tooMany: (most) => invalidArgument(`A given resource cannot have more than ${most} tags associated with it.`),
};

export const addTagsToStream = kinesisOperation({
  name: 'AddTagsToStream',
  limits: {
    ...STREAM_LIMITS,
    Tags: { min: 1, max: 200, key: { min: 1, max: 128 }, each: { max: 256 } },
  },
  parse: (input, scope) => withStream(input, scope),
  access: (row) => [
    onStream(
      row,
      'AddTagsToStream',
      requestTags(({ Tags }) => Tags),
    ),
  ],
  handle: ({ stream, Tags }, call, { streams }) =>
    streams.change(stream, (before) => ({ ...before, tags: withTags(before.tags, { ...Tags }, STREAM_TAGS, call) })),
});

export const removeTagsFromStream = kinesisOperation({
  name: 'RemoveTagsFromStream',
  limits: { ...STREAM_LIMITS, TagKeys: { min: 1, max: 50, each: { min: 1, max: 128 } } },
  parse: (input, scope) => withStream(input, scope),
  access: (row) => [
    onStream(
      row,
      'RemoveTagsFromStream',
      tagKeys(({ TagKeys }) => TagKeys),
    ),
  ],
  handle: ({ stream, TagKeys }, _call, { streams }) =>
    streams.change(stream, (before) => ({ ...before, tags: withoutTags(before.tags, TagKeys) })),
});

export const listTagsForStream = kinesisOperation({
  name: 'ListTagsForStream',
  limits: { ...STREAM_LIMITS, Limit: { min: 1, max: 50 }, ExclusiveStartTagKey: { min: 1, max: 128 } },
  parse: (input, scope) => withStream(input, scope),
  access: (row) => [onStream(row, 'ListTagsForStream')],
  handle: ({ stream, Limit = 50, ExclusiveStartTagKey: after }, _call, { streams }) => {
    const all = toTagList(streams.get(stream).tags)
      .sort((a, b) => (a.Key < b.Key ? -1 : 1))
      .filter(({ Key }) => after === undefined || Key > after);
    return { Tags: all.slice(0, Limit), HasMoreTags: all.length > Limit };
  },
});

/** A stream, or a consumer of one, as an ARN names it. */
function parseTarget(arn: string) {
  const stream = parseStreamArn(arn);
  const consumer = parseConsumerArn(arn);
  if (stream === undefined && consumer === undefined) throw notFound(`Resource ${arn} not found.`);
  return { stream, consumer };
}

export const resourceTagging = tagOperations(kinesisOperation, {
  tag: 'TagResource',
  untag: 'UntagResource',
  list: 'ListTagsForResource',
  members: { resource: 'ResourceARN', tags: 'Tags', keys: 'TagKeys' },
  form: 'map',
  rules: STREAM_TAGS,
  parse: parseTarget,
  access: (row, action, keys) => onStreamOf(row, action, ({ target }) => target.stream, keys),
  alsoAccess: (row, action, keys) => onConsumerOf(row, action, ({ target }) => target.consumer, keys),
  answer: (tags) => ({ Tags: toTagList(tags) }),
  tagsOf: ({ stream, consumer }, _call, { streams, consumers }) => {
    if (consumer) return consumers.get(consumer).tags;
    return stream ? streams.get(stream).tags : {};
  },
  change: async ({ stream, consumer }, change, _call, { streams, consumers }) => {
    if (consumer) {
      const before = consumers.get(consumer);
      await consumers.put({ ...before, tags: change(before.tags) });
    } else if (stream) await streams.change(stream, (before) => ({ ...before, tags: change(before.tags) }));
  },
});
