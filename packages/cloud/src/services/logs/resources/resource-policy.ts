import { unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';

interface ResourcePolicyProperties extends Properties {
  readonly PolicyName: string;
  readonly PolicyDocument: string;
}

async function put(
  policyName: string,
  { PolicyDocument: policyDocument }: ResourcePolicyProperties,
  { call }: ResourceContext,
): Promise<ResourceState> {
  await call('logs', 'PutResourcePolicy', { policyName, policyDocument });
  return {};
}

/** AWS::Logs::ResourcePolicy: lets services write to the account's log groups. Its physical id is its name. */
export const resourcePolicy: ResourceType<ResourcePolicyProperties> = {
  type: 'AWS::Logs::ResourcePolicy',
  nameProperty: 'PolicyName',
  create: put,
  update: (name, properties, _previous, context) => put(name, properties, context),
  delete: (policyName, _properties, { call }) => unlessGone(call('logs', 'DeleteResourcePolicy', { policyName })),
};
