import { expect } from 'vitest';
import type { RecordedService } from '../recorded-case.js';

const ARN = 'arn:aws:logs:us-east-1:111111111111';
const BUCKET = { destinationResourceArn: 'arn:aws:s3:::audit' };
const destination = [
  'PutDeliveryDestination',
  { name: 'audit', deliveryDestinationConfiguration: BUCKET, outputFormat: 'json', tags: { a: 'b' } },
] as const;
const distribution = {
  name: 'site',
  resourceArn: 'arn:aws:cloudfront::111111111111:distribution/E1Q5F5862X9VJ5',
  logType: 'ACCESS_LOGS',
};
const source = ['PutDeliverySource', distribution] as const;
const group = ['CreateLogGroup', { logGroupName: 'orders' }] as const;
const POLICY = JSON.stringify({
  Statement: [
    {
      Resource: 'log_arn',
      Effect: 'Allow',
      Principal: { Service: ['route53.amazonaws.com'] },
      Action: 'logs:PutLogEvents',
    },
  ],
});
const policy = ['PutResourcePolicy', { policyName: 'dns', policyDocument: POLICY }] as const;
const metric = (at: number) => ({ metricNamespace: `n${at}`, metricName: `m${at}`, metricValue: '1' });
const printed = (at: number) =>
  `MetricTransformation(metricName=m${at}, metricNamespace=n${at}, metricValue=1, defaultValue=null, unit=null, dimensions=null)`;
const missing = (what: string) => ({
  code: 'ResourceNotFoundException',
  message: `Requested ${what} does not exist in this account.`,
  status: 400,
});

/** What AWS's CloudWatch Logs was recorded to answer. */
export default {
  service: 'logs',
  cases: [
    {
      name: 'the answer to a delivery destination that is put has no tags',
      recorded: '2026-02',
      ask: destination,
      at: 'deliveryDestination',
      answer: {
        name: 'audit',
        arn: `${ARN}:delivery-destination:audit`,
        deliveryDestinationType: 'S3',
        deliveryDestinationConfiguration: BUCKET,
        outputFormat: 'json',
      },
    },
    {
      name: 'a format that logs are not delivered in is a ValidationException',
      recorded: '2026-02',
      ask: ['PutDeliveryDestination', { ...destination[1], outputFormat: 'foobar' }],
      error: {
        code: 'ValidationException',
        message:
          "1 validation error detected: Value 'foobar' at 'outputFormat' failed to satisfy constraint: Member must satisfy enum value set: [w3c, raw, json, plain, parquet]",
      },
    },
    {
      name: 'the policy of a delivery destination is empty once it is deleted',
      recorded: '2026-02',
      given: [
        destination,
        ['PutDeliveryDestinationPolicy', { deliveryDestinationName: 'audit', deliveryDestinationPolicy: '{}' }],
        ['DeleteDeliveryDestinationPolicy', { deliveryDestinationName: 'audit' }],
      ],
      ask: ['GetDeliveryDestinationPolicy', { deliveryDestinationName: 'audit' }],
      at: 'policy',
      answer: {},
    },
    {
      name: 'a delivery destination that is not there',
      recorded: '2026-02',
      ask: ['GetDeliveryDestination', { name: 'audit' }],
      error: missing('Delivery Destination'),
    },
    {
      name: 'a delivery source that is not there',
      recorded: '2026-02',
      ask: ['GetDeliverySource', { name: 'site' }],
      error: missing('Delivery Source'),
    },
    {
      name: 'a resource that sends no logs is no delivery source',
      recorded: '2026-02',
      ask: ['PutDeliverySource', { name: 'site', resourceArn: 'arn:aws:s3:::audit', logType: 'ACCESS_LOGS' }],
      error: { code: 'ResourceNotFoundException', message: 'Cannot access provided service.' },
    },
    {
      name: 'a delivery source has the service of its resource, and its tags',
      recorded: '2026-02',
      ask: ['PutDeliverySource', { ...distribution, tags: { a: 'b' } }],
      at: 'deliverySource',
      answer: {
        name: 'site',
        arn: `${ARN}:delivery-source:site`,
        logType: 'ACCESS_LOGS',
        resourceArns: [distribution.resourceArn],
        service: 'cloudfront',
        tags: { a: 'b' },
      },
    },
    {
      name: 'a delivery of CloudFront to S3 has the path of its objects where none is given',
      recorded: '2026-02',
      given: [
        destination,
        source,
        ['CreateDelivery', { deliverySourceName: 'site', deliveryDestinationArn: `${ARN}:delivery-destination:audit` }],
      ],
      ask: ['GetDelivery', { id: '<CreateDelivery.delivery.id>' }],
      at: 'delivery.s3DeliveryConfiguration',
      answer: { suffixPath: 'AWSLogs/{account-id}/CloudFront/', enableHiveCompatiblePath: false },
    },
    {
      name: 'a delivery that is not there',
      recorded: '2026-02',
      ask: ['GetDelivery', { id: 'abc' }],
      error: missing('Delivery'),
    },
    {
      name: 'no destinations are an empty list',
      recorded: '2026-02',
      ask: ['DescribeDestinations', { DestinationNamePrefix: 'none' }],
      at: 'destinations',
      answer: [],
    },
    {
      name: 'an export into a bucket that is not there is refused',
      recorded: '2026-02',
      given: [group],
      ask: ['CreateExportTask', { logGroupName: 'orders', from: 1, to: 2, destination: 'no-such-bucket' }],
      error: {
        code: 'InvalidParameterException',
        message: 'The given bucket does not exist. Please make sure the bucket is valid.',
      },
    },
    {
      name: 'an export of a group that is not there is refused',
      recorded: '2026-02',
      ask: ['CreateExportTask', { logGroupName: 'orders', from: 1, to: 2, destination: 'no-such-bucket' }],
      error: { code: 'ResourceNotFoundException', message: 'The specified log group does not exist.' },
    },
    {
      name: 'an export task that is not there is an empty list',
      recorded: '2026-02',
      ask: ['DescribeExportTasks', { taskId: 'none' }],
      at: 'exportTasks',
      answer: [],
    },
    {
      name: 'an export task that is not there cannot be cancelled',
      recorded: '2026-02',
      ask: ['CancelExportTask', { taskId: 'none' }],
      error: { code: 'ResourceNotFoundException', message: 'The specified export task does not exist.' },
    },
    {
      name: "a resource policy is answered as it was given when it is put, and is the account's",
      recorded: '2026-02',
      ask: policy,
      at: 'resourcePolicy',
      answer: {
        policyName: 'dns',
        policyDocument: POLICY,
        policyScope: 'ACCOUNT',
        lastUpdatedTime: expect.any(Number),
      },
    },
    {
      name: 'a resource policy is described with its version, and a list of one text as the text',
      recorded: '2026-02',
      given: [policy],
      ask: ['DescribeResourcePolicies', {}],
      at: 'resourcePolicies.0.policyDocument',
      answer: JSON.stringify({
        Version: '2008-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'route53.amazonaws.com' },
            Action: 'logs:PutLogEvents',
            Resource: 'log_arn',
          },
        ],
      }),
    },
    {
      name: 'a resource policy that is not there',
      recorded: '2026-02',
      ask: ['DeleteResourcePolicy', { policyName: 'none' }],
      error: { code: 'ResourceNotFoundException', message: 'Policy with name [none] does not exist.' },
    },
    {
      name: 'a second transformation of a metric filter is refused with all members of both',
      recorded: '2026-02',
      given: [group],
      ask: [
        'PutMetricFilter',
        { logGroupName: 'orders', filterName: 'f', filterPattern: 'p', metricTransformations: [metric(1), metric(2)] },
      ],
      error: {
        code: 'InvalidParameterException',
        message: `1 validation error detected: Value '[${printed(1)}, ${printed(2)}]' at 'metricTransformations' failed to satisfy constraint: Member must have length less than or equal to 1`,
      },
    },
    {
      name: 'the name of a log group that is too long has a sentence of its own in every operation',
      recorded: '2026-02',
      ask: ['DeleteMetricFilter', { logGroupName: 'X'.repeat(513), filterName: 'f' }],
      error: {
        code: 'InvalidParameterException',
        message: 'Invalid LogGroup or LogStream, both must have length less than or equal to 512.',
      },
    },
    {
      name: 'a log group shows the key that encrypts it',
      recorded: '2026-02',
      given: [
        [
          'kms:CreateKey',
          {
            Policy: JSON.stringify({
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }],
            }),
          },
        ],
        ['CreateLogGroup', { logGroupName: 'secrets', kmsKeyId: '<CreateKey.KeyMetadata.Arn>' }],
      ],
      ask: ['DescribeLogGroups', {}],
      at: 'logGroups.0.kmsKeyId',
      answer: '<CreateKey.KeyMetadata.Arn>',
    },
    {
      name: 'the older operations change and list the tags of a log group',
      recorded: '2026-02',
      given: [
        group,
        ['TagLogGroup', { logGroupName: 'orders', tags: { a: '1', b: '2' } }],
        ['UntagLogGroup', { logGroupName: 'orders', tags: ['a'] }],
      ],
      ask: ['ListTagsLogGroup', { logGroupName: 'orders' }],
      at: 'tags',
      answer: { b: '2' },
    },
  ],
} satisfies RecordedService;
