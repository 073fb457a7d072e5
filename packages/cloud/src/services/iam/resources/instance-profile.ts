import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { text, texts } from '../../../kit/properties.js';
import { createOrTakeUp, unlessGone } from './properties.js';

const TYPE = 'AWS::IAM::InstanceProfile';

/** Brings the role of the profile to that of its template: there is at most one. */
async function changeRole(id: string, properties: Properties, { call }: ResourceContext): Promise<ResourceState> {
  const [wanted] = texts(properties, 'Roles');
  const { InstanceProfile } = await call('iam', 'GetInstanceProfile', { InstanceProfileName: id });
  const current = InstanceProfile?.Roles?.[0]?.RoleName;
  if (current !== wanted) {
    if (current !== undefined) {
      await call('iam', 'RemoveRoleFromInstanceProfile', { InstanceProfileName: id, RoleName: current });
    }
    if (wanted !== undefined) {
      await call('iam', 'AddRoleToInstanceProfile', { InstanceProfileName: id, RoleName: wanted });
    }
  }
  return { attributes: { Arn: InstanceProfile?.Arn } };
}

export const instanceProfile: ResourceType = {
  type: TYPE,
  nameProperty: 'InstanceProfileName',
  maxNameLength: 128,
  create: async (id, properties, context) => {
    const input = { InstanceProfileName: id, Path: text(properties, 'Path') ?? '/' };
    await createOrTakeUp(
      TYPE,
      id,
      () => context.call('iam', 'CreateInstanceProfile', input, id),
      // The type has no tags; a generated name is nobody else's.
      () => properties.InstanceProfileName === undefined,
    );
    return changeRole(id, properties, context);
  },
  update: (id, properties, _previous, context) => changeRole(id, properties, context),
  delete: async (id, properties, { call }) => {
    for (const RoleName of texts(properties, 'Roles')) {
      await unlessGone(call('iam', 'RemoveRoleFromInstanceProfile', { InstanceProfileName: id, RoleName }));
    }
    await unlessGone(call('iam', 'DeleteInstanceProfile', { InstanceProfileName: id }));
  },
};
