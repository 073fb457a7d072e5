import { failedWith } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';

interface ScheduleProperties extends Properties {
  readonly SecretId: string;
  readonly RotationLambdaARN?: string;
  readonly RotationRules?: object;
  readonly RotateImmediatelyOnUpdate?: boolean;
}

async function rotate(id: string, properties: ScheduleProperties, context: ResourceContext): Promise<ResourceState> {
  const { RotationLambdaARN, RotationRules, RotateImmediatelyOnUpdate = true } = properties;
  await context.call('secretsmanager', 'RotateSecret', {
    SecretId: id,
    RotationLambdaARN,
    RotationRules,
    RotateImmediately: RotateImmediatelyOnUpdate,
  });
  return { attributes: { Id: id } };
}

/** AWS::SecretsManager::RotationSchedule. Its physical id is the secret's. */
export const rotationSchedule: ResourceType<ScheduleProperties> = {
  type: 'AWS::SecretsManager::RotationSchedule',
  refuses: [
    {
      path: 'HostedRotationLambda',
      why: "AWS's own rotation functions are not here; name a function of yours (RotationLambdaARN)",
    },
    ...['ExternalSecretRotationMetadata', 'ExternalSecretRotationRoleArn'].map((path) => ({
      path,
      why: 'secrets of other services are not rotated here',
    })),
  ],
  newId: ({ SecretId }) => SecretId,
  create: rotate,
  update: (id, properties, _previous, context) => rotate(id, properties, context),
  delete: async (id, _properties, context) => {
    try {
      await context.call('secretsmanager', 'CancelRotateSecret', { SecretId: id });
    } catch (error) {
      if (!failedWith(error, 'ResourceNotFoundException')) throw error;
    }
  },
};
