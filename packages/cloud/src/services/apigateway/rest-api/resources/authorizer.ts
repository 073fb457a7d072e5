import { randomId } from '../../../../core/random-id.js';
import type { Properties, ResourceType } from '../../../../core/resource-type.js';
import { neededText, text, texts } from '../../../../kit/properties.js';
import { type Patch, patchOf, unlessGone } from '../../property.js';

/** `AWS::ApiGateway::Authorizer` */
export const authorizer: ResourceType = {
  type: 'AWS::ApiGateway::Authorizer',
  newId: () => randomId.lower(6),
  create: async (id, properties, context) => {
    await context.call(
      'apigateway',
      'CreateAuthorizer',
      {
        restApiId: neededText(properties, 'RestApiId'),
        name: neededText(properties, 'Name'),
        type: neededText(properties, 'Type'),
        ...Object.fromEntries(MEMBERS.map(([member, name]) => [member, text(properties, name)])),
        providerARNs: texts(properties, 'ProviderARNs'),
      },
      id,
    );
    return { attributes: { AuthorizerId: id } };
  },
  update: async (id, properties, previous, context) => {
    const patchOperations = changes(properties, previous);
    const restApiId = neededText(properties, 'RestApiId');
    if (patchOperations.length > 0)
      await context.call('apigateway', 'UpdateAuthorizer', { restApiId, authorizerId: id, patchOperations });
    return { attributes: { AuthorizerId: id } };
  },
  delete: (id, properties, context) =>
    unlessGone(
      context.call('apigateway', 'DeleteAuthorizer', {
        restApiId: neededText(properties, 'RestApiId'),
        authorizerId: id,
      }),
    ),
};

const MEMBERS = [
  ['authorizerUri', 'AuthorizerUri'],
  ['authorizerCredentials', 'AuthorizerCredentials'],
  ['identitySource', 'IdentitySource'],
  ['identityValidationExpression', 'IdentityValidationExpression'],
  ['authorizerResultTtlInSeconds', 'AuthorizerResultTtlInSeconds'],
] as const;

function changes(properties: Properties, previous: Properties): readonly Patch[] {
  const before = texts(previous, 'ProviderARNs');
  const after = texts(properties, 'ProviderARNs');
  return [
    ...patchOf('/name', text(properties, 'Name'), text(previous, 'Name')),
    ...MEMBERS.flatMap(([member, name]) => patchOf(`/${member}`, text(properties, name), text(previous, name))),
    ...after
      .filter((arn) => !before.includes(arn))
      .map((value): Patch => ({ op: 'add', path: '/providerARNs', value })),
    ...before
      .filter((arn) => !after.includes(arn))
      .map((value): Patch => ({ op: 'remove', path: '/providerARNs', value })),
  ];
}
