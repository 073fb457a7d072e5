import { changedTopicAttributes } from '../attributes.js';
import { neededText, readInput, snsOperation, topicAccess } from '../service-state.js';
import { invalidParameter } from '../sns-error.js';
import { checkTags, readTags } from '../tags.js';
import { checkTopicName, topicArn } from '../topic-name.js';

const sameEntries = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean =>
  Object.keys({ ...a, ...b }).every((name) => a[name] === b[name]);

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
  access: ({ name, tags }, call, state) => {
    const arn = topicArn({ ...call, name });
    return [
      ...topicAccess('CreateTopic', arn, state),
      ...(Object.keys(tags).length > 0 ? topicAccess('TagResource', arn, state) : []),
    ];
  },
  handle: async ({ name, attributes, tags }, call, { topics }) => {
    checkTags(tags, call);
    const topic = { account: call.account, region: call.region, name };
    const existing = topics.find(topic);
    if (existing === undefined) await topics.put({ ...topic, attributes, tags });
    else if (!sameEntries(existing.attributes, { ...existing.attributes, ...attributes })) {
      throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
    } else if (!sameEntries(existing.tags, tags)) {
      throw invalidParameter('Tags Reason: Topic already exists with different tags');
    }
    return { TopicArn: topicArn(topic) };
  },
});
