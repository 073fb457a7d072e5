import { createHash, createHmac } from 'node:crypto';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { presignedUrl } from '../../../../../../tests/processes/presigned-url.js';
import { type TestCloud, testCloud } from '../../../testing/test-cloud.js';

const Bucket = 'bucket';

async function bucketClient(cloud: TestCloud): Promise<S3Client> {
  const client = new S3Client(cloud.clientConfig());
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
  await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'hello' }));
  return client;
}

/** A URL of Signature Version 2 ("Query string request authentication alternative", Amazon S3 User Guide). */
function urlV2(cloud: TestCloud, method: string, path: string, more: Readonly<Record<string, string>> = {}): string {
  const { accessKeyId, secretAccessKey } = cloud.clientConfig().credentials;
  const expires = Math.floor(Date.now() / 1000) + 60;
  const amz = Object.entries(more).map(([name, value]) => `${name}:${value}\n`);
  const text = `${method}\n\n\n${expires}\n${amz.sort().join('')}${path}`;
  const Signature = createHmac('sha1', secretAccessKey).update(text).digest('base64');
  const query = new URLSearchParams({ AWSAccessKeyId: accessKeyId, Signature, Expires: String(expires), ...more });
  return `${cloud.endpoint}${path}?${query}`;
}

const membersOf = (xml: string) =>
  Object.fromEntries([...xml.matchAll(/<([\w-]+)>([^<]*)<\/\1>/g)].map(([, name, text]) => [name ?? '', text]));

test('a URL of Signature Version 2 reads and writes', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  expect(await (await fetch(urlV2(cloud, 'GET', '/bucket/a'))).text()).toBe('hello');
  const put = urlV2(cloud, 'PUT', '/bucket/b', { 'x-amz-meta-m': '1' });
  expect((await fetch(put, { method: 'PUT', body: Buffer.from('two') })).status).toBe(200);
  expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'b' }))).toMatchObject({
    ContentLength: 3,
    Metadata: { m: '1' },
  });
});

test('half a signature of version 2 is refused', async () => {
  await using cloud = await testCloud();
  await bucketClient(cloud);
  const url = urlV2(cloud, 'GET', '/bucket/a').replace(/&Signature=[^&]*/, '');
  expect(membersOf(await (await fetch(url)).text())).toMatchObject({
    Code: 'AccessDenied',
    Message: 'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters',
  });
});

test('a signature that does not match is shown with what was signed', async () => {
  await using cloud = await testCloud();
  await bucketClient(cloud);
  const { accessKeyId } = cloud.clientConfig().credentials;
  const v2 = membersOf(await (await fetch(urlV2(cloud, 'GET', '/bucket/a').replace('/a?', '/b?'))).text());
  expect(v2).toMatchObject({
    Code: 'SignatureDoesNotMatch',
    Message:
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    AWSAccessKeyId: accessKeyId,
    StringToSign: expect.stringContaining('/bucket/b'),
    SignatureProvided: expect.any(String),
    StringToSignBytes: expect.stringMatching(/^47 45 54 0a /),
  });
  const url = presignedUrl('GET', '/bucket/a', cloud.clientConfig());
  const v4 = membersOf(await (await fetch(url.replace('/a?', '/b?'))).text());
  expect(v4.CanonicalRequest).toMatch(/^GET\n\/bucket\/b\n/);
  expect(v4.StringToSign).toContain(
    createHash('sha256')
      .update(v4.CanonicalRequest?.replaceAll('&amp;', '&') ?? '')
      .digest('hex'),
  );
});

test('a URL that has expired says when it did', async () => {
  await using cloud = await testCloud();
  await bucketClient(cloud);
  const url = new URL(urlV2(cloud, 'GET', '/bucket/a'));
  url.searchParams.set('Expires', '1000000000');
  expect(membersOf(await (await fetch(url)).text())).toMatchObject({
    Code: 'AccessDenied',
    Message: 'Request has expired',
    Expires: '2001-09-09T01:46:40Z',
    ServerTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  });
});

test("headers of AWS's that are not signed are refused by name", async () => {
  await using cloud = await testCloud();
  await bucketClient(cloud);
  const url = presignedUrl('PUT', '/bucket/b', cloud.clientConfig());
  const response = await fetch(url, { method: 'PUT', body: 'x', headers: { 'x-amz-meta-wrong': '1' } });
  expect(membersOf(await response.text())).toMatchObject({
    Code: 'AccessDenied',
    Message: 'There were headers present in the request which were not signed',
    HeadersNotSigned: 'x-amz-meta-wrong',
  });
});

test('an error has no resource, and names the host that answered', async () => {
  await using cloud = await testCloud();
  await bucketClient(cloud);
  const text = await (await fetch(presignedUrl('GET', '/bucket/none', cloud.clientConfig()))).text();
  expect([...text.matchAll(/<(\w+)>/g)].map(([, name]) => name)).toEqual([
    'Error',
    'Code',
    'Message',
    'Key',
    'RequestId',
    'HostId',
  ]);
});

test('metadata and headers outside of ASCII come back as they went', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const value = '=?UTF-8?B?w4RNw4Raw5XDkSBTMw==?=';
  await client.send(new PutObjectCommand({ Bucket, Key: 'm', Body: 'x', Metadata: { text: value } }));
  const { Metadata } = await client.send(new HeadObjectCommand({ Bucket, Key: 'm' }));
  expect(Metadata).toEqual({ text: '=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?=' });
  const read = await client.send(
    new GetObjectCommand({ Bucket, Key: 'a', ResponseContentDisposition: 'attachment; filename="é.txt"' }),
  );
  expect(read.ContentDisposition).toBe('attachment; filename="é.txt"');
  const command = new GetObjectCommand({ Bucket, Key: 'a', ResponseCacheControl: '—' });
  await expect(client.send(command)).rejects.toMatchObject({
    name: 'InvalidArgument',
    message: 'Header value cannot be represented using ISO-8859-1.',
    ArgumentName: 'response-cache-control',
  });
});
