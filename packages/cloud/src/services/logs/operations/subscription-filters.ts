import { AwsError } from '../../../core/aws-error.js';
import { passRole } from '../../../iam/index.js';
import { parseArn } from '../../../kit/arn.js';
import { decidingPolicy } from '../destinations/destination-store.js';
import type { SubscriptionFilter } from '../filters/filter-store.js';
import { destinationKind } from '../filters/subscription.js';
import { logAccess } from '../log-access.js';
import { GROUP, invalidParameter, page } from '../log-input.js';
import { parseFilterPattern } from '../patterns/filter-pattern.js';
import { logsOperation } from '../service-state.js';
import { FILTER_NAME } from './metric-filters.js';

/** Subscriptions of a log group. */
const MOST_FILTERS = 2;

const shown = ({ name, group, pattern, destinationArn, roleArn, distribution, created }: SubscriptionFilter) => ({
  filterName: name,
  logGroupName: group,
  filterPattern: pattern,
  destinationArn,
  roleArn,
  distribution,
  applyOnTransformedLogs: false,
  creationTime: created,
});

/** @throws AwsError InvalidParameterException, AccessDeniedException */
function checkDestination(arn: string, roleArn: string | undefined, group: string, account: string): void {
  const { service = 'unknown', resource = '', account: owner } = parseArn(arn) ?? {};
  if (service === 'lambda' && owner !== account) {
    throw new AwsError(
      'AccessDeniedException',
      'Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create cross account lambda triggers.',
    );
  }
  const kind = destinationKind(arn);
  if (service !== 'lambda' && kind !== 'logs' && roleArn === undefined) {
    throw invalidParameter(`destinationArn for vendor ${service} cannot be used without roleArn`);
  }
  if (kind === undefined) {
    throw invalidParameter(
      `The local cloud sends subscriptions to functions, Kinesis streams and destinations of logs, and ${arn} is none of them`,
    );
  }
  if (service === 'lambda' && group === `/aws/lambda/${resource.split(':')[1]}`) {
    throw invalidParameter('The log group provided is reserved for the function logs of the destination function.');
  }
}

export const putSubscriptionFilter = logsOperation({
  name: 'PutSubscriptionFilter',
  limits: {
    logGroupName: GROUP,
    filterName: FILTER_NAME,
    filterPattern: { max: 1024 },
    destinationArn: { min: 1 },
    roleArn: { min: 1 },
    distribution: { values: ['Random', 'ByLogStream'] },
  },
  parse: (input, { account }) => {
    const { logGroupName: group, filterName: name, filterPattern: pattern, destinationArn, roleArn } = input;
    checkDestination(destinationArn, roleArn, group, account);
    parseFilterPattern(pattern);
    return { group, name, pattern, destinationArn, roleArn, distribution: input.distribution ?? 'ByLogStream' };
  },
  access: (row) => [
    logAccess(row, 'PutSubscriptionFilter', 'log-group'),
    row({
      action: 'logs:PutSubscriptionFilter',
      type: 'destination',
      on: ({ destinationArn: resource }, _call, { destinations }) => {
        if (destinationKind(resource) !== 'logs') return undefined;
        const found = destinations.find(resource);
        return { resource, tags: found?.tags, resourcePolicy: async () => found && decidingPolicy(found) };
      },
      keys: { 'aws:ResourceTag/*': ({ target }) => target.tags },
    }),
    passRole(row, {
      service: 'logs.amazonaws.com',
      roleOf: ({ roleArn }) => roleArn,
      store: ({ context }) => context.store,
    }),
  ],
  handle: async ({ group, ...given }, call, { context, logs, filters }) => {
    await logs.group(call, group);
    const { account, region } = call;
    const filter = { account, region, group, ...given };
    const before = filters.subscriptions.find(filter);
    if (!before && filters.subscriptions.ofGroup(filter, group).length >= MOST_FILTERS) {
      throw new AwsError('LimitExceededException', 'Resource limit exceeded.');
    }
    const whole: SubscriptionFilter = { ...filter, created: before?.created ?? context.now() };
    await filters.destinations.check(whole);
    await filters.subscriptions.put(whole);
  },
});

export const describeSubscriptionFilters = logsOperation({
  name: 'DescribeSubscriptionFilters',
  limits: { logGroupName: GROUP, filterNamePrefix: FILTER_NAME, limit: { min: 1, max: 50 } },
  parse: ({ logGroupName: group, ...rest }) => ({ group, ...rest }),
  access: (row) => [logAccess(row, 'DescribeSubscriptionFilters', 'log-group')],
  handle: async ({ group, filterNamePrefix = '', limit = 50, nextToken: token }, call, { logs, filters }) => {
    await logs.group(call, group);
    const found = filters.subscriptions.ofGroup(call, group).filter(({ name }) => name.startsWith(filterNamePrefix));
    const of = ['DescribeSubscriptionFilters', group, filterNamePrefix];
    const { items, next } = page(found, ({ name }) => name, { limit, token }, of);
    return { subscriptionFilters: items.map(shown), nextToken: next };
  },
});

export const deleteSubscriptionFilter = logsOperation({
  name: 'DeleteSubscriptionFilter',
  limits: { logGroupName: GROUP, filterName: FILTER_NAME },
  parse: ({ logGroupName: group, filterName: name }) => ({ group, name }),
  access: (row) => [logAccess(row, 'DeleteSubscriptionFilter', 'log-group')],
  handle: async ({ group, name }, call, { logs, filters }) => {
    await logs.group(call, group);
    const { account, region } = call;
    const filter = { account, region, group, name };
    if (!filters.subscriptions.find(filter)) {
      throw new AwsError('ResourceNotFoundException', 'The specified subscription filter does not exist.');
    }
    await filters.subscriptions.delete(filter);
  },
});
