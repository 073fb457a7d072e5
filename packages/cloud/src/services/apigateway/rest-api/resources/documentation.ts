import { randomId } from '../../../../core/random-id.js';
import type { Properties, ResourceType } from '../../../../core/resource-type.js';
import { neededText, structure, text } from '../../../../kit/properties.js';
import { patchOf, unlessGone } from '../../property.js';

/** `AWS::ApiGateway::DocumentationPart` */
export const documentationPart: ResourceType = {
  type: 'AWS::ApiGateway::DocumentationPart',
  newId: () => randomId.lower(6),
  create: async (id, properties, context) => {
    const input = {
      restApiId: neededText(properties, 'RestApiId'),
      location: locationOf(properties),
      properties: neededText(properties, 'Properties'),
    };
    await context.call('apigateway', 'CreateDocumentationPart', input, id);
    return { attributes: { DocumentationPartId: id } };
  },
  update: async (id, properties, previous, context) => {
    const patchOperations = patchOf('/properties', neededText(properties, 'Properties'), text(previous, 'Properties'));
    const restApiId = neededText(properties, 'RestApiId');
    if (patchOperations.length > 0)
      await context.call('apigateway', 'UpdateDocumentationPart', {
        restApiId,
        documentationPartId: id,
        patchOperations,
      });
    return { attributes: { DocumentationPartId: id } };
  },
  delete: (id, properties, context) =>
    unlessGone(
      context.call('apigateway', 'DeleteDocumentationPart', {
        restApiId: neededText(properties, 'RestApiId'),
        documentationPartId: id,
      }),
    ),
};

function locationOf(properties: Properties) {
  const location = structure(properties, 'Location') ?? {};
  return {
    type: text(location, 'Type'),
    path: text(location, 'Path'),
    method: text(location, 'Method'),
    statusCode: text(location, 'StatusCode'),
    name: text(location, 'Name'),
  };
}

/** `AWS::ApiGateway::DocumentationVersion` */
export const documentationVersion: ResourceType = {
  type: 'AWS::ApiGateway::DocumentationVersion',
  nameProperty: 'DocumentationVersion',
  create: async (version, properties, context) => {
    const at = { restApiId: neededText(properties, 'RestApiId'), documentationVersion: version };
    // A creation that was cut off is repeated.
    await unlessGone(context.call('apigateway', 'DeleteDocumentationVersion', at));
    await context.call('apigateway', 'CreateDocumentationVersion', {
      ...at,
      description: text(properties, 'Description'),
    });
    return {};
  },
  update: async (version, properties, previous, context) => {
    const patchOperations = patchOf(
      '/description',
      text(properties, 'Description') ?? '',
      text(previous, 'Description') ?? '',
    );
    const restApiId = neededText(properties, 'RestApiId');
    if (patchOperations.length > 0)
      await context.call('apigateway', 'UpdateDocumentationVersion', {
        restApiId,
        documentationVersion: version,
        patchOperations,
      });
    return {};
  },
  delete: (version, properties, context) =>
    unlessGone(
      context.call('apigateway', 'DeleteDocumentationVersion', {
        restApiId: neededText(properties, 'RestApiId'),
        documentationVersion: version,
      }),
    ),
};
