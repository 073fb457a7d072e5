import { AwsError } from '../../../core/aws-error.js';
import { failedWith, unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { isOwn, stackTags, type TagList } from '../../../core/stack-tags.js';
import { toTagList } from '../../../kit/tags.js';
import { DEFAULT_BUS, parseBusName } from '../buses/bus-name.js';
import { type RuleName, ruleArn } from '../rules/rule-name.js';
import { tagsOf, updateTags } from './resource-tags.js';

interface RuleProperties extends Properties {
  readonly EventBusName?: string;
  readonly EventPattern?: unknown;
  readonly Targets?: readonly { readonly Id: string }[];
  readonly Tags?: TagList;
}

function ruleOf(name: string, { EventBusName }: RuleProperties, context: ResourceContext): RuleName {
  const { account, region, name: bus } = parseBusName(EventBusName, context);
  return { account, region, bus, name };
}

async function put(name: string, properties: RuleProperties, context: ResourceContext): Promise<void> {
  const { Targets = [], Tags, EventPattern, Name: _name, ...settings } = properties;
  const { EventBusName } = properties;
  const pattern = typeof EventPattern === 'object' ? JSON.stringify(EventPattern) : EventPattern;
  const tags = stackTags(Tags, context);
  const rule = { ...settings, Name: name, EventPattern: pattern, Tags: toTagList(tags) };
  await context.call('events', 'PutRule', rule, name);
  await updateTags(ruleArn(ruleOf(name, properties, context)), tags, context);
  const there = await targetIds(name, properties, context);
  const gone = there.filter((id) => Targets.every(({ Id }) => Id !== id));
  if (gone.length > 0) await context.call('events', 'RemoveTargets', { Rule: name, EventBusName, Ids: gone });
  if (Targets.length > 0) await context.call('events', 'PutTargets', { Rule: name, EventBusName, Targets });
}

async function targetIds(
  name: string,
  { EventBusName }: RuleProperties,
  { call }: ResourceContext,
): Promise<readonly string[]> {
  const { Targets = [] } = await call('events', 'ListTargetsByRule', { Rule: name, EventBusName });
  return Targets.flatMap(({ Id }) => Id ?? []);
}

function stateOf(name: string, properties: RuleProperties, context: ResourceContext): ResourceState {
  const rule = ruleOf(name, properties, context);
  return {
    attributes: { Arn: ruleArn(rule), RuleName: name },
    // Of a bus that is not the default one, both names.
    ref: rule.bus === DEFAULT_BUS ? name : `${rule.bus}|${name}`,
  };
}

/** AWS::Events::Rule. Its physical id is the name of the rule. */
export const ruleResource: ResourceType<RuleProperties> = {
  type: 'AWS::Events::Rule',
  refuses: [
    {
      path: 'State',
      when: (state) => state === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      values: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      why: 'there is no CloudTrail here; use ENABLED',
    },
  ],
  nameProperty: 'Name',
  maxNameLength: 64,
  create: async (name, properties, context) => {
    const { EventBusName } = properties;
    try {
      await context.call('events', 'DescribeRule', { Name: name, EventBusName });
      // A create that was cut off is taken up; anybody else's rule is not.
      const found = await tagsOf(ruleArn(ruleOf(name, properties, context)), context);
      if (!isOwn(found, stackTags(properties.Tags, context))) {
        throw new AwsError('ResourceAlreadyExistsException', `Rule ${name} already exists.`);
      }
    } catch (error) {
      if (!failedWith(error, 'ResourceNotFoundException')) throw error;
    }
    await put(name, properties, context);
    return stateOf(name, properties, context);
  },
  update: async (name, properties, _previous, context) => {
    await put(name, properties, context);
    return stateOf(name, properties, context);
  },
  delete: async (name, properties, context) => {
    const { EventBusName } = properties;
    await unlessGone(
      targetIds(name, properties, context).then(async (Ids) => {
        if (Ids.length > 0) await context.call('events', 'RemoveTargets', { Rule: name, EventBusName, Ids });
        await context.call('events', 'DeleteRule', { Name: name, EventBusName });
      }),
    );
  },
};
