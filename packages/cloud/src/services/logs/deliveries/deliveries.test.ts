import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { testCloud } from '../../../testing/index.js';
import { logs as service } from '../index.js';

const ARN = 'arn:aws:logs:eu-west-1:000000000000';
const deliveryDestinationArn = `${ARN}:delivery-destination:audit`;
const resourceArn = 'arn:aws:events:eu-west-1:000000000000:event-bus/orders';

async function deliveryCloud() {
  const cloud = await testCloud({ services: [service], iam: 'off' });
  const logs = new CloudWatchLogs({ ...cloud.clientConfig(), maxAttempts: 1 });
  const destinationResourceArn = 'arn:aws:logs:eu-west-1:000000000000:log-group:audit';
  await logs.putDeliveryDestination({ name: 'audit', deliveryDestinationConfiguration: { destinationResourceArn } });
  await logs.putDeliverySource({ name: 'orders', resourceArn, logType: 'ERROR_LOGS' });
  return { ...cloud, logs };
}

test('a source and a destination cannot go as long as a delivery connects them', async () => {
  await using cloud = await deliveryCloud();
  const { logs } = cloud;
  const { delivery } = await logs.createDelivery({ deliverySourceName: 'orders', deliveryDestinationArn });
  expect(delivery).toMatchObject({ deliverySourceName: 'orders', deliveryDestinationType: 'CWL' });
  expect(delivery).not.toHaveProperty('s3DeliveryConfiguration');
  const conflict = { name: 'ConflictException' };
  await expect(logs.createDelivery({ deliverySourceName: 'orders', deliveryDestinationArn })).rejects.toMatchObject(
    conflict,
  );
  await expect(logs.deleteDeliverySource({ name: 'orders' })).rejects.toMatchObject(conflict);
  await expect(logs.deleteDeliveryDestination({ name: 'audit' })).rejects.toMatchObject(conflict);
  await logs.deleteDelivery({ id: delivery?.id ?? '' });
  await logs.deleteDeliverySource({ name: 'orders' });
  await logs.deleteDeliveryDestination({ name: 'audit' });
  expect((await logs.describeDeliverySources({})).deliverySources).toEqual([]);
  expect((await logs.describeDeliveryDestinations({})).deliveryDestinations).toEqual([]);
  expect((await logs.describeDeliveries({})).deliveries).toEqual([]);
});

test('a source keeps its resource, which sends logs of one type through one source', async () => {
  await using cloud = await deliveryCloud();
  const other = 'arn:aws:events:eu-west-1:000000000000:event-bus/other';
  await expect(
    cloud.logs.putDeliverySource({ name: 'orders', resourceArn: other, logType: 'ERROR_LOGS' }),
  ).rejects.toMatchObject({
    name: 'ConflictException',
    message:
      'Update to existing Delivery Source with new ResourceId is not allowed. Please create a new Delivery Source instead.',
  });
  await expect(
    cloud.logs.putDeliverySource({ name: 'again', resourceArn, logType: 'ERROR_LOGS' }),
  ).rejects.toMatchObject({ name: 'ConflictException' });
});

test('the format of a delivery changes, and its tags are listed by its ARN', async () => {
  await using cloud = await deliveryCloud();
  const { logs } = cloud;
  const { delivery } = await logs.createDelivery({
    deliverySourceName: 'orders',
    deliveryDestinationArn,
    tags: { team: 'orders' },
  });
  const id = delivery?.id ?? '';
  await logs.updateDeliveryConfiguration({ id, recordFields: ['time'], fieldDelimiter: ';' });
  expect((await logs.getDelivery({ id })).delivery).toMatchObject({ recordFields: ['time'], fieldDelimiter: ';' });
  const arn = `${ARN}:delivery:${id}`;
  expect((await logs.listTagsForResource({ resourceArn: arn })).tags).toEqual({ team: 'orders' });
});
