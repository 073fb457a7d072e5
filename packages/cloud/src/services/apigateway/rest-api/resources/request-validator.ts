import { randomId } from '../../../../core/random-id.js';
import type { ResourceType } from '../../../../core/resource-type.js';
import { flag, neededText, text } from '../../../../kit/properties.js';
import { patchOf, unlessGone } from '../../property.js';

/** `AWS::ApiGateway::RequestValidator` */
export const requestValidator: ResourceType = {
  type: 'AWS::ApiGateway::RequestValidator',
  newId: () => randomId.lower(6),
  create: async (id, properties, context) => {
    const input = {
      restApiId: neededText(properties, 'RestApiId'),
      name: text(properties, 'Name'),
      validateRequestBody: flag(properties, 'ValidateRequestBody') ?? false,
      validateRequestParameters: flag(properties, 'ValidateRequestParameters') ?? false,
    };
    await context.call('apigateway', 'CreateRequestValidator', input, id);
    return { attributes: { RequestValidatorId: id } };
  },
  update: async (id, properties, previous, context) => {
    const changed = (path: string, name: string) =>
      patchOf(path, String(flag(properties, name) ?? false), String(flag(previous, name) ?? false));
    const patchOperations = [
      ...changed('/validateRequestBody', 'ValidateRequestBody'),
      ...changed('/validateRequestParameters', 'ValidateRequestParameters'),
    ];
    const restApiId = neededText(properties, 'RestApiId');
    if (patchOperations.length > 0)
      await context.call('apigateway', 'UpdateRequestValidator', {
        restApiId,
        requestValidatorId: id,
        patchOperations,
      });
    return { attributes: { RequestValidatorId: id } };
  },
  delete: (id, properties, context) =>
    unlessGone(
      context.call('apigateway', 'DeleteRequestValidator', {
        restApiId: neededText(properties, 'RestApiId'),
        requestValidatorId: id,
      }),
    ),
};
