import { randomId } from '../../../../core/random-id.js';
import type { Properties, ResourceType } from '../../../../core/resource-type.js';
import { flag, neededText, structure, text } from '../../../../kit/properties.js';
import { patchOf, unlessGone } from '../../property.js';
import { unsupported } from '../../refusal.js';
import { canarySettings } from './canary.js';

/** `AWS::ApiGateway::Deployment`: what the API is when it is created. */
export const deployment: ResourceType = {
  type: 'AWS::ApiGateway::Deployment',
  newId: () => randomId.lower(6),
  create: async (id, properties, context) => {
    await context.call(
      'apigateway',
      'CreateDeployment',
      {
        restApiId: neededText(properties, 'RestApiId'),
        description: text(properties, 'Description'),
        ...stage(properties),
      },
      id,
    );
    return { attributes: { DeploymentId: id } };
  },
  update: async (id, properties, previous, context) => {
    const patchOperations = patchOf('/description', text(properties, 'Description'), text(previous, 'Description'));
    const restApiId = neededText(properties, 'RestApiId');
    if (patchOperations.length > 0)
      await context.call('apigateway', 'UpdateDeployment', { restApiId, deploymentId: id, patchOperations });
    return { attributes: { DeploymentId: id } };
  },
  delete: async (id, properties, context) => {
    const restApiId = neededText(properties, 'RestApiId');
    const stageName = text(properties, 'StageName');
    if (stageName !== undefined) {
      // A stage that came with this deployment goes with it, unless it moved on.
      const { item = [] } = await context
        .call('apigateway', 'GetStages', { restApiId, deploymentId: id })
        .catch(() => ({ item: [] }));
      for (const made of item) {
        if (made.stageName === stageName)
          await unlessGone(context.call('apigateway', 'DeleteStage', { restApiId, stageName }));
      }
    }
    await unlessGone(context.call('apigateway', 'DeleteDeployment', { restApiId, deploymentId: id }));
  },
};

const STAGE_MEMBERS = ['CacheClusterEnabled', 'CacheClusterSize', 'Description', 'TracingEnabled', 'Variables'];

function stage(properties: Properties): Record<string, unknown> {
  const stageName = text(properties, 'StageName');
  const description = structure(properties, 'StageDescription');
  for (const name of Object.keys(description ?? {})) {
    if (!STAGE_MEMBERS.includes(name))
      throw unsupported(`the property StageDescription.${name} of AWS::ApiGateway::Deployment`);
  }
  if (stageName === undefined) return {};
  return {
    stageName,
    canarySettings: canarySettings(structure(properties, 'DeploymentCanarySettings')),
    ...(description && {
      cacheClusterEnabled: flag(description, 'CacheClusterEnabled'),
      cacheClusterSize: text(description, 'CacheClusterSize'),
      stageDescription: text(description, 'Description'),
      variables: structure(description, 'Variables'),
      tracingEnabled: description.TracingEnabled,
    }),
  };
}
