import { failedWith } from '../../../core/aws-failure.js';
import type { Properties, ResourceType } from '../../../core/resource-type.js';

interface AliasProperties extends Properties {
  readonly AliasName: string;
  readonly TargetKeyId: string;
}

/** AWS::KMS::Alias. Its physical id is its name. */
export const aliasResource: ResourceType<AliasProperties> = {
  type: 'AWS::KMS::Alias',
  nameProperty: 'AliasName',
  create: async (AliasName, { TargetKeyId }, { call }) => {
    try {
      await call('kms', 'CreateAlias', { AliasName, TargetKeyId });
    } catch (error) {
      if (!failedWith(error, 'AlreadyExistsException')) throw error;
      // A create that was cut off is taken up; an alias of another key is somebody else's.
      const { Aliases = [] } = await call('kms', 'ListAliases', { KeyId: TargetKeyId });
      if (!Aliases.some((alias) => alias.AliasName === AliasName)) throw error;
    }
    return {};
  },
  update: async (AliasName, { TargetKeyId }, _previous, { call }) => {
    await call('kms', 'UpdateAlias', { AliasName, TargetKeyId });
    return {};
  },
  delete: async (AliasName, _properties, { call }) => {
    try {
      await call('kms', 'DeleteAlias', { AliasName });
    } catch (error) {
      if (!failedWith(error, 'NotFoundException')) throw error;
    }
  },
};
