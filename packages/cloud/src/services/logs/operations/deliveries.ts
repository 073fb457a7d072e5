import { anything, requestTags } from '../../../core/access.js';
import { randomId } from '../../../core/random-id.js';
import { withTags } from '../../../kit/tags.js';
import { deliveryAccess } from '../deliveries/delivery-access.js';
import { conflict, noSuch } from '../deliveries/delivery-error.js';
import { type Delivery, type DeliveryFormat, type DeliveryType, deliveryArn } from '../deliveries/delivery-store.js';
import { defaultFormat } from '../deliveries/vended-logs.js';
import { page } from '../log-input.js';
import { deliveryOperation } from '../service-state.js';
import { GROUP_TAGS } from './tagging.js';

const ID = { min: 1, max: 64, pattern: /[0-9A-Za-z]+/ };
const FORMAT = { recordFields: { min: 0, max: 128 }, fieldDelimiter: { min: 0, max: 5 } };
const ID_LENGTH = 16;

const onDelivery = { kind: 'delivery', nameOf: ({ id }: { id: string }) => id } as const;

const shown = (delivery: Delivery) => ({
  id: delivery.name,
  arn: deliveryArn('delivery', delivery),
  deliverySourceName: delivery.source,
  deliveryDestinationArn: delivery.destinationArn,
  deliveryDestinationType: delivery.destinationType,
  ...delivery.format,
  ...(Object.keys(delivery.tags).length > 0 && { tags: delivery.tags }),
});

/** Only objects of S3 have a path. */
function formatOf(given: DeliveryFormat, defaults: DeliveryFormat, type: DeliveryType): DeliveryFormat {
  const { recordFields = defaults.recordFields, fieldDelimiter, s3DeliveryConfiguration: path } = given;
  return {
    ...(recordFields && { recordFields }),
    ...(fieldDelimiter !== undefined && { fieldDelimiter }),
    ...(type === 'S3' && {
      s3DeliveryConfiguration: {
        enableHiveCompatiblePath: false,
        ...defaults.s3DeliveryConfiguration,
        ...Object.fromEntries(Object.entries(path ?? {}).filter(([, value]) => value !== undefined)),
      },
    }),
  };
}

export const createDelivery = deliveryOperation({
  name: 'CreateDelivery',
  limits: { deliverySourceName: { min: 1, max: 60, pattern: /[\w-]*/ }, ...FORMAT },
  parse: ({ deliverySourceName: source, deliveryDestinationArn: destinationArn, tags = {}, ...format }) => ({
    source,
    destinationArn,
    tags,
    format,
    id: randomId.mixed(ID_LENGTH),
  }),
  access: (row) => [
    deliveryAccess(row, 'CreateDelivery', { ...onDelivery, keys: requestTags(({ tags }) => tags) }),
    deliveryAccess(row, 'CreateDelivery', {
      kind: 'delivery-source',
      nameOf: ({ source }) => source,
      keys: requestTags(({ tags }) => tags),
    }),
    row({
      action: 'logs:CreateDelivery',
      type: 'delivery-destination',
      on: ({ destinationArn }, _call, { deliveries }) => {
        const found = deliveries.destinations.find(destinationArn);
        return { resource: destinationArn, tags: found?.tags, resourcePolicy: async () => found?.policy };
      },
      keys: { 'aws:ResourceTag/*': ({ target }) => target.tags, ...requestTags(({ tags }) => tags) },
    }),
  ],
  handle: async ({ id, source, destinationArn, tags, format }, call, { deliveries: store }) => {
    const { account, region } = call;
    const from = store.sources.find(deliveryArn('delivery-source', { account, region, name: source }));
    if (!from) throw noSuch('Delivery Source');
    const to = store.destinations.find(destinationArn);
    if (!to) throw noSuch('Delivery Destination');
    const connected = store.deliveries
      .list(call, ({ name }) => name)
      .some((each) => each.source === source && each.destinationArn === destinationArn);
    if (connected) throw conflict('Delivery already exists for the given Delivery Source and Delivery Destination.');
    const delivery: Delivery = {
      account,
      region,
      name: id,
      source,
      destinationArn,
      destinationType: to.type,
      format: formatOf(format, defaultFormat(from.service), to.type),
      tags: withTags({}, tags, GROUP_TAGS, call),
    };
    await store.deliveries.put(delivery);
    return { delivery: shown(delivery) };
  },
});

export const updateDeliveryConfiguration = deliveryOperation({
  name: 'UpdateDeliveryConfiguration',
  limits: { id: ID, ...FORMAT },
  access: (row) => [
    // AWS's reference has keys of tags here, though the operation gives none.
    deliveryAccess(row, 'UpdateDeliveryConfiguration', { ...onDelivery, keys: requestTags(() => undefined) }),
  ],
  handle: async ({ id: name, ...format }, { account, region }, { deliveries: store }) => {
    const found = store.deliveries.find(deliveryArn('delivery', { account, region, name }));
    if (!found) throw noSuch('Delivery');
    await store.deliveries.put({ ...found, format: formatOf(format, found.format, found.destinationType) });
  },
});

export const getDelivery = deliveryOperation({
  name: 'GetDelivery',
  limits: { id: ID },
  access: (row) => [deliveryAccess(row, 'GetDelivery', onDelivery)],
  handle: ({ id: name }, { account, region }, { deliveries: { deliveries } }) => {
    const found = deliveries.find(deliveryArn('delivery', { account, region, name }));
    if (!found) throw noSuch('Delivery');
    return { delivery: shown(found) };
  },
});

export const describeDeliveries = deliveryOperation({
  name: 'DescribeDeliveries',
  limits: { limit: { min: 1, max: 50 } },
  access: (row) => [row({ action: 'logs:DescribeDeliveries', on: anything })],
  handle: ({ nextToken: token, limit = 50 }, call, { deliveries: { deliveries } }) => {
    const all = deliveries.list(call, ({ name }) => name);
    const { items, next } = page(all, ({ name }) => name, { limit, token }, ['DescribeDeliveries']);
    return { deliveries: items.map(shown), nextToken: next };
  },
});

export const deleteDelivery = deliveryOperation({
  name: 'DeleteDelivery',
  limits: { id: ID },
  access: (row) => [deliveryAccess(row, 'DeleteDelivery', onDelivery)],
  handle: async ({ id: name }, { account, region }, { deliveries: { deliveries } }) => {
    const arn = deliveryArn('delivery', { account, region, name });
    if (!deliveries.find(arn)) throw noSuch('Delivery');
    await deliveries.delete(arn);
  },
});
