import { randomId } from '../../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceType } from '../../../../core/resource-type.js';
import { neededText, text, textMap } from '../../../../kit/properties.js';
import { unlessGone } from '../../property.js';

/** `AWS::ApiGateway::GatewayResponse` */
export const gatewayResponse: ResourceType = {
  type: 'AWS::ApiGateway::GatewayResponse',
  newId: () => randomId.lower(10),
  create: (id, properties, context) => put(id, properties, context),
  update: (id, properties, _previous, context) => put(id, properties, context),
  delete: (_id, properties, context) =>
    unlessGone(context.call('apigateway', 'DeleteGatewayResponse', place(properties))),
};

function place(properties: Properties) {
  return { restApiId: neededText(properties, 'RestApiId'), responseType: neededText(properties, 'ResponseType') };
}

async function put(id: string, properties: Properties, context: ResourceContext) {
  await context.call('apigateway', 'PutGatewayResponse', {
    ...place(properties),
    statusCode: text(properties, 'StatusCode'),
    responseParameters: textMap(properties, 'ResponseParameters'),
    responseTemplates: textMap(properties, 'ResponseTemplates'),
  });
  return { attributes: { Id: id } };
}
