import { failedWith, unlessGone } from '../../../core/aws-failure.js';
import { defined } from '../../../core/defined.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';

interface ClientProperties extends Properties {
  readonly UserPoolId: string;
  readonly ClientName?: string;
}

const nameOf = (id: string, { ClientName }: ClientProperties, { logicalId }: ResourceContext): string =>
  ClientName ?? `${logicalId.slice(0, 100)}-${id.slice(0, 12)}`;

async function stateOf(
  id: string,
  { UserPoolId }: ClientProperties,
  { call }: ResourceContext,
): Promise<ResourceState> {
  const { UserPoolClient } = await call('cognito-idp', 'DescribeUserPoolClient', { UserPoolId, ClientId: id });
  const { ClientSecret, ClientName } = UserPoolClient ?? {};
  return {
    attributes: { ClientId: id, Name: ClientName, ...defined({ ClientSecret }) },
  };
}

/** AWS::Cognito::UserPoolClient. Its physical id is the client's. */
export const userPoolClient: ResourceType<ClientProperties> = {
  type: 'AWS::Cognito::UserPoolClient',
  newId: () => randomId.lower(26),
  create: async (id, properties, context) => {
    try {
      // A create that was cut off is taken up: nobody else knows the id.
      return await stateOf(id, properties, context);
    } catch (error) {
      if (!failedWith(error, 'ResourceNotFoundException')) throw error;
    }
    const input = { ...properties, ClientName: nameOf(id, properties, context) };
    await context.call('cognito-idp', 'CreateUserPoolClient', input, id);
    return stateOf(id, properties, context);
  },
  update: async (id, properties, _previous, context) => {
    const { GenerateSecret: _, ...settings } = properties;
    const input = { ...settings, ClientId: id, ClientName: nameOf(id, properties, context) };
    await context.call('cognito-idp', 'UpdateUserPoolClient', input, id);
    return stateOf(id, properties, context);
  },
  delete: (id, { UserPoolId }, { call }) =>
    unlessGone(call('cognito-idp', 'DeleteUserPoolClient', { UserPoolId, ClientId: id })),
};
