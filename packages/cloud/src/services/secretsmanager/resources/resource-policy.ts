import { unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';

interface PolicyProperties extends Properties {
  readonly SecretId: string;
  readonly ResourcePolicy: unknown;
  readonly BlockPublicPolicy?: boolean;
}

async function put(id: string, properties: PolicyProperties, context: ResourceContext): Promise<ResourceState> {
  const { ResourcePolicy: policy, BlockPublicPolicy = false } = properties;
  await context.call('secretsmanager', 'PutResourcePolicy', {
    SecretId: id,
    ResourcePolicy: typeof policy === 'string' ? policy : JSON.stringify(policy),
    BlockPublicPolicy,
  });
  return { attributes: { Id: id } };
}

/** AWS::SecretsManager::ResourcePolicy. Its physical id is the secret's. */
export const secretResourcePolicy: ResourceType<PolicyProperties> = {
  type: 'AWS::SecretsManager::ResourcePolicy',
  newId: ({ SecretId }) => SecretId,
  create: put,
  update: (id, properties, _previous, context) => put(id, properties, context),
  delete: (id, _properties, { call }) => unlessGone(call('secretsmanager', 'DeleteResourcePolicy', { SecretId: id })),
};
