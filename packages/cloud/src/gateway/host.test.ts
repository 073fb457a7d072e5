import { expect, test } from 'vitest';
import { isAllowedHost, serviceHosts } from './host.js';

const isServed = serviceHosts(['s3', 'execute-api', 'sqs', 'iam', 'ecr', 'dynamodb']);

test.each([
  '127.0.0.1:4566',
  'localhost:4566',
  'LOCALHOST',
  '[::1]:4566',
  'bucket.localhost:4566',
  'a.b.localhost',
  'abc123.execute-api.eu-west-1.amazonaws.com',
  's3.amazonaws.com',
  's3.eu-west-1.amazonaws.com',
  'bucket.s3.amazonaws.com',
  'bucket.s3.eu-west-1.amazonaws.com',
  'a.dotted.bucket.s3.dualstack.us-gov-east-1.amazonaws.com',
  'bucket.s3-eu-west-1.amazonaws.com',
  'bucket.s3.cn-north-1.amazonaws.com.cn',
  'SQS.eu-west-1.amazonaws.com:443',
  'iam.amazonaws.com',
  'api.ecr.eu-west-1.amazonaws.com',
  'streams.dynamodb.eu-west-1.amazonaws.com',
])('the host %s is answered', (host) => {
  expect(isAllowedHost(host, '127.0.0.1', isServed)).toBe(true);
});

test.each([
  undefined,
  '',
  'example.com',
  '127.0.0.1.example.com',
  'amazonaws.com.example.com',
  'localhost.example.com',
  '10.0.0.1',
  'amazonaws.com',
  'evil.amazonaws.com',
  'evil.sqs.eu-west-1.amazonaws.com',
  'ec2-1-2-3-4.eu-west-1.compute.amazonaws.com',
  'kinesis.eu-west-1.amazonaws.com',
  'execute-api.eu-west-1.amazonaws.com',
  'abc.lambda-url.eu-west-1.on.aws',
  'evil.s3-website-eu-west-1.amazonaws.com',
  'sqs.evil.amazonaws.com',
])('the host %s is not answered', (host) => {
  expect(isAllowedHost(host, '127.0.0.1', isServed)).toBe(false);
});

test('an address is answered where every address is listened on', () => {
  expect(isAllowedHost('10.0.0.1:4566', '0.0.0.0', isServed)).toBe(true);
  expect(isAllowedHost('example.com', '0.0.0.0', isServed)).toBe(false);
});
