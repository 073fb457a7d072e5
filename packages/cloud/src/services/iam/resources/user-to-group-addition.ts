import type { Properties, ResourceContext, ResourceType } from '../../../core/resource-type.js';
import { neededText, texts } from '../../../kit/properties.js';
import { added, unlessGone } from './properties.js';

async function remove(GroupName: string, users: readonly string[], { call }: ResourceContext): Promise<void> {
  for (const UserName of users) await unlessGone(call('iam', 'RemoveUserFromGroup', { GroupName, UserName }));
}

async function add(properties: Properties, { call }: ResourceContext): Promise<void> {
  const GroupName = neededText(properties, 'GroupName');
  for (const UserName of texts(properties, 'Users')) await call('iam', 'AddUserToGroup', { GroupName, UserName });
}

/** The membership of users in one group. Its physical id names the resource, nothing in IAM. */
export const userToGroupAddition: ResourceType = {
  type: 'AWS::IAM::UserToGroupAddition',
  create: async (id, properties, context) => {
    await add(properties, context);
    return { attributes: { Id: id } };
  },
  update: async (id, properties, previous, context) => {
    await add(properties, context);
    const group = neededText(previous, 'GroupName');
    const kept = group === neededText(properties, 'GroupName') ? texts(properties, 'Users') : [];
    await remove(group, added(kept, texts(previous, 'Users')), context);
    return { attributes: { Id: id } };
  },
  delete: (_id, properties, context) =>
    remove(neededText(properties, 'GroupName'), texts(properties, 'Users'), context),
};
