import { failedWith, unlessGone } from '../../../core/aws-failure.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceType } from '../../../core/resource-type.js';

interface UserProperties extends Properties {
  readonly UserPoolId: string;
  readonly Username?: string;
}

interface AttachmentProperties extends Properties {
  readonly UserPoolId: string;
  readonly Username: string;
  readonly GroupName: string;
}

/** A user is not there any more if its pool is not. */
async function unlessUserGone(deleted: Promise<unknown>): Promise<void> {
  await unlessGone(unlessGone(deleted, 'UserNotFoundException'));
}

/** AWS::Cognito::UserPoolUser. Its physical id is the name. */
export const userPoolUser: ResourceType<UserProperties> = {
  type: 'AWS::Cognito::UserPoolUser',
  nameProperty: 'Username',
  maxNameLength: 128,
  create: async (id, properties, { call }) => {
    try {
      await call('cognito-idp', 'AdminCreateUser', { ...properties, Username: id });
    } catch (error) {
      if (!failedWith(error, 'UsernameExistsException')) throw error;
      // A create that was cut off left a user who has not signed in; another one is somebody else's.
      const found = await call('cognito-idp', 'AdminGetUser', { UserPoolId: properties.UserPoolId, Username: id });
      if (found.UserStatus !== 'FORCE_CHANGE_PASSWORD') throw error;
    }
    return {};
  },
  update: async () => ({}),
  delete: (id, { UserPoolId }, { call }) =>
    unlessUserGone(call('cognito-idp', 'AdminDeleteUser', { UserPoolId, Username: id })),
};

/** AWS::Cognito::UserPoolUserToGroupAttachment. */
export const userPoolUserToGroupAttachment: ResourceType<AttachmentProperties> = {
  type: 'AWS::Cognito::UserPoolUserToGroupAttachment',
  newId: (_properties, { logicalId }) => `${logicalId}-${randomId.mixed(12)}`,
  create: async (_id, { UserPoolId, Username, GroupName }, { call }) => {
    await call('cognito-idp', 'AdminAddUserToGroup', { UserPoolId, Username, GroupName });
    return {};
  },
  update: async () => ({}),
  delete: (_id, { UserPoolId, Username, GroupName }, { call }) =>
    unlessUserGone(call('cognito-idp', 'AdminRemoveUserFromGroup', { UserPoolId, Username, GroupName })),
};
