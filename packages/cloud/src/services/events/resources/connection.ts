import { unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { ownerOf } from '../owner.js';

interface ConnectionProperties extends Properties {
  readonly Name?: string;
}

async function stateOf(name: string, { call }: ResourceContext): Promise<ResourceState> {
  const { ConnectionArn = '', SecretArn } = await call('events', 'DescribeConnection', { Name: name });
  return { attributes: { Arn: ConnectionArn, ArnForPolicy: ConnectionArn.replace(/\/[^/]*$/, ''), SecretArn } };
}

/** AWS::Events::Connection. Its physical id is its name. */
export const connectionResource: ResourceType<ConnectionProperties> = {
  type: 'AWS::Events::Connection',
  nameProperty: 'Name',
  maxNameLength: 64,
  create: async (name, properties, context) => {
    await context.call('events', 'CreateConnection', { ...properties, Name: name }, ownerOf(context));
    return stateOf(name, context);
  },
  update: async (name, properties, _previous, context) => {
    await context.call('events', 'UpdateConnection', { Description: '', ...properties, Name: name });
    return stateOf(name, context);
  },
  delete: (name, _properties, context) => unlessGone(context.call('events', 'DeleteConnection', { Name: name })),
};
