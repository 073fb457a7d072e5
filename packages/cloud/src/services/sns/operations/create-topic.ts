import { requestTags } from '../../../core/access.js';
import { fromTagList, withTags } from '../../../kit/tags.js';
import { onTopic, reviewPolicy, snsOperation } from '../service-state.js';
import { invalidParameter } from '../sns-error.js';
import { changedTopicAttributes, checkDataProtection } from '../topic-attributes.js';
import { checkTopicName, topicArn } from '../topic-name.js';
import { TOPIC_TAGS } from './tagging.js';

type Texts = Readonly<Record<string, string>>;

/** True if one has all that the other has. */
const hasAll = (one: Texts, other: Texts): boolean =>
  Object.entries(other).every(([name, value]) => one[name] === value);

/** Gives the topic that is there where it is the same. */
export const createTopic = snsOperation({
  name: 'CreateTopic',
  parse: ({ Name: name, Attributes = {}, Tags, DataProtectionPolicy }, { account, region }) => {
    const { FifoTopic = 'false', ...attributes } = Attributes;
    const fifo = FifoTopic.toLowerCase() === 'true';
    checkTopicName(name, fifo);
    if (DataProtectionPolicy !== undefined) checkDataProtection(DataProtectionPolicy);
    const topic = { account, region, name };
    return {
      topic,
      attributes: changedTopicAttributes(topic, undefined, attributes),
      tags: fromTagList(Tags, TOPIC_TAGS),
      dataProtection: DataProtectionPolicy || undefined,
    };
  },
  access: (row) => {
    const keys = requestTags(({ tags }: { readonly tags: Texts }) => tags);
    return [
      onTopic(row, 'CreateTopic', keys),
      onTopic(row, 'TagResource', keys, ({ tags }) => Object.keys(tags).length > 0),
    ];
  },
  handle: async ({ topic, attributes, tags, dataProtection }, call, { context, topics }) => {
    const all = withTags({}, tags, TOPIC_TAGS, call);
    const existing = topics.find(topic);
    if (existing === undefined) {
      await topics.put({ ...topic, attributes, tags: all, ...(dataProtection && { dataProtection }) });
      reviewPolicy(context, topic, attributes);
    } else if (!hasAll(existing.attributes, attributes)) {
      throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
    } else if (!hasAll(existing.tags, all)) {
      throw invalidParameter('Tags Reason: Topic already exists with different tags');
    }
    return { TopicArn: topicArn(topic) };
  },
});
