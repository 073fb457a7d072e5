import { failedWith } from '../../../core/aws-failure.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';

interface ParameterProperties extends Properties {
  readonly Name?: string;
  readonly Type: string;
  readonly Value: string;
  readonly Description?: string;
  readonly AllowedPattern?: string;
  readonly DataType?: string;
  readonly Tier?: string;
  readonly Policies?: string;
  /** A map, unlike the tags of most types. */
  readonly Tags?: Readonly<Record<string, string>>;
}

/** Marks a parameter as a stack's own, so that a create that was cut off finds it again. */
const STACK_TAG = 'aws:cloudformation:stack-id';
const LOGICAL_ID_TAG = 'aws:cloudformation:logical-id';

function tagList(properties: ParameterProperties, { stackTags, stackId, logicalId }: ResourceContext) {
  const tags = { ...stackTags, ...properties.Tags, [STACK_TAG]: stackId, [LOGICAL_ID_TAG]: logicalId };
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function input(id: string, { Tags: _tags, Name: _name, ...rest }: ParameterProperties) {
  return { ...rest, Name: id };
}

function stateOf({ Type, Value }: ParameterProperties): ResourceState {
  return { attributes: { Type, Value } };
}

async function isOwn(id: string, { call, stackId, logicalId }: ResourceContext): Promise<boolean> {
  const { TagList = [] } = await call('ssm', 'ListTagsForResource', {
    ResourceType: 'Parameter',
    ResourceId: id,
  });
  const value = (key: string) => TagList.find(({ Key }) => Key === key)?.Value;
  return value(STACK_TAG) === stackId && value(LOGICAL_ID_TAG) === logicalId;
}

/** AWS::SSM::Parameter */
export const parameterResource: ResourceType<ParameterProperties> = {
  type: 'AWS::SSM::Parameter',
  nameProperty: 'Name',
  // CloudFormation's own form: a stack's name may start with `aws` or `ssm`, a parameter's may not.
  newId: ({ Name }, { logicalId }) => Name ?? `CFN-${logicalId}-${randomId.upper(12)}`,
  create: async (id, properties, context) => {
    try {
      await context.call('ssm', 'PutParameter', { ...input(id, properties), Tags: tagList(properties, context) }, id);
    } catch (error) {
      if (!failedWith(error, 'ParameterAlreadyExists') || !(await isOwn(id, context))) throw error;
    }
    return stateOf(properties);
  },
  update: async (id, properties, _previous, context) => {
    await context.call('ssm', 'PutParameter', { ...input(id, properties), Overwrite: true });
    const target = { ResourceType: 'Parameter', ResourceId: id };
    const { TagList = [] } = await context.call('ssm', 'ListTagsForResource', target);
    const tags = tagList(properties, context);
    const gone = TagList.map(({ Key }) => Key).filter((key) => !tags.some(({ Key }) => Key === key));
    if (gone.length > 0) await context.call('ssm', 'RemoveTagsFromResource', { ...target, TagKeys: gone });
    await context.call('ssm', 'AddTagsToResource', { ...target, Tags: tags }, id);
    return stateOf(properties);
  },
  delete: async (id, _properties, context) => {
    try {
      await context.call('ssm', 'DeleteParameter', { Name: id });
    } catch (error) {
      if (!failedWith(error, 'ParameterNotFound')) throw error;
    }
  },
};
