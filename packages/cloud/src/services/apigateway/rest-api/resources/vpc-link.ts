import { randomId } from '../../../../core/random-id.js';
import type { ResourceType } from '../../../../core/resource-type.js';
import { neededText, text, texts } from '../../../../kit/properties.js';
import { newTags, patchOf, retag, tags, unlessGone } from '../../property.js';

/** `AWS::ApiGateway::VpcLink`: kept and told, with no network behind it. */
export const vpcLink: ResourceType = {
  type: 'AWS::ApiGateway::VpcLink',
  newId: () => randomId.lower(6),
  create: async (id, properties, context) => {
    const input = {
      name: neededText(properties, 'Name'),
      description: text(properties, 'Description'),
      targetArns: texts(properties, 'TargetArns'),
      tags: newTags(properties, context),
    };
    await context.call('apigateway', 'CreateVpcLink', input, id);
    return { attributes: { VpcLinkId: id } };
  },
  update: async (id, properties, previous, context) => {
    const patchOperations = [
      ...patchOf('/name', neededText(properties, 'Name'), text(previous, 'Name')),
      ...patchOf('/description', text(properties, 'Description') ?? '', text(previous, 'Description') ?? ''),
    ];
    if (patchOperations.length > 0)
      await context.call('apigateway', 'UpdateVpcLink', { vpcLinkId: id, patchOperations });
    await retag(`vpclinks/${id}`, tags(properties, context.stackTags), tags(previous, {}), context);
    return { attributes: { VpcLinkId: id } };
  },
  delete: (id, _properties, context) => unlessGone(context.call('apigateway', 'DeleteVpcLink', { vpcLinkId: id })),
};
