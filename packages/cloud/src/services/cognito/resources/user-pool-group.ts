import { failedWith, unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceType } from '../../../core/resource-type.js';

interface GroupProperties extends Properties {
  readonly UserPoolId: string;
  readonly GroupName?: string;
  readonly Description?: string;
  readonly RoleArn?: string;
  readonly Precedence?: number | string;
}

/** AWS::Cognito::UserPoolGroup. Its physical id is the group's name. */
export const userPoolGroup: ResourceType<GroupProperties> = {
  type: 'AWS::Cognito::UserPoolGroup',
  nameProperty: 'GroupName',
  maxNameLength: 128,
  create: async (id, properties, { call }) => {
    const input = { ...properties, GroupName: id };
    try {
      await call('cognito-idp', 'CreateGroup', input);
    } catch (error) {
      if (!failedWith(error, 'GroupExistsException')) throw error;
      // A create that was cut off left the very group; another one is somebody else's.
      const { Group } = await call('cognito-idp', 'GetGroup', { UserPoolId: properties.UserPoolId, GroupName: id });
      const { Description, RoleArn, Precedence } = properties;
      const isSame =
        Group?.Description === Description &&
        Group?.RoleArn === RoleArn &&
        String(Group?.Precedence) === String(Precedence);
      if (!isSame) throw error;
    }
    return {};
  },
  update: async (id, properties, _previous, { call }) => {
    await call('cognito-idp', 'UpdateGroup', { ...properties, GroupName: id });
    return {};
  },
  delete: (id, { UserPoolId }, { call }) =>
    unlessGone(call('cognito-idp', 'DeleteGroup', { UserPoolId, GroupName: id })),
};
