import type { RecordedService } from '../recorded-case.js';

const queue = (QueueName: string, Attributes: object = {}) => ['CreateQueue', { QueueName, Attributes }] as const;
const QueueUrl = '<CreateQueue.QueueUrl>';

/** A policy whose author's shell did not fill in the queue's ARN. */
const UNFILLED_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sqs:SendMessage', Resource: "'$sqs_queue_arn'" }],
});

/** What AWS's SQS was recorded to answer. */
export default {
  service: 'sqs',
  cases: [
    {
      name: 'a queue that is encrypted by a key shows how long data keys are used',
      recorded: '2025-08',
      given: [
        queue('jobs'),
        [
          'SetQueueAttributes',
          { QueueUrl, Attributes: { KmsMasterKeyId: 'testKeyId', KmsDataKeyReusePeriodSeconds: '6000' } },
        ],
      ],
      ask: [
        'GetQueueAttributes',
        { QueueUrl, AttributeNames: ['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled'] },
      ],
      at: 'Attributes',
      answer: { KmsMasterKeyId: 'testKeyId', KmsDataKeyReusePeriodSeconds: '6000', SqsManagedSseEnabled: 'false' },
    },
    {
      name: 'a queue is encrypted by a key or by SQS',
      recorded: '2025-08',
      given: [queue('jobs')],
      ask: [
        'SetQueueAttributes',
        { QueueUrl, Attributes: { KmsMasterKeyId: 'testKeyId', SqsManagedSseEnabled: 'true' } },
      ],
      error: {
        code: 'InvalidAttributeName',
        message:
          'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
      },
    },
    {
      name: 'the scope of deduplication is one of FIFO queues',
      recorded: '2024-05',
      ask: queue('jobs', { DeduplicationScope: 'queue' }),
      error: {
        code: 'InvalidAttributeName',
        message: 'You can specify the DeduplicationScope only when FifoQueue is set to true.',
      },
    },
    {
      name: "the resource in a queue's policy may be text that is no ARN",
      recorded: '2024-04',
      given: [queue('jobs'), ['SetQueueAttributes', { QueueUrl, Attributes: { Policy: UNFILLED_POLICY } }]],
      ask: ['GetQueueAttributes', { QueueUrl, AttributeNames: ['Policy'] }],
      answer: { Attributes: { Policy: UNFILLED_POLICY } },
    },
    {
      name: 'a queue without tags has no member for them',
      recorded: '2024-04',
      given: [queue('jobs')],
      ask: ['ListQueueTags', { QueueUrl }],
      answer: {},
    },
  ],
} satisfies RecordedService;
