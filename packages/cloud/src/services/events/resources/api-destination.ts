import { unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { ownerOf } from '../owner.js';

interface ApiDestinationProperties extends Properties {
  readonly Name?: string;
}

async function stateOf(name: string, { call }: ResourceContext): Promise<ResourceState> {
  const { ApiDestinationArn = '' } = await call('events', 'DescribeApiDestination', { Name: name });
  return { attributes: { Arn: ApiDestinationArn, ArnForPolicy: ApiDestinationArn.replace(/\/[^/]*$/, '') } };
}

/** AWS::Events::ApiDestination. Its physical id is its name. */
export const apiDestinationResource: ResourceType<ApiDestinationProperties> = {
  type: 'AWS::Events::ApiDestination',
  nameProperty: 'Name',
  maxNameLength: 64,
  create: async (name, properties, context) => {
    await context.call('events', 'CreateApiDestination', { ...properties, Name: name }, ownerOf(context));
    return stateOf(name, context);
  },
  update: async (name, properties, _previous, context) => {
    const defaults = { Description: '', InvocationRateLimitPerSecond: 300 };
    await context.call('events', 'UpdateApiDestination', { ...defaults, ...properties, Name: name });
    return stateOf(name, context);
  },
  delete: (name, _properties, context) => unlessGone(context.call('events', 'DeleteApiDestination', { Name: name })),
};
