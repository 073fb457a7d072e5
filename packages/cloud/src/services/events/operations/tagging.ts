import { requestTags, tagKeys } from '../../../core/access.js';
import { InputReader } from '../../../core/input-reader.js';
import { parseBusArn } from '../bus-name.js';
import type { EventBridge } from '../event-bridge.js';
import { invalid } from '../events-error.js';
import { parseRuleArn } from '../rule-name.js';
import { eventsOperation, taggedAccess } from '../service-state.js';
import { checkTags, readTags, type Tags, tagList } from '../tags.js';

interface Tagged {
  readonly tags: Tags;
  readonly put: (tags: Tags) => Promise<void>;
}

/** The rule or bus of an ARN. @throws AwsError ResourceNotFoundException, ValidationException */
function taggedAt(arn: string, { buses, rules }: EventBridge): Tagged {
  const ruleName = parseRuleArn(arn);
  if (ruleName) {
    const rule = rules.get(ruleName);
    return { tags: rule.tags, put: (tags) => rules.put({ ...rule, tags }) };
  }
  const busName = parseBusArn(arn);
  if (busName === undefined) throw invalid(`Parameter ResourceARN is neither a rule's nor an event bus's: ${arn}`);
  const bus = buses.get(busName);
  return { tags: bus.tags, put: (tags) => buses.put({ ...bus, tags }) };
}

function readArn(input: InputReader): string {
  const arn = input.requiredText('ResourceARN');
  input.check();
  return arn;
}

export const tagResource = eventsOperation({
  name: 'TagResource',
  parse: (raw) => {
    const input = new InputReader(raw);
    return { arn: readArn(input), tags: readTags(input) };
  },
  access: (row) => [
    taggedAccess(
      row,
      'TagResource',
      ({ arn }) => arn,
      requestTags(({ tags }) => tags),
    ),
  ],
  handle: async ({ arn, tags }, call, { bridge }) => {
    const tagged = taggedAt(arn, bridge);
    checkTags(tags, call);
    await tagged.put({ ...tagged.tags, ...tags });
  },
});

export const untagResource = eventsOperation({
  name: 'UntagResource',
  parse: (raw) => {
    const input = new InputReader(raw);
    return { arn: readArn(input), keys: input.texts('TagKeys') ?? [] };
  },
  access: (row) => [
    taggedAccess(
      row,
      'UntagResource',
      ({ arn }) => arn,
      tagKeys(({ keys }) => keys),
    ),
  ],
  handle: async ({ arn, keys }, _call, { bridge }) => {
    const { tags, put } = taggedAt(arn, bridge);
    await put(Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key))));
  },
});

export const listTagsForResource = eventsOperation({
  name: 'ListTagsForResource',
  parse: (raw) => ({ arn: readArn(new InputReader(raw)) }),
  access: (row) => [taggedAccess(row, 'ListTagsForResource', ({ arn }) => arn)],
  handle: ({ arn }, _call, { bridge }) => ({ Tags: tagList(taggedAt(arn, bridge).tags) }),
});
