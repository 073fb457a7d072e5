import type { Tags } from '../../../core/access.js';
import { tagOperations } from '../../../kit/tag-operations.js';
import type { TagRules } from '../../../kit/tags.js';
import { taggedAccess } from '../access.js';
import { type BusName, busArn, parseBusArn } from '../buses/bus-name.js';
import type { EventBridge } from '../event-bridge.js';
import { invalid } from '../events-error.js';
import { parseRuleArn, type RuleName, ruleArn } from '../rules/rule-name.js';
import { eventsOperation } from '../service-state.js';

export const EVENT_TAGS: TagRules = {
  reserved: () => invalid('System tags cannot be added/updated by requester'),
  tooMany: (most) => invalid(`A resource can have ${most} tags.`),
};

type Target = { readonly kind: 'rule'; readonly rule: RuleName } | { readonly kind: 'bus'; readonly bus: BusName };

function parseTarget(arn: string): Target {
  const rule = parseRuleArn(arn);
  if (rule) return { kind: 'rule', rule };
  const bus = parseBusArn(arn);
  if (bus) return { kind: 'bus', bus };
  throw invalid(`Parameter ResourceARN is neither a rule's nor an event bus's: ${arn}`);
}

const arnOf = (target: Target): string => (target.kind === 'rule' ? ruleArn(target.rule) : busArn(target.bus));

/** @throws AwsError ResourceNotFoundException */
function recordOf(target: Target, { buses, rules }: EventBridge): { readonly tags: Tags } {
  return target.kind === 'rule' ? rules.get(target.rule) : buses.get(target.bus);
}

export const eventTagging = tagOperations(eventsOperation, {
  tag: 'TagResource',
  untag: 'UntagResource',
  list: 'ListTagsForResource',
  members: { resource: 'ResourceARN', tags: 'Tags', keys: 'TagKeys' },
  form: 'list',
  rules: EVENT_TAGS,
  parse: parseTarget,
  access: (row, action, keys) => taggedAccess(row, action, ({ target }) => arnOf(target), keys),
  tagsOf: (target, _call, { bridge }) => recordOf(target, bridge).tags,
  change: (target, change, _call, { bridge }) => {
    const tags = change(recordOf(target, bridge).tags);
    return target.kind === 'rule'
      ? bridge.rules.put({ ...bridge.rules.get(target.rule), tags })
      : bridge.buses.put({ ...bridge.buses.get(target.bus), tags });
  },
});
