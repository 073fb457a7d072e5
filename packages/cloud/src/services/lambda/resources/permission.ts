import { failedWith, unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceType } from '../../../core/resource-type.js';

interface PermissionProperties extends Properties {
  readonly FunctionName: string;
}

function remove(id: string, { FunctionName }: PermissionProperties, context: ResourceContext): Promise<void> {
  return unlessGone(context.call('lambda', 'RemovePermission', { FunctionName, StatementId: id }));
}

/** The physical id is the id of the statement, which nobody else chooses. */
export const permission: ResourceType<PermissionProperties> = {
  type: 'AWS::Lambda::Permission',
  maxNameLength: 100,
  create: async (id, properties, context) => {
    const add = () => context.call('lambda', 'AddPermission', { ...properties, StatementId: id });
    try {
      await add();
    } catch (error) {
      if (!failedWith(error, 'ResourceConflictException')) throw error;
      await remove(id, properties, context);
      await add();
    }
    return { attributes: { Id: id } };
  },
  update: async (id, properties, previous, context) => {
    await remove(id, previous, context);
    await context.call('lambda', 'AddPermission', { ...properties, StatementId: id });
    return { attributes: { Id: id } };
  },
  delete: remove,
};
