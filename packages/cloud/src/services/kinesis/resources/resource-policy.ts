import { unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';

interface PolicyProperties extends Properties {
  readonly ResourceArn: string;
  readonly ResourcePolicy: unknown;
}

async function put(
  ResourceARN: string,
  { ResourcePolicy }: PolicyProperties,
  { call }: ResourceContext,
): Promise<ResourceState> {
  const Policy = typeof ResourcePolicy === 'string' ? ResourcePolicy : JSON.stringify(ResourcePolicy);
  await call('kinesis', 'PutResourcePolicy', { ResourceARN, Policy });
  return {};
}

/** AWS::Kinesis::ResourcePolicy: what others may do with a stream or a consumer. Its physical id is that one's ARN. */
export const resourcePolicyResource: ResourceType<PolicyProperties> = {
  type: 'AWS::Kinesis::ResourcePolicy',
  newId: ({ ResourceArn }) => ResourceArn,
  create: put,
  update: (arn, properties, _previous, context) => put(arn, properties, context),
  delete: (ResourceARN, _properties, { call }) => unlessGone(call('kinesis', 'DeleteResourcePolicy', { ResourceARN })),
};
