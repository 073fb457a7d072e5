import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';

interface LayerProperties extends Properties {
  readonly LayerName?: string;
}

const nameOf = (id: string, { LayerName }: LayerProperties): string => LayerName ?? id;

async function publish(id: string, properties: LayerProperties, context: ResourceContext): Promise<ResourceState> {
  const input = { ...properties, LayerName: nameOf(id, properties) };
  const { LayerVersionArn } = await context.call('lambda', 'PublishLayerVersion', input, id);
  return { ref: LayerVersionArn, attributes: { LayerVersionArn } };
}

/** AWS::Lambda::LayerVersion. Its number is not known before it is made, so the physical id is kept with it. */
export const layerVersion: ResourceType<LayerProperties> = {
  type: 'AWS::Lambda::LayerVersion',
  maxNameLength: 64,
  create: publish,
  // Every property of a layer version is replaced with it.
  update: (id, properties, _previous, context) => publish(id, properties, context),
  delete: (id, properties, { call }) =>
    // The physical id says which version it is, whatever the number.
    call('lambda', 'DeleteLayerVersion', { LayerName: nameOf(id, properties), VersionNumber: 1 }, id),
};
