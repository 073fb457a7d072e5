import type { Properties, ResourceType } from '../../../../core/resource-type.js';
import { neededText, text } from '../../../../kit/properties.js';
import { patchOf, unlessGone } from '../../property.js';

/** `AWS::ApiGateway::Model` */
export const model: ResourceType = {
  type: 'AWS::ApiGateway::Model',
  nameProperty: 'Name',
  newId: (properties, { logicalId }) => text(properties, 'Name') ?? logicalId.replace(/[^A-Za-z0-9]/g, ''),
  create: async (name, properties, context) => {
    const restApiId = neededText(properties, 'RestApiId');
    // A creation that was cut off is repeated.
    await unlessGone(context.call('apigateway', 'DeleteModel', { restApiId, modelName: name }));
    await context.call('apigateway', 'CreateModel', {
      restApiId,
      name,
      description: text(properties, 'Description'),
      contentType: text(properties, 'ContentType') ?? 'application/json',
      schema: schemaOf(properties),
    });
    return {};
  },
  update: async (name, properties, previous, context) => {
    const patchOperations = [
      ...patchOf('/schema', schemaOf(properties), schemaOf(previous)),
      ...patchOf('/description', text(properties, 'Description') ?? '', text(previous, 'Description') ?? ''),
    ];
    const restApiId = neededText(properties, 'RestApiId');
    if (patchOperations.length > 0)
      await context.call('apigateway', 'UpdateModel', { restApiId, modelName: name, patchOperations });
    return {};
  },
  delete: (name, properties, context) =>
    unlessGone(
      context.call('apigateway', 'DeleteModel', { restApiId: neededText(properties, 'RestApiId'), modelName: name }),
    ),
};

/** A schema comes as an object or as JSON text. */
function schemaOf({ Schema }: Properties): string {
  return typeof Schema === 'string' ? Schema : JSON.stringify(Schema ?? {});
}
