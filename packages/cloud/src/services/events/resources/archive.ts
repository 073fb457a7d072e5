import { unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { archiveArn } from '../archives/archive-name.js';
import { ownerOf } from '../owner.js';

interface ArchiveProperties extends Properties {
  readonly SourceArn: string;
  readonly EventPattern?: unknown;
}

function settingsOf(
  name: string,
  { EventPattern, ArchiveName: _, SourceArn: _source, ...settings }: ArchiveProperties,
) {
  const pattern = typeof EventPattern === 'object' ? JSON.stringify(EventPattern) : EventPattern;
  return { ...settings, ArchiveName: name, EventPattern: pattern };
}

function stateOf(name: string, { account, region }: ResourceContext): ResourceState {
  return { attributes: { Arn: archiveArn({ account, region, name }), ArchiveName: name } };
}

/** AWS::Events::Archive. Its physical id is its name. */
export const archiveResource: ResourceType<ArchiveProperties> = {
  type: 'AWS::Events::Archive',
  nameProperty: 'ArchiveName',
  maxNameLength: 48,
  create: async (name, properties, context) => {
    const input = { ...settingsOf(name, properties), EventSourceArn: properties.SourceArn };
    await context.call('events', 'CreateArchive', input, ownerOf(context));
    return stateOf(name, context);
  },
  update: async (name, properties, _previous, context) => {
    const defaults = { Description: '', RetentionDays: 0 };
    await context.call('events', 'UpdateArchive', { ...defaults, ...settingsOf(name, properties) });
    return stateOf(name, context);
  },
  delete: (name, _properties, context) => unlessGone(context.call('events', 'DeleteArchive', { ArchiveName: name })),
};
