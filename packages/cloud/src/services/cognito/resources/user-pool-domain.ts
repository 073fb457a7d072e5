import { unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';

interface DomainProperties extends Properties {
  readonly UserPoolId: string;
  readonly Domain: string;
}

async function stateOf(id: string, { call }: ResourceContext): Promise<ResourceState> {
  const { DomainDescription } = await call('cognito-idp', 'DescribeUserPoolDomain', { Domain: id });
  return { attributes: { CloudFrontDistribution: DomainDescription?.CloudFrontDistribution } };
}

/** AWS::Cognito::UserPoolDomain. Its physical id is the domain. */
export const userPoolDomain: ResourceType<DomainProperties> = {
  type: 'AWS::Cognito::UserPoolDomain',
  newId: ({ Domain }) => Domain,
  create: async (id, properties, context) => {
    const { call } = context;
    const { DomainDescription } = await call('cognito-idp', 'DescribeUserPoolDomain', { Domain: id });
    // A pool has one domain, so that one that is this pool's was made by a create that was cut off.
    if (DomainDescription?.UserPoolId !== properties.UserPoolId) {
      await call('cognito-idp', 'CreateUserPoolDomain', properties);
    }
    return stateOf(id, context);
  },
  update: async (id, properties, _previous, context) => {
    await context.call('cognito-idp', 'UpdateUserPoolDomain', properties);
    return stateOf(id, context);
  },
  delete: async (id, { UserPoolId }, { call }) => {
    const { DomainDescription } = await call('cognito-idp', 'DescribeUserPoolDomain', { Domain: id });
    if (DomainDescription?.UserPoolId !== UserPoolId) return;
    await unlessGone(call('cognito-idp', 'DeleteUserPoolDomain', { UserPoolId, Domain: id }));
  },
};
