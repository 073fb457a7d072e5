import { failedWith, unlessGone } from '../../../core/aws-failure.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { parseLayerVersionArn } from '../layers/layer-record.js';

interface PermissionProperties extends Properties {
  readonly LayerVersionArn: string;
  readonly Action: string;
  readonly Principal: string;
  readonly OrganizationId?: string;
}

/** The version that a permission is for, as the operations name it. */
function targetOf({ LayerVersionArn }: PermissionProperties) {
  const { version: VersionNumber } = parseLayerVersionArn(LayerVersionArn);
  return { LayerName: LayerVersionArn.slice(0, LayerVersionArn.lastIndexOf(':')), VersionNumber };
}

/** Behind the `#` of the physical id. */
const statementIdOf = (id: string): string => id.slice(id.lastIndexOf('#') + 1);

async function add(id: string, properties: PermissionProperties, { call }: ResourceContext): Promise<ResourceState> {
  const { LayerVersionArn: _, ...permission } = properties;
  const input = { ...permission, ...targetOf(properties), StatementId: statementIdOf(id) };
  try {
    await call('lambda', 'AddLayerVersionPermission', input);
  } catch (error) {
    // A create that was cut off: nobody else has this id.
    if (!failedWith(error, 'ResourceConflictException')) throw error;
  }
  return { attributes: { Id: id } };
}

/** AWS::Lambda::LayerVersionPermission. Its physical id is the version's ARN and the id of the statement. */
export const layerVersionPermission: ResourceType<PermissionProperties> = {
  type: 'AWS::Lambda::LayerVersionPermission',
  newId: ({ LayerVersionArn }, { stackName, logicalId }) =>
    `${LayerVersionArn}#${`${stackName}-${logicalId}`.slice(0, 87)}-${randomId.upper(12)}`,
  create: add,
  // Every property of a permission is replaced with it.
  update: (id, properties, _previous, context) => add(id, properties, context),
  delete: (id, properties, { call }) => {
    const input = { ...targetOf(properties), StatementId: statementIdOf(id) };
    return unlessGone(call('lambda', 'RemoveLayerVersionPermission', input));
  },
};
