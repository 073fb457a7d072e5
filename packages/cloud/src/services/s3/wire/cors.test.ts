import { CreateBucketCommand, PutBucketCorsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { presignedUrl } from '../../../../../../tests/processes/presigned-url.js';
import { connectRaw } from '../../../../../../tests/processes/raw-connection.js';
import { type TestCloud, testCloud } from '../../../testing/test-cloud.js';

const Bucket = 'bucket';
const ORIGIN = 'https://app.example';

async function bucketWith(cloud: TestCloud, rules: object | undefined): Promise<void> {
  const client = new S3Client(cloud.clientConfig());
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
  await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'hello' }));
  if (!rules) return;
  const CORSRules = [{ AllowedMethods: ['GET', 'PUT'], AllowedOrigins: ['*'], ...rules }];
  await client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
}

/** What a page's request is answered; fetch itself would not send Origin. */
async function ask(cloud: TestCloud, method: string, path: string, headers: Readonly<Record<string, string>>) {
  const { host } = new URL(cloud.endpoint);
  using connection = await connectRaw(cloud.endpoint);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  connection.send(`${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${lines.join('')}\r\n`);
  const text = await connection.closed();
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [status = '', ...fields] = head.split('\r\n');
  const answered = fields.map((field) => field.split(/: (.*)/s).slice(0, 2) as [string, string]);
  return { status: Number(status.split(' ')[1]), headers: Object.fromEntries(answered), body };
}

const preflight = { Origin: ORIGIN, 'Access-Control-Request-Method': 'PUT' };

test('a preflight gets the headers of the rule that fits', async () => {
  await using cloud = await testCloud();
  const rule = { AllowedOrigins: [ORIGIN], AllowedHeaders: ['x-amz-*'], ExposeHeaders: ['ETag'], MaxAgeSeconds: 30 };
  await bucketWith(cloud, rule);
  const asked = { ...preflight, 'Access-Control-Request-Headers': 'X-Amz-Meta-A' };
  const { status, headers } = await ask(cloud, 'OPTIONS', '/bucket/a', asked);
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'Access-Control-Allow-Origin': ORIGIN,
    'Access-Control-Allow-Methods': 'GET, PUT',
    'Access-Control-Allow-Headers': 'x-amz-meta-a',
    'Access-Control-Expose-Headers': 'ETag',
    'Access-Control-Max-Age': '30',
    'Access-Control-Allow-Credentials': 'true',
    Vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  });
});

test.each([
  ['an origin that no rule names', { AllowedOrigins: ['https://other.example'] }, 'is not allowed'],
  ['a bucket without rules', undefined, 'CORSResponse: CORS is not enabled for this bucket.'],
])('a preflight is refused: %s', async (_what, rules, words) => {
  await using cloud = await testCloud();
  await bucketWith(cloud, rules);
  const { status, body } = await ask(cloud, 'OPTIONS', '/bucket/a', preflight);
  expect(status).toBe(403);
  expect(body).toContain('<Code>AccessForbidden</Code>');
  expect(body).toContain(words);
});

test('a preflight without an origin is a bad request', async () => {
  await using cloud = await testCloud();
  await bucketWith(cloud, {});
  const { status, body } = await ask(cloud, 'OPTIONS', '/bucket/a', {});
  expect(status).toBe(400);
  expect(body).toContain('Insufficient information. Origin request header needed.');
});

test('a page reads by a presigned URL where a rule lets it, and not where a bucket has none', async () => {
  await using cloud = await testCloud();
  await bucketWith(cloud, {});
  const url = new URL(presignedUrl('GET', '/bucket/a', { ...cloud.clientConfig(), region: 'eu-west-1' }));
  const path = url.pathname + url.search;
  const read = await ask(cloud, 'GET', path, { Origin: ORIGIN });
  expect(read).toMatchObject({ status: 200, body: 'hello' });
  expect(read.headers).toMatchObject({ 'Access-Control-Allow-Origin': '*' });
  const other = await ask(cloud, 'GET', path.replace('/bucket/', '/other/'), { Origin: ORIGIN });
  expect(other).toMatchObject({ status: 403, body: expect.stringContaining('does not answer web pages') });
});
