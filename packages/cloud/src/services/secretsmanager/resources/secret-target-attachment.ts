import { failedWith } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';

interface AttachmentProperties extends Properties {
  readonly SecretId: string;
  readonly TargetId: string;
  readonly TargetType: string;
}

/** The member of the secret that names its database, by the type of the database. */
const IDENTIFIERS: Readonly<Record<string, string>> = {
  'AWS::RDS::DBInstance': 'dbInstanceIdentifier',
  'AWS::RDS::DBCluster': 'dbClusterIdentifier',
  'AWS::DocDB::DBInstance': 'dbInstanceIdentifier',
  'AWS::DocDB::DBCluster': 'dbClusterIdentifier',
  'AWS::Redshift::Cluster': 'dbClusterIdentifier',
  'AWS::RedshiftServerless::Namespace': 'namespaceName',
};

async function read(id: string, { call }: ResourceContext): Promise<Readonly<Record<string, unknown>>> {
  const { SecretString = '{}' } = await call('secretsmanager', 'GetSecretValue', { SecretId: id });
  return JSON.parse(SecretString);
}

/** Writes into the secret which database it is for. Databases do not run here, so there is no host to write. */
async function attach(id: string, properties: AttachmentProperties, context: ResourceContext): Promise<ResourceState> {
  const { TargetType, TargetId } = properties;
  const value = { ...(await read(id, context)), [IDENTIFIERS[TargetType] ?? 'dbInstanceIdentifier']: TargetId };
  await context.call('secretsmanager', 'PutSecretValue', { SecretId: id, SecretString: JSON.stringify(value) });
  return { attributes: { Id: id } };
}

/** AWS::SecretsManager::SecretTargetAttachment. Its physical id is the secret's. */
export const secretTargetAttachment: ResourceType<AttachmentProperties> = {
  type: 'AWS::SecretsManager::SecretTargetAttachment',
  newId: ({ SecretId }) => SecretId,
  create: attach,
  update: (id, properties, _previous, context) => attach(id, properties, context),
  delete: async (id, { TargetType }, context) => {
    try {
      const { [IDENTIFIERS[TargetType] ?? 'dbInstanceIdentifier']: _, ...value } = await read(id, context);
      await context.call('secretsmanager', 'PutSecretValue', { SecretId: id, SecretString: JSON.stringify(value) });
    } catch (error) {
      const isGone = ['ResourceNotFoundException', 'InvalidRequestException'].some((code) => failedWith(error, code));
      if (!isGone) throw error;
    }
  },
};
