import { randomId } from '../../../../core/random-id.js';
import type { Properties, ResourceType } from '../../../../core/resource-type.js';
import { flag, neededText, structures, text } from '../../../../kit/properties.js';
import { listPatches, newTags, patchOf, unlessGone } from '../../property.js';

/** `AWS::ApiGateway::ApiKey` */
export const apiKey: ResourceType = {
  type: 'AWS::ApiGateway::ApiKey',
  newId: () => randomId.lower(10),
  create: async (id, properties, context) => {
    const input = {
      name: text(properties, 'Name') ?? `${context.stackName}-${context.logicalId}`,
      description: text(properties, 'Description'),
      value: text(properties, 'Value'),
      enabled: flag(properties, 'Enabled') ?? false,
      stageKeys: stageKeys(properties),
      tags: newTags(properties, context),
    };
    await context.call('apigateway', 'CreateApiKey', input, id);
    return { attributes: { APIKeyId: id } };
  },
  update: async (id, properties, previous, context) => {
    const before = stageKeys(previous).map(({ restApiId, stageName }) => `${restApiId}/${stageName}`);
    const after = stageKeys(properties).map(({ restApiId, stageName }) => `${restApiId}/${stageName}`);
    const patchOperations = [
      ...patchOf('/description', text(properties, 'Description') ?? '', text(previous, 'Description') ?? ''),
      ...listPatches('/stages', after, before),
      ...patchOf('/enabled', String(flag(properties, 'Enabled') ?? false), String(flag(previous, 'Enabled') ?? false)),
    ];
    if (patchOperations.length > 0) await context.call('apigateway', 'UpdateApiKey', { apiKey: id, patchOperations });
    return { attributes: { APIKeyId: id } };
  },
  delete: (id, _properties, context) => unlessGone(context.call('apigateway', 'DeleteApiKey', { apiKey: id })),
};

function stageKeys(properties: Properties): readonly { readonly restApiId: string; readonly stageName: string }[] {
  return structures(properties, 'StageKeys').map((key) => ({
    restApiId: neededText(key, 'RestApiId'),
    stageName: neededText(key, 'StageName'),
  }));
}
