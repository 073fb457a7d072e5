import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceType } from '../../../core/resource-type.js';
import { neededText, text } from '../../../kit/properties.js';
import { unlessGone } from './properties.js';

async function setStatus(AccessKeyId: string, properties: Properties, { call }: ResourceContext): Promise<void> {
  const Status = text(properties, 'Status') ?? 'Active';
  await call('iam', 'UpdateAccessKey', { UserName: neededText(properties, 'UserName'), AccessKeyId, Status });
}

/** An access key of a user. Only the creation knows the secret, so an update keeps the attributes that are there. */
export const accessKey: ResourceType = {
  type: 'AWS::IAM::AccessKey',
  newId: () => `AKIA${randomId.upper(16)}`,
  create: async (id, properties, context) => {
    const UserName = neededText(properties, 'UserName');
    const { AccessKey } = await context.call('iam', 'CreateAccessKey', { UserName }, id);
    if (text(properties, 'Status') === 'Inactive') await setStatus(id, properties, context);
    return { attributes: { Id: id, SecretAccessKey: AccessKey?.SecretAccessKey } };
  },
  update: async (id, properties, _previous, context) => {
    await setStatus(id, properties, context);
    return {};
  },
  delete: (AccessKeyId, properties, { call }) =>
    unlessGone(call('iam', 'DeleteAccessKey', { UserName: neededText(properties, 'UserName'), AccessKeyId })),
};
