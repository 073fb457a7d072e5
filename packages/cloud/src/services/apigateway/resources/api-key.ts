import { randomId } from '../../../core/random-id.js';
import type { ResourceType } from '../../../core/resource-type.js';
import { unsupported } from '../refusal.js';
import { flag, patchOf, structures, tags, text, unlessGone } from './property.js';

/** `AWS::ApiGateway::ApiKey` */
export const apiKey: ResourceType = {
  type: 'AWS::ApiGateway::ApiKey',
  newId: () => randomId.lower(10),
  create: async (id, properties, context) => {
    if (structures(properties, 'StageKeys').length > 0)
      throw unsupported('the property StageKeys of AWS::ApiGateway::ApiKey (use a usage plan)');
    const input = {
      name: text(properties, 'Name') ?? `${context.stackName}-${context.logicalId}`,
      description: text(properties, 'Description'),
      value: text(properties, 'Value'),
      enabled: flag(properties, 'Enabled') ?? false,
      tags: tags(properties, context.stackTags),
    };
    await context.call('apigateway', 'CreateApiKey', input, id);
    return { attributes: { APIKeyId: id } };
  },
  update: async (id, properties, previous, context) => {
    const patchOperations = [
      ...patchOf('/description', text(properties, 'Description') ?? '', text(previous, 'Description') ?? ''),
      ...patchOf('/enabled', String(flag(properties, 'Enabled') ?? false), String(flag(previous, 'Enabled') ?? false)),
    ];
    if (patchOperations.length > 0) await context.call('apigateway', 'UpdateApiKey', { apiKey: id, patchOperations });
    return { attributes: { APIKeyId: id } };
  },
  delete: (id, _properties, context) => unlessGone(context.call('apigateway', 'DeleteApiKey', { apiKey: id })),
};
