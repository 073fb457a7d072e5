import type { ResourceType } from '../../../../core/resource-type.js';
import { text } from '../../../../kit/properties.js';

/** `AWS::ApiGateway::Account`: one per account and region, so its deletion only lets it be. */
export const account: ResourceType = {
  type: 'AWS::ApiGateway::Account',
  create: async (id, properties, context) => {
    await put(text(properties, 'CloudWatchRoleArn'), context.call);
    return { attributes: { Id: id } };
  },
  update: async (id, properties, previous, context) => {
    const role = text(properties, 'CloudWatchRoleArn');
    if (role !== text(previous, 'CloudWatchRoleArn')) await put(role, context.call);
    return { attributes: { Id: id } };
  },
  delete: async () => {},
};

async function put(role: string | undefined, call: Parameters<ResourceType['create']>[2]['call']): Promise<void> {
  const patch = role === undefined ? { op: 'remove' } : { op: 'replace', value: role };
  await call('apigateway', 'UpdateAccount', { patchOperations: [{ ...patch, path: '/cloudwatchRoleArn' }] });
}
