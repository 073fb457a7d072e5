import type { Properties, ResourceContext, ResourceType } from '../../../core/resource-type.js';
import { neededText, text } from '../../../kit/properties.js';
import { serviceLinkedRoleOf } from '../service-linked-roles.js';
import { unlessGone } from './properties.js';

const TYPE = 'AWS::IAM::ServiceLinkedRole';

/** The name is AWS's, so it is known before the role is made. */
function newName(properties: Properties): string {
  const { name = '' } = serviceLinkedRoleOf(neededText(properties, 'AWSServiceName')) ?? {};
  const suffix = text(properties, 'CustomSuffix');
  return suffix === undefined ? name : `${name}_${suffix}`;
}

async function create(id: string, properties: Properties, { call }: ResourceContext) {
  const input = {
    AWSServiceName: neededText(properties, 'AWSServiceName'),
    CustomSuffix: text(properties, 'CustomSuffix'),
    Description: text(properties, 'Description'),
  };
  await call('iam', 'CreateServiceLinkedRole', input, id);
  return { attributes: { RoleName: id } };
}

export const serviceLinkedRole: ResourceType = {
  type: TYPE,
  refuses: [
    {
      path: 'AWSServiceName',
      when: (service) => typeof service === 'string' && serviceLinkedRoleOf(service) === undefined,
      values: 'services that do not let users make their role',
      why: 'the local cloud does not know the role of this service; leave the resource out locally',
    },
  ],
  newId: newName,
  create,
  update: async (id, properties, _previous, { call }) => {
    const Description = text(properties, 'Description') ?? '';
    await call('iam', 'UpdateRoleDescription', { RoleName: id, Description });
    return {};
  },
  delete: (id, _properties, { call }) => unlessGone(call('iam', 'DeleteServiceLinkedRole', { RoleName: id })),
};
