import type { RecordedService } from '../recorded-case.js';

const bucket = (Bucket: string) => ['CreateBucket', { Bucket }] as const;
const QUEUE = 'arn:aws:sqs:us-east-1:111111111111:not-there';

/** What AWS's S3 was recorded to answer. Names of buckets are one for all accounts, so that each case has its own. */
export default {
  service: 's3',
  cases: [
    {
      name: 'a bucket has the tags that it is made with, where no region is named',
      recorded: '2026-02',
      given: [
        ['CreateBucket', { Bucket: 'recorded-tags', CreateBucketConfiguration: { Tags: [{ Key: 'a', Value: 'b' }] } }],
      ],
      ask: ['GetBucketTagging', { Bucket: 'recorded-tags' }],
      at: 'TagSet',
      answer: [{ Key: 'a', Value: 'b' }],
    },
    {
      name: 'a configuration of metrics is taken without content',
      recorded: '2026-02',
      given: [bucket('recorded-metrics')],
      ask: [
        'PutBucketMetricsConfiguration',
        { Bucket: 'recorded-metrics', Id: 'all', MetricsConfiguration: { Id: 'all' } },
      ],
      at: '$metadata.httpStatusCode',
      answer: 204,
    },
    {
      name: 'the tags of an object that is not there: the key has the bucket before it',
      recorded: '2026-02',
      given: [bucket('recorded-no-tags')],
      ask: ['GetObjectTagging', { Bucket: 'recorded-no-tags', Key: 'key' }],
      error: { code: 'NoSuchKey', Key: 'recorded-no-tags/key', status: 404 },
    },
    {
      name: 'the tags of an object that is not there are not deleted, and the key is alone',
      recorded: '2026-02',
      given: [bucket('recorded-no-delete')],
      ask: ['DeleteObjectTagging', { Bucket: 'recorded-no-delete', Key: 'key' }],
      error: { code: 'NoSuchKey', Key: 'key', status: 404 },
    },
    {
      name: 'a queue that is not there gets no notifications',
      recorded: '2025-01',
      given: [bucket('recorded-no-queue')],
      ask: [
        'PutBucketNotificationConfiguration',
        {
          Bucket: 'recorded-no-queue',
          NotificationConfiguration: {
            QueueConfigurations: [{ QueueArn: QUEUE, Events: ['s3:ObjectCreated:*'] }],
          },
        },
      ],
      error: {
        code: 'InvalidArgument',
        message: 'Unable to validate the following destination configurations',
        ArgumentName1: QUEUE,
        ArgumentValue1: 'The destination queue does not exist',
      },
    },
  ],
} satisfies RecordedService;
