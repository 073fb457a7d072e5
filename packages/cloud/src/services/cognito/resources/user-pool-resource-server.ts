import { AwsError } from '../../../core/aws-error.js';
import { failedWith, unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceType } from '../../../core/resource-type.js';

interface ServerProperties extends Properties {
  readonly UserPoolId: string;
  readonly Identifier: string;
  readonly Name: string;
  readonly Scopes?: readonly unknown[];
}

/** AWS::Cognito::UserPoolResourceServer. Its physical id is the identifier. */
export const userPoolResourceServer: ResourceType<ServerProperties> = {
  type: 'AWS::Cognito::UserPoolResourceServer',
  newId: ({ Identifier }) => Identifier,
  create: async (_id, properties, { call }) => {
    const { UserPoolId, Identifier, Name, Scopes = [] } = properties;
    try {
      const { ResourceServer } = await call('cognito-idp', 'DescribeResourceServer', { UserPoolId, Identifier });
      // A create that was cut off left the very server; another one is somebody else's.
      const isSame =
        ResourceServer?.Name === Name && JSON.stringify(ResourceServer.Scopes ?? []) === JSON.stringify(Scopes);
      if (isSame) return {};
      throw new AwsError('InvalidParameterException', `${Identifier} already exists in user pool ${UserPoolId}.`);
    } catch (error) {
      if (!failedWith(error, 'ResourceNotFoundException')) throw error;
    }
    await call('cognito-idp', 'CreateResourceServer', properties);
    return {};
  },
  update: async (_id, properties, _previous, { call }) => {
    await call('cognito-idp', 'UpdateResourceServer', properties);
    return {};
  },
  delete: (_id, { UserPoolId, Identifier }, { call }) =>
    unlessGone(call('cognito-idp', 'DeleteResourceServer', { UserPoolId, Identifier })),
};
