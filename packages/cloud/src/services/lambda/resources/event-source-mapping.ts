import { failedWith, unlessGone } from '../../../core/aws-failure.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { stackTags, type TagList } from '../../../core/stack-tags.js';
import { sourceKindOf } from '../event-sources/source-kinds.js';

interface MappingProperties extends Properties {
  readonly EventSourceArn?: string;
  readonly Tags?: TagList;
}

async function update(id: string, properties: MappingProperties, context: ResourceContext): Promise<ResourceState> {
  const { EventSourceArn = '', KmsKeyArn: KMSKeyArn, ...settings } = properties;
  // The API takes back to its defaults what a template no longer says.
  const { defaults } = sourceKindOf(EventSourceArn);
  await context.call('lambda', 'UpdateEventSourceMapping', { ...defaults, ...settings, KMSKeyArn, UUID: id });
  return stateOf(id, context);
}

function stateOf(id: string, { account, region }: ResourceContext): ResourceState {
  return {
    attributes: { Id: id, EventSourceMappingArn: `arn:aws:lambda:${region}:${account}:event-source-mapping:${id}` },
  };
}

/** AWS::Lambda::EventSourceMapping. Its physical id is the UUID of the mapping. */
export const eventSourceMapping: ResourceType<MappingProperties> = {
  type: 'AWS::Lambda::EventSourceMapping',
  refuses: [{ path: 'TumblingWindowInSeconds', why: 'windows are not aggregated here; leave it out by a condition' }],
  newId: () => randomId.uuid(),
  create: async (id, properties, context) => {
    try {
      await context.call('lambda', 'GetEventSourceMapping', { UUID: id });
    } catch (error) {
      if (!failedWith(error, 'ResourceNotFoundException')) throw error;
      const Tags = stackTags(properties.Tags, context);
      const { KmsKeyArn: KMSKeyArn, ...members } = properties;
      await context.call('lambda', 'CreateEventSourceMapping', { ...members, KMSKeyArn, Tags }, id);
      return stateOf(id, context);
    }
    // A create that was cut off.
    return update(id, properties, context);
  },
  update: (id, properties, _previous, context) => update(id, properties, context),
  delete: (id, _properties, context) => unlessGone(context.call('lambda', 'DeleteEventSourceMapping', { UUID: id })),
};
