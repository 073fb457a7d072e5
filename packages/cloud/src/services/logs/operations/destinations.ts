import {
  type AccessRow,
  anything,
  type ConditionKeys,
  type RowMaker,
  requestTags,
  type Target,
} from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { parseJson } from '../../../core/json.js';
import { passRole } from '../../../iam/index.js';
import { withTags } from '../../../kit/tags.js';
import { type Destination, decidingPolicy, destinationArn } from '../destinations/destination-store.js';
import { invalidParameter, page } from '../log-input.js';
import { type LogsState, logsOperation } from '../service-state.js';
import { FILTER_NAME } from './metric-filters.js';
import { GROUP_TAGS } from './tagging.js';

interface DestinationTarget extends Target {
  readonly found: Destination | undefined;
}

function destinationAccess<Input extends { readonly destinationName: string }>(
  row: RowMaker<LogsState, Input>,
  action: string,
  keys: ConditionKeys<LogsState, NoInfer<Input>, DestinationTarget> = {},
): AccessRow<LogsState, Input> {
  return row<DestinationTarget>({
    action: `logs:${action}`,
    type: 'destination',
    on: ({ destinationName: name }, { account, region }, { destinations }) => {
      const resource = destinationArn({ account, region, name });
      return { resource, found: destinations.find(resource) };
    },
    keys: { 'aws:ResourceTag/*': ({ target: { found } }) => found?.tags, ...keys },
  });
}

const shown = (destination: Destination) => ({
  destinationName: destination.name,
  targetArn: destination.targetArn,
  roleArn: destination.roleArn,
  accessPolicy: destination.accessPolicy,
  arn: destinationArn(destination),
  creationTime: destination.created,
});

const noDestination = (): AwsError =>
  new AwsError('ResourceNotFoundException', 'The specified destination does not exist.');

export const putDestination = logsOperation({
  name: 'PutDestination',
  limits: { destinationName: FILTER_NAME, targetArn: { min: 1 }, roleArn: { min: 1 } },
  access: (row) => [
    destinationAccess(
      row,
      'PutDestination',
      requestTags(({ tags }) => tags),
    ),
    passRole(row, {
      service: 'logs.amazonaws.com',
      roleOf: ({ roleArn }) => roleArn,
      store: ({ context }) => context.store,
    }),
  ],
  handle: async (
    { destinationName: name, targetArn, roleArn, tags = {} },
    call,
    { context, destinations, filters },
  ) => {
    const { account, region } = call;
    const before = destinations.find(destinationArn({ account, region, name }));
    const destination: Destination = {
      ...before,
      account,
      region,
      name,
      targetArn,
      roleArn,
      created: before?.created ?? context.now(),
      tags: withTags(before?.tags ?? {}, tags, GROUP_TAGS, call),
    };
    await filters.destinations.checkTarget(destination);
    await destinations.put(destination);
    return { destination: shown(destination) };
  },
});

export const putDestinationPolicy = logsOperation({
  name: 'PutDestinationPolicy',
  limits: { destinationName: FILTER_NAME, accessPolicy: { min: 1 } },
  parse: (input) => {
    try {
      parseJson(input.accessPolicy);
    } catch {
      throw invalidParameter('The policy document is not a valid JSON document.');
    }
    return input;
  },
  access: (row) => [destinationAccess(row, 'PutDestinationPolicy')],
  handle: async ({ destinationName: name, accessPolicy }, { account, region }, { context, destinations }) => {
    const found = destinations.find(destinationArn({ account, region, name }));
    if (!found) throw noDestination();
    const changed = { ...found, accessPolicy };
    await destinations.put(changed);
    const text = decidingPolicy(changed);
    if (text !== undefined) {
      context.reviewPolicy({ name: `the access policy of the destination ${name}`, text, kind: 'resource' });
    }
  },
});

export const describeDestinations = logsOperation({
  name: 'DescribeDestinations',
  limits: { DestinationNamePrefix: FILTER_NAME, limit: { min: 1, max: 50 } },
  access: (row) => [row({ action: 'logs:DescribeDestinations', on: anything })],
  handle: ({ DestinationNamePrefix: prefix = '', limit = 50, nextToken: token }, call, { destinations }) => {
    const all = destinations.list(call, ({ name }) => name).filter(({ name }) => name.startsWith(prefix));
    const { items, next } = page(all, ({ name }) => name, { limit, token }, ['DescribeDestinations', prefix]);
    return { destinations: items.map(shown), nextToken: next };
  },
});

export const deleteDestination = logsOperation({
  name: 'DeleteDestination',
  limits: { destinationName: FILTER_NAME },
  access: (row) => [destinationAccess(row, 'DeleteDestination')],
  handle: async ({ destinationName: name }, { account, region }, { destinations }) => {
    const arn = destinationArn({ account, region, name });
    if (!destinations.find(arn)) throw noDestination();
    await destinations.delete(arn);
  },
});
