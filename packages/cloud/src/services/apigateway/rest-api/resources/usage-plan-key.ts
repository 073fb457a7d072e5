import { failedWith } from '../../../../core/aws-failure.js';
import type { Properties, ResourceType } from '../../../../core/resource-type.js';
import { neededText } from '../../../../kit/properties.js';
import { unlessGone } from '../../property.js';

/** `AWS::ApiGateway::UsagePlanKey` */
export const usagePlanKey: ResourceType = {
  type: 'AWS::ApiGateway::UsagePlanKey',
  newId: (properties) => idOf(properties),
  create: async (id, properties, context) => {
    const { usagePlanId, keyId } = place(properties);
    try {
      await context.call('apigateway', 'CreateUsagePlanKey', {
        usagePlanId,
        keyId,
        keyType: neededText(properties, 'KeyType'),
      });
    } catch (error) {
      if (!failedWith(error, 'ConflictException')) throw error;
    }
    return { attributes: { Id: id } };
  },
  update: async (id) => ({ attributes: { Id: id } }),
  delete: (_id, properties, context) => unlessGone(context.call('apigateway', 'DeleteUsagePlanKey', place(properties))),
};

function place(properties: Properties) {
  return { usagePlanId: neededText(properties, 'UsagePlanId'), keyId: neededText(properties, 'KeyId') };
}

function idOf(properties: Properties): string {
  const { usagePlanId, keyId } = place(properties);
  return `${keyId}:${usagePlanId}`;
}
