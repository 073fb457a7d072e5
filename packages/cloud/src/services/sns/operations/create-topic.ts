import { requestTags, type Tags } from '../../../core/access.js';
import type { Scope } from '../../../core/operation.js';
import { changedTopicAttributes } from '../attributes.js';
import { neededText, readInput, reviewPolicy, snsOperation, topicAccess } from '../service-state.js';
import { invalidParameter } from '../sns-error.js';
import { checkTags, readTags } from '../tags.js';
import { checkTopicName, topicArn } from '../topic-name.js';

const sameEntries = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean =>
  Object.keys({ ...a, ...b }).every((name) => a[name] === b[name]);

interface NewTopic {
  readonly name: string;
  readonly tags: Tags;
}

const newArn = ({ name }: NewTopic, { account, region }: Scope) => topicArn({ account, region, name });
const hasTags = ({ tags }: NewTopic) => Object.keys(tags).length > 0;
const tagKeys = requestTags(({ tags }: NewTopic) => tags);

/** Gives the topic that is there where it is the same. */
export const createTopic = snsOperation({
  name: 'CreateTopic',
  parse: (raw) => {
    const input = readInput(raw);
    const name = neededText(input, 'Name');
    const { FifoTopic = 'false', ...attributes } = input.textMap('Attributes') ?? {};
    if (FifoTopic !== 'false') throw invalidParameter('FifoTopic: the local cloud does not support FIFO topics');
    checkTopicName(name);
    if (input.has('DataProtectionPolicy')) {
      throw invalidParameter('DataProtectionPolicy: the local cloud does not support it');
    }
    return { name, attributes: changedTopicAttributes({}, attributes), tags: readTags(input) };
  },
  access: (row) => [
    topicAccess(row, 'CreateTopic', newArn, tagKeys),
    topicAccess(row, 'TagResource', (input, call) => (hasTags(input) ? newArn(input, call) : undefined), tagKeys),
  ],
  handle: async ({ name, attributes, tags }, call, { context, topics }) => {
    checkTags(tags, call);
    const topic = { account: call.account, region: call.region, name };
    const existing = topics.find(topic);
    if (existing === undefined) {
      await topics.put({ ...topic, attributes, tags });
      reviewPolicy(context, topic, attributes);
    } else if (!sameEntries(existing.attributes, { ...existing.attributes, ...attributes })) {
      throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
    } else if (!sameEntries(existing.tags, tags)) {
      throw invalidParameter('Tags Reason: Topic already exists with different tags');
    }
    return { TopicArn: topicArn(topic) };
  },
});
