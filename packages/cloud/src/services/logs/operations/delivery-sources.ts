import { anything, requestTags } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { withTags } from '../../../kit/tags.js';
import { deliveryAccess } from '../deliveries/delivery-access.js';
import { conflict, noSuch } from '../deliveries/delivery-error.js';
import { type DeliverySource, deliveryArn } from '../deliveries/delivery-store.js';
import { VENDING_SERVICES } from '../deliveries/vended-logs.js';
import { page } from '../log-input.js';
import { deliveryOperation } from '../service-state.js';
import { GROUP_TAGS } from './tagging.js';

const NAME = { min: 1, max: 60, pattern: /[\w-]*/ };

const onSource = { kind: 'delivery-source', nameOf: ({ name }: { name: string }) => name } as const;

const shown = (source: DeliverySource) => ({
  name: source.name,
  arn: deliveryArn('delivery-source', source),
  resourceArns: [source.resourceArn],
  service: source.service,
  logType: source.logType,
  deliverySourceConfiguration: source.configuration,
  ...(Object.keys(source.tags).length > 0 && { tags: source.tags }),
});

/** @throws AwsError ResourceNotFoundException for a resource that sends no vended logs */
function serviceOf(resourceArn: string): string {
  const [, , service = ''] = resourceArn.split(':');
  if (!VENDING_SERVICES.has(service)) {
    throw new AwsError('ResourceNotFoundException', 'Cannot access provided service.');
  }
  return service;
}

export const putDeliverySource = deliveryOperation({
  name: 'PutDeliverySource',
  limits: { name: NAME, logType: { min: 1, max: 255, pattern: /[\w]*/ } },
  parse: ({ name, resourceArn, logType, deliverySourceConfiguration: configuration, tags = {} }) => ({
    name,
    resourceArn,
    logType,
    configuration,
    tags,
    service: serviceOf(resourceArn),
  }),
  access: (row) => [
    deliveryAccess(row, 'PutDeliverySource', {
      ...onSource,
      keys: {
        ...requestTags(({ tags }) => tags),
        'logs:LogGeneratingResourceArns': ({ input }) => [input.resourceArn],
      },
    }),
  ],
  handle: async ({ tags, ...given }, call, { deliveries: { sources } }) => {
    const { account, region } = call;
    const before = sources.find(deliveryArn('delivery-source', { account, region, name: given.name }));
    if (before && before.resourceArn !== given.resourceArn) {
      throw conflict(
        'Update to existing Delivery Source with new ResourceId is not allowed. Please create a new Delivery Source instead.',
      );
    }
    const taken = sources
      .list(call, ({ name }) => name)
      .some(
        (source) =>
          source.name !== given.name && source.resourceArn === given.resourceArn && source.logType === given.logType,
      );
    if (taken) throw conflict('This ResourceId has already been used in another Delivery Source in this account.');
    const source = { account, region, ...given, tags: withTags(before?.tags ?? {}, tags, GROUP_TAGS, call) };
    await sources.put(source);
    return { deliverySource: shown(source) };
  },
});

export const getDeliverySource = deliveryOperation({
  name: 'GetDeliverySource',
  limits: { name: NAME },
  access: (row) => [deliveryAccess(row, 'GetDeliverySource', onSource)],
  handle: ({ name }, { account, region }, { deliveries: { sources } }) => {
    const found = sources.find(deliveryArn('delivery-source', { account, region, name }));
    if (!found) throw noSuch('Delivery Source');
    return { deliverySource: shown(found) };
  },
});

export const describeDeliverySources = deliveryOperation({
  name: 'DescribeDeliverySources',
  limits: { limit: { min: 1, max: 50 } },
  access: (row) => [row({ action: 'logs:DescribeDeliverySources', on: anything })],
  handle: ({ nextToken: token, limit = 50 }, call, { deliveries: { sources } }) => {
    const all = sources.list(call, ({ name }) => name);
    const { items, next } = page(all, ({ name }) => name, { limit, token }, ['DescribeDeliverySources']);
    return { deliverySources: items.map(shown), nextToken: next };
  },
});

export const deleteDeliverySource = deliveryOperation({
  name: 'DeleteDeliverySource',
  limits: { name: NAME },
  // AWS's reference has the type of destinations here.
  access: (row) => [deliveryAccess(row, 'DeleteDeliverySource', { ...onSource, type: 'delivery-destination' })],
  handle: async ({ name }, call, { deliveries: { sources, deliveries } }) => {
    const { account, region } = call;
    const arn = deliveryArn('delivery-source', { account, region, name });
    if (!sources.find(arn)) throw noSuch('Delivery Source');
    if (deliveries.list(call, (each) => each.name).some(({ source }) => source === name)) {
      throw conflict('This Delivery Source is currently used by a Delivery. Delete the Delivery first.');
    }
    await sources.delete(arn);
  },
});
