import { unlessGone } from '../../../core/aws-failure.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';

interface SubscriptionFilterProperties extends Properties {
  readonly FilterName?: string;
  readonly LogGroupName: string;
  readonly FilterPattern: string;
  readonly DestinationArn: string;
  readonly RoleArn?: string;
  readonly Distribution?: string;
}

async function put(
  filterName: string,
  { LogGroupName, FilterPattern, DestinationArn, RoleArn, Distribution }: SubscriptionFilterProperties,
  { call }: ResourceContext,
): Promise<ResourceState> {
  await call('logs', 'PutSubscriptionFilter', {
    logGroupName: LogGroupName,
    filterName,
    filterPattern: FilterPattern,
    destinationArn: DestinationArn,
    roleArn: RoleArn,
    distribution: Distribution,
  });
  return {};
}

/** AWS::Logs::SubscriptionFilter. Its physical id is its name. */
export const subscriptionFilter: ResourceType<SubscriptionFilterProperties> = {
  type: 'AWS::Logs::SubscriptionFilter',
  newId: ({ FilterName }, { stackName, logicalId }) =>
    FilterName ?? `${stackName}-${logicalId}-${randomId.upper(12)}`.slice(-512),
  create: put,
  update: (name, properties, _previous, context) => put(name, properties, context),
  delete: (filterName, { LogGroupName: logGroupName }, { call }) =>
    unlessGone(call('logs', 'DeleteSubscriptionFilter', { logGroupName, filterName })),
};
