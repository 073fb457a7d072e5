import * as s3 from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { type TestCloud, testCloud } from '../../testing/test-cloud.js';

const Bucket = 'bucket';

async function bucketClient(cloud: TestCloud): Promise<s3.S3Client> {
  const client = new s3.S3Client(cloud.clientConfig());
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
  await client.send(new s3.CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  return client;
}

const answered = (answer: object): object => ({ ...answer, $metadata: undefined });

test.each([
  [
    'an acceleration',
    new s3.PutBucketAccelerateConfigurationCommand({ Bucket, AccelerateConfiguration: { Status: 'Enabled' } }),
    new s3.GetBucketAccelerateConfigurationCommand({ Bucket }),
    { Status: 'Enabled' },
  ],
  [
    'who pays',
    new s3.PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration: { Payer: 'Requester' } }),
    new s3.GetBucketRequestPaymentCommand({ Bucket }),
    { Payer: 'Requester' },
  ],
  [
    'a website',
    new s3.PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } } }),
    new s3.GetBucketWebsiteCommand({ Bucket }),
    { IndexDocument: { Suffix: 'index.html' } },
  ],
  [
    'a log of its own',
    new s3.PutBucketLoggingCommand({
      Bucket,
      BucketLoggingStatus: { LoggingEnabled: { TargetBucket: Bucket, TargetPrefix: 'log/' } },
    }),
    new s3.GetBucketLoggingCommand({ Bucket }),
    { LoggingEnabled: { TargetBucket: Bucket, TargetPrefix: 'log/' } },
  ],
  [
    'a lifecycle',
    new s3.PutBucketLifecycleConfigurationCommand({
      Bucket,
      LifecycleConfiguration: {
        Rules: [{ ID: 'i', Status: 'Enabled', Filter: { Prefix: 'a/' }, Expiration: { Days: 7 } }],
      },
    }),
    new s3.GetBucketLifecycleConfigurationCommand({ Bucket }),
    {
      Rules: [{ ID: 'i', Status: 'Enabled', Filter: { Prefix: 'a/' }, Expiration: { Days: 7 } }],
      TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K',
    },
  ],
] as const)('%s of a bucket is kept and answered', async (_what, put, get, expected) => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  await client.send(put as never);
  expect(answered(await client.send(get as never))).toEqual(expected);
});

test('configurations by id are kept, listed and deleted', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  for (const Id of ['two', 'one']) {
    const MetricsConfiguration = { Id, Filter: { Prefix: 'logs/' } };
    await client.send(new s3.PutBucketMetricsConfigurationCommand({ Bucket, Id, MetricsConfiguration }));
  }
  const listed = await client.send(new s3.ListBucketMetricsConfigurationsCommand({ Bucket }));
  expect(listed.MetricsConfigurationList?.map(({ Id }) => Id)).toEqual(['one', 'two']);
  await client.send(new s3.DeleteBucketMetricsConfigurationCommand({ Bucket, Id: 'one' }));
  const command = new s3.GetBucketMetricsConfigurationCommand({ Bucket, Id: 'one' });
  await expect(client.send(command)).rejects.toMatchObject({ name: 'NoSuchConfiguration' });
});

test.each([
  [new s3.GetBucketWebsiteCommand({ Bucket }), 'NoSuchWebsiteConfiguration'],
  [new s3.GetBucketCorsCommand({ Bucket }), 'NoSuchCORSConfiguration'],
  [new s3.GetBucketLifecycleConfigurationCommand({ Bucket }), 'NoSuchLifecycleConfiguration'],
  [new s3.GetBucketReplicationCommand({ Bucket }), 'ReplicationConfigurationNotFoundError'],
  [new s3.GetBucketTaggingCommand({ Bucket }), 'NoSuchTagSet'],
  [new s3.GetObjectLockConfigurationCommand({ Bucket }), 'ObjectLockConfigurationNotFoundError'],
] as const)('what a bucket does not have is told by its own name: %#', async (command, name) => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  await expect(client.send(command as never)).rejects.toMatchObject({ name, BucketName: Bucket });
});

test('a lifecycle tells of an object when it ends', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const Rules = [{ ID: 'i', Status: 'Enabled' as const, Filter: { Prefix: 'a/' }, Expiration: { Days: 7 } }];
  await client.send(new s3.PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
  const put = async (Key: string) => (await client.send(new s3.PutObjectCommand({ Bucket, Key }))).Expiration;
  expect(await put('a/1')).toMatch(/^expiry-date="\w{3}, \d\d \w{3} \d{4} 00:00:00 GMT", rule-id="i"$/);
  expect(await put('b')).toBeUndefined();
});

test('a bucket that an earlier version stored keeps its settings', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const area = cloud.context.store.root.area('s3').area('bucket');
  const { settings: _settings, ...bucket } = (await area.get<{ settings: object }>(Bucket)) ?? { settings: {} };
  const configurations = {
    cors: { CORSRule: { AllowedMethod: ['GET', 'PUT'], AllowedOrigin: '*', MaxAgeSeconds: '3' } },
    tagging: { TagSet: { Tag: { Key: 'k', Value: 'v' } } },
  };
  await area.batch([{ key: Bucket, value: { ...bucket, configurations } }]);
  expect((await client.send(new s3.GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual([{ Key: 'k', Value: 'v' }]);
  const { CORSRules } = await client.send(new s3.GetBucketCorsCommand({ Bucket }));
  expect(CORSRules).toEqual([{ AllowedMethods: ['GET', 'PUT'], AllowedOrigins: ['*'], MaxAgeSeconds: 3 }]);
});
