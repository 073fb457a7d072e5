import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { testCloud } from '../../../testing/test-cloud.js';

// As recorded of AWS by the tests of LocalStack (test_s3_notifications_sqs.py, 2025-01; test_s3_api.py, 2026-02).

const Bucket = 'bucket';
const QueueArn = 'arn:aws:sqs:eu-west-1:000000000000:events';
const Policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: QueueArn },
  ],
});
const traceId = 'Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1';

test('a queue has the trace of the request that caused an event, and S3 itself ends a restore', async () => {
  await using cloud = await testCloud();
  const config = cloud.clientConfig();
  const s3 = new S3(config);
  const sqs = new SQS(config);
  await s3.createBucket({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
  const { QueueUrl } = await sqs.createQueue({ QueueName: 'events', Attributes: { Policy } });
  const Events = ['s3:ObjectCreated:*', 's3:ObjectRestore:Completed'] as const;
  await s3.putBucketNotificationConfiguration({
    Bucket,
    NotificationConfiguration: { QueueConfigurations: [{ QueueArn, Events: [...Events] }] },
    SkipDestinationValidation: true,
  });
  const received = async () => {
    const { Messages = [] } = await sqs.receiveMessage({
      QueueUrl,
      WaitTimeSeconds: 10,
      MessageSystemAttributeNames: ['AWSTraceHeader'],
    });
    const [{ Body = '', Attributes, ReceiptHandle } = {}] = Messages;
    await sqs.deleteMessage({ QueueUrl, ReceiptHandle });
    return { trace: Attributes?.AWSTraceHeader, event: JSON.parse(Body).Records?.[0] };
  };
  s3.middlewareStack.add(
    (next) => (args) => {
      Object.assign(Reflect.get(args.request ?? {}, 'headers') ?? {}, { 'X-Amzn-Trace-Id': traceId });
      return next(args);
    },
    { step: 'build' },
  );
  await s3.putObject({ Bucket, Key: 'a', Body: 'x', StorageClass: 'GLACIER' });
  expect(await received()).toMatchObject({ trace: traceId, event: { eventName: 'ObjectCreated:Put' } });
  await s3.restoreObject({
    Bucket,
    Key: 'a',
    RestoreRequest: { Days: 1, GlacierJobParameters: { Tier: 'Standard' } },
  });
  const { event } = await received();
  expect(event).toMatchObject({
    eventName: 'ObjectRestore:Completed',
    userIdentity: { principalId: `AmazonCustomer:${event.s3.bucket.ownerIdentity.principalId}` },
  });
});

test('a configuration of metrics is answered by 204', async () => {
  await using cloud = await testCloud();
  const s3 = new S3(cloud.clientConfig());
  await s3.createBucket({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
  const put = await s3.putBucketMetricsConfiguration({ Bucket, Id: 'all', MetricsConfiguration: { Id: 'all' } });
  expect(put.$metadata.httpStatusCode).toBe(204);
});
