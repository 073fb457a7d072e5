import { requestTags } from '../../../core/access.js';
import { InputReader } from '../../../core/input-reader.js';
import { parseJson } from '../../../core/json.js';
import { DEFAULT_BUS } from '../bus-name.js';
import { invalid, invalidPattern, unsupported } from '../events-error.js';
import { busOf, ruleArn } from '../rule-name.js';
import type { RuleRecord } from '../rule-store.js';
import { eventsOperation, readRuleName, ruleAccess, ruleOf, taggedAccess } from '../service-state.js';
import { checkTags, readTags } from '../tags.js';

const LONGEST_PATTERN = 4096;
const STATES = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'];

/** The literal values that a rule's pattern has for one member of its events. */
function patternTexts(
  { pattern }: { readonly pattern: string | undefined },
  ...path: readonly string[]
): readonly string[] {
  let value: unknown;
  try {
    value = parseJson(pattern ?? '{}');
  } catch {
    return [];
  }
  for (const member of path) {
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, member)
        ? Reflect.get(value, member)
        : undefined;
  }
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

export const putRule = eventsOperation({
  name: 'PutRule',
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = {
      ...readRuleName(input),
      description: input.text('Description', { max: 512 }),
      pattern: input.text('EventPattern') || undefined,
      schedule: input.text('ScheduleExpression', { max: 256 }) || undefined,
      state: input.text('State', { oneOf: STATES }) ?? 'ENABLED',
      tags: readTags(input),
    };
    input.check();
    if (input.has('RoleArn')) throw unsupported('RoleArn of a rule: targets are called as events.amazonaws.com');
    if (parsed.state === STATES[2]) throw unsupported(`the state ${parsed.state}: there is no CloudTrail`);
    return parsed;
  },
  access: (row) => [
    ruleAccess(row, 'PutRule', {
      ...requestTags(({ tags }) => tags),
      'events:source': ({ input }) => patternTexts(input, 'source'),
      'events:detail-type': ({ input }) => patternTexts(input, 'detail-type'),
      'events:detail.service': ({ input }) => patternTexts(input, 'detail', 'service'),
      'events:detail.eventTypeCode': ({ input }) => patternTexts(input, 'detail', 'eventTypeCode'),
      'events:detail.userIdentity.principalId': ({ input }) =>
        patternTexts(input, 'detail', 'userIdentity', 'principalId'),
    }),
    taggedAccess(
      row,
      'TagResource',
      (input, call) => (Object.keys(input.tags).length > 0 ? ruleArn(ruleOf(input, call)) : undefined),
      requestTags(({ tags }) => tags),
    ),
  ],
  handle: async (input, call, { context, bridge: { buses, rules } }) => {
    const { description, pattern, schedule, state, tags } = input;
    const name = ruleOf(input, call);
    buses.get(busOf(name));
    if (pattern === undefined && schedule === undefined) {
      throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
    }
    if (schedule !== undefined && name.bus !== DEFAULT_BUS) {
      throw invalid('ScheduleExpression is supported only on the default event bus.');
    }
    if (pattern !== undefined && Buffer.byteLength(pattern) > LONGEST_PATTERN) {
      throw invalidPattern(`it is longer than ${LONGEST_PATTERN} bytes`);
    }
    checkTags(tags, call);
    const before = rules.find(name);
    const enabled = state === 'ENABLED';
    const goesOn = before?.schedule === schedule && before?.enabled === enabled;
    const record: RuleRecord = {
      ...name,
      ...(description !== undefined && { description }),
      ...(pattern !== undefined && { pattern }),
      ...(schedule !== undefined && { schedule }),
      enabled,
      targets: before?.targets ?? [],
      // As on AWS, the tags of a rule that is there stay.
      tags: before?.tags ?? tags,
      since: before && goesOn ? before.since : context.now(),
    };
    await rules.put(record);
    return { RuleArn: ruleArn(name) };
  },
});
