import { randomId } from '../../../../core/random-id.js';
import type { ResourceType } from '../../../../core/resource-type.js';
import { neededText } from '../../../../kit/properties.js';
import { unlessGone } from '../../property.js';

/** `AWS::ApiGateway::Resource`: one part of a path. */
export const resource: ResourceType = {
  type: 'AWS::ApiGateway::Resource',
  newId: () => randomId.lower(6),
  create: async (id, properties, context) => {
    const input = {
      restApiId: neededText(properties, 'RestApiId'),
      parentId: neededText(properties, 'ParentId'),
      pathPart: neededText(properties, 'PathPart'),
    };
    await context.call('apigateway', 'CreateResource', input, id);
    return { attributes: { ResourceId: id } };
  },
  update: async (id) => ({ attributes: { ResourceId: id } }),
  delete: (id, properties, context) =>
    unlessGone(
      context.call('apigateway', 'DeleteResource', { restApiId: neededText(properties, 'RestApiId'), resourceId: id }),
    ),
};
