import { requestTags } from '../../../core/access.js';
import { parseJson } from '../../../core/json.js';
import { passRole } from '../../../iam/index.js';
import { fromTagList, withTags } from '../../../kit/tags.js';
import { ruleAccess, taggedAccess } from '../access.js';
import { DEFAULT_BUS } from '../buses/bus-name.js';
import { EVENTS } from '../deliveries/target-call.js';
import { invalid, invalidPattern, unsupported } from '../events-error.js';
import { busOf, ruleArn, ruleOn } from '../rules/rule-name.js';
import { BUS, DESCRIPTION, eventsOperation, NAME, TAGS } from '../service-state.js';
import { EVENT_TAGS } from './tagging.js';

const LONGEST_PATTERN = 4096;
const STATES = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'];

/** The literal values that a rule's pattern has for one member of its events. */
function patternTexts(pattern: string | undefined, ...path: readonly string[]): readonly string[] {
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
  limits: {
    Name: NAME,
    ScheduleExpression: { max: 256 },
    State: { values: STATES },
    Description: DESCRIPTION,
    RoleArn: { min: 1, max: 1600 },
    Tags: TAGS,
    EventBusName: BUS,
  },
  parse: (input, scope) => {
    const state = input.State ?? 'ENABLED';
    if (state === STATES[2]) throw unsupported(`the state ${state}: there is no CloudTrail`);
    return {
      rule: ruleOn(input.EventBusName, input.Name, scope),
      description: input.Description,
      pattern: input.EventPattern || undefined,
      schedule: input.ScheduleExpression || undefined,
      roleArn: input.RoleArn,
      enabled: state === 'ENABLED',
      tags: fromTagList(input.Tags),
    };
  },
  access: (row) => [
    ruleAccess(row, 'PutRule', {
      ...requestTags(({ tags }) => tags),
      'events:source': ({ input }) => patternTexts(input.pattern, 'source'),
      'events:detail-type': ({ input }) => patternTexts(input.pattern, 'detail-type'),
      'events:detail.service': ({ input }) => patternTexts(input.pattern, 'detail', 'service'),
      'events:detail.eventTypeCode': ({ input }) => patternTexts(input.pattern, 'detail', 'eventTypeCode'),
      'events:detail.userIdentity.principalId': ({ input }) =>
        patternTexts(input.pattern, 'detail', 'userIdentity', 'principalId'),
    }),
    taggedAccess(
      row,
      'TagResource',
      ({ rule, tags }) => (Object.keys(tags).length > 0 ? ruleArn(rule) : undefined),
      requestTags(({ tags }) => tags),
    ),
    passRole(row, {
      service: EVENTS,
      roleOf: ({ roleArn }) => roleArn,
      store: ({ context }) => context.store,
      associated: ({ rule }) => ruleArn(rule),
    }),
  ],
  handle: async ({ rule, tags, ...settings }, call, { context, bridge: { buses, rules } }) => {
    const { pattern, schedule, enabled } = settings;
    buses.get(busOf(rule));
    if (pattern === undefined && schedule === undefined) {
      throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
    }
    if (schedule !== undefined && rule.bus !== DEFAULT_BUS) {
      throw invalid('ScheduleExpression is supported only on the default event bus.');
    }
    if (pattern !== undefined && Buffer.byteLength(pattern) > LONGEST_PATTERN) {
      throw invalidPattern(`it is longer than ${LONGEST_PATTERN} bytes`);
    }
    const all = withTags({}, tags, EVENT_TAGS, call);
    const before = rules.find(rule);
    const goesOn = before?.schedule === schedule && before?.enabled === enabled;
    await rules.put({
      ...rule,
      ...settings,
      targets: before?.targets ?? [],
      // As on AWS, the tags of a rule that is there stay.
      tags: before?.tags ?? all,
      since: before && goesOn ? before.since : context.now(),
    });
    return { RuleArn: ruleArn(rule) };
  },
});
