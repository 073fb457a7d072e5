import { anything, requestTags } from '../../../core/access.js';
import { parseJson } from '../../../core/json.js';
import { withTags } from '../../../kit/tags.js';
import { deliveryAccess } from '../deliveries/delivery-access.js';
import { conflict, invalid, noSuch } from '../deliveries/delivery-error.js';
import { type DeliveryDestination, type DeliveryType, deliveryArn } from '../deliveries/delivery-store.js';
import { page } from '../log-input.js';
import { deliveryOperation } from '../service-state.js';
import { GROUP_TAGS } from './tagging.js';

const NAME = { min: 1, max: 60, pattern: /[\w-]*/ };
const FORMATS = ['w3c', 'raw', 'json', 'plain', 'parquet'];
const TYPES: Readonly<Record<string, DeliveryType>> = { s3: 'S3', logs: 'CWL', firehose: 'FH' };

const onDestination = { kind: 'delivery-destination', nameOf: ({ name }: { name: string }) => name } as const;

const shownDestination = (destination: DeliveryDestination) => {
  const { name, type, outputFormat, resourceArn, tags } = destination;
  return {
    name,
    arn: deliveryArn('delivery-destination', destination),
    deliveryDestinationType: type,
    outputFormat,
    ...(resourceArn !== undefined && {
      deliveryDestinationConfiguration: { destinationResourceArn: resourceArn },
    }),
    ...(Object.keys(tags).length > 0 && { tags }),
  };
};

/** @throws AwsError ValidationException */
function typeOf(resourceArn: string | undefined, given: DeliveryType | undefined): DeliveryType {
  const type = resourceArn === undefined ? given : TYPES[resourceArn.split(':')[2] ?? ''];
  if (type === undefined || (given !== undefined && given !== type)) {
    throw invalid('The delivery destination resource is not of a type that logs are delivered to.');
  }
  return type;
}

export const putDeliveryDestination = deliveryOperation({
  name: 'PutDeliveryDestination',
  limits: { name: NAME, outputFormat: { values: FORMATS } },
  parse: ({ name, outputFormat, deliveryDestinationConfiguration, deliveryDestinationType, tags = {} }) => {
    const resourceArn = deliveryDestinationConfiguration?.destinationResourceArn;
    return { name, outputFormat, resourceArn, type: typeOf(resourceArn, deliveryDestinationType), tags };
  },
  access: (row) => [
    deliveryAccess(row, 'PutDeliveryDestination', {
      ...onDestination,
      keys: {
        ...requestTags(({ tags }) => tags),
        'logs:DeliveryDestinationResourceArn': ({ input }) => input.resourceArn,
      },
    }),
  ],
  handle: async ({ tags, ...given }, call, { deliveries: { destinations } }) => {
    const { account, region } = call;
    const before = destinations.find(deliveryArn('delivery-destination', { account, region, name: given.name }));
    if (before && before.outputFormat !== given.outputFormat) {
      throw conflict('Update to existing Delivery Destination with new Output Format is not allowed.');
    }
    if (before && before.type !== given.type) {
      throw conflict('Update to existing Delivery Destination with new Delivery Destination Type is not allowed.');
    }
    const all = withTags(before?.tags ?? {}, tags, GROUP_TAGS, call);
    const destination = { ...before, account, region, ...given, tags: all };
    await destinations.put(destination);
    // AWS leaves the tags out of this answer.
    return { deliveryDestination: { ...shownDestination(destination), tags: undefined } };
  },
});

export const getDeliveryDestination = deliveryOperation({
  name: 'GetDeliveryDestination',
  limits: { name: NAME },
  access: (row) => [deliveryAccess(row, 'GetDeliveryDestination', onDestination)],
  handle: ({ name }, { account, region }, { deliveries: { destinations } }) => {
    const found = destinations.find(deliveryArn('delivery-destination', { account, region, name }));
    if (!found) throw noSuch('Delivery Destination');
    return { deliveryDestination: shownDestination(found) };
  },
});

export const describeDeliveryDestinations = deliveryOperation({
  name: 'DescribeDeliveryDestinations',
  limits: { limit: { min: 1, max: 50 } },
  access: (row) => [row({ action: 'logs:DescribeDeliveryDestinations', on: anything })],
  handle: ({ nextToken: token, limit = 50 }, call, { deliveries: { destinations } }) => {
    const all = destinations.list(call, ({ name }) => name);
    const { items, next } = page(all, ({ name }) => name, { limit, token }, ['DescribeDeliveryDestinations']);
    return { deliveryDestinations: items.map(shownDestination), nextToken: next };
  },
});

export const deleteDeliveryDestination = deliveryOperation({
  name: 'DeleteDeliveryDestination',
  limits: { name: NAME },
  access: (row) => [deliveryAccess(row, 'DeleteDeliveryDestination', onDestination)],
  handle: async ({ name }, { account, region }, { deliveries: { destinations, deliveries } }) => {
    const arn = deliveryArn('delivery-destination', { account, region, name });
    if (!destinations.find(arn)) throw noSuch('Delivery Destination');
    if ([...deliveries.all].some(({ destinationArn }) => destinationArn === arn)) {
      throw conflict('This Delivery Destination is currently used by a Delivery. Delete the Delivery first.');
    }
    await destinations.delete(arn);
  },
});

const POLICY_NAME = { deliveryDestinationName: NAME };
const onPolicy = {
  kind: 'delivery-destination',
  nameOf: ({ deliveryDestinationName }: { deliveryDestinationName: string }) => deliveryDestinationName,
} as const;

export const putDeliveryDestinationPolicy = deliveryOperation({
  name: 'PutDeliveryDestinationPolicy',
  limits: { ...POLICY_NAME, deliveryDestinationPolicy: { min: 1, max: 51_200 } },
  parse: (input) => {
    try {
      parseJson(input.deliveryDestinationPolicy);
    } catch {
      throw invalid('The delivery destination policy is not a valid JSON document.');
    }
    return input;
  },
  access: (row) => [deliveryAccess(row, 'PutDeliveryDestinationPolicy', onPolicy)],
  handle: async ({ deliveryDestinationName: name, deliveryDestinationPolicy: policy }, call, { deliveries }) => {
    const { account, region } = call;
    const found = deliveries.destinations.find(deliveryArn('delivery-destination', { account, region, name }));
    if (!found) throw noSuch('Delivery Destination');
    await deliveries.destinations.put({ ...found, policy });
    return { policy: { deliveryDestinationPolicy: policy } };
  },
});

export const getDeliveryDestinationPolicy = deliveryOperation({
  name: 'GetDeliveryDestinationPolicy',
  limits: POLICY_NAME,
  access: (row) => [deliveryAccess(row, 'GetDeliveryDestinationPolicy', onPolicy)],
  handle: ({ deliveryDestinationName: name }, { account, region }, { deliveries }) => {
    const found = deliveries.destinations.find(deliveryArn('delivery-destination', { account, region, name }));
    if (!found) throw noSuch('Delivery Destination');
    return { policy: { deliveryDestinationPolicy: found.policy } };
  },
});

export const deleteDeliveryDestinationPolicy = deliveryOperation({
  name: 'DeleteDeliveryDestinationPolicy',
  limits: POLICY_NAME,
  access: (row) => [deliveryAccess(row, 'DeleteDeliveryDestinationPolicy', onPolicy)],
  handle: async ({ deliveryDestinationName: name }, { account, region }, { deliveries }) => {
    const found = deliveries.destinations.find(deliveryArn('delivery-destination', { account, region, name }));
    if (!found) throw noSuch('Delivery Destination');
    await deliveries.destinations.put({ ...found, policy: undefined });
  },
});
