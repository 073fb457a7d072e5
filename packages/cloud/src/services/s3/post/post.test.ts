import { createHmac } from 'node:crypto';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { type TestCloud, testCloud } from '../../../testing/test-cloud.js';

const Bucket = 'bucket';
const DAY = '20261201';
const SCOPE = `${DAY}/eu-west-1/s3/aws4_request`;

async function bucketClient(cloud: TestCloud): Promise<S3Client> {
  const client = new S3Client(cloud.clientConfig());
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
  await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  return client;
}

interface Form {
  readonly fields?: Readonly<Record<string, string>>;
  readonly conditions?: readonly unknown[];
  readonly expiration?: Date;
  readonly without?: string;
  readonly file?: string;
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** What a page posts: the fields of a signed policy and a file. */
async function post(cloud: TestCloud, form: Form = {}): Promise<Response> {
  const { fields = {}, conditions = [], expiration = new Date(Date.now() + 60_000), without, file = 'hello' } = form;
  const { accessKeyId, secretAccessKey } = cloud.clientConfig().credentials;
  const own = {
    key: 'a',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${accessKeyId}/${SCOPE}`,
    'X-Amz-Date': `${DAY}T000000Z`,
  };
  const named = [{ bucket: Bucket }, ...Object.entries(own).map(([name, value]) => ({ [name]: value }))];
  const policy = Buffer.from(JSON.stringify({ expiration, conditions: [...named, ...conditions] })).toString('base64');
  const key = SCOPE.split('/').reduce(hmac, Buffer.from(`AWS4${secretAccessKey}`));
  const signature = hmac(key, policy).toString('hex');
  const data = new FormData();
  const all = { ...own, ...fields, policy, 'X-Amz-Signature': signature };
  for (const [name, value] of Object.entries(all)) if (name !== without) data.append(name, value);
  data.append('file', new Blob([file], { type: 'text/plain' }), 'name.txt');
  return fetch(`${cloud.endpoint}/${Bucket}`, { method: 'POST', body: data, redirect: 'manual' });
}

const errorOf = async (response: Response) => {
  const text = await response.text();
  const [, code] = /<Code>(.*)<\/Code>/.exec(text) ?? [];
  const [, message] = /<Message>(.*)<\/Message>/.exec(text) ?? [];
  return { status: response.status, code, message };
};

test('a form stores its file', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const fields = { 'Content-Type': 'text/css', 'x-amz-meta-m': '1' };
  const response = await post(cloud, {
    fields,
    conditions: [['starts-with', '$Content-Type', 'text/'], { 'x-amz-meta-m': '1' }],
  });
  expect(response.status).toBe(204);
  expect(response.headers.get('etag')).toBe('"5d41402abc4b2a76b9719d911017c592"');
  const read = await client.send(new GetObjectCommand({ Bucket, Key: 'a' }));
  expect(await read.Body?.transformToString()).toBe('hello');
  expect(read).toMatchObject({ ContentType: 'text/css', Metadata: { m: '1' } });
});

test('a form says how it is answered', async () => {
  await using cloud = await testCloud();
  await bucketClient(cloud);
  const created = await post(cloud, {
    fields: { success_action_status: '201' },
    conditions: [{ success_action_status: '201' }],
  });
  expect(created.status).toBe(201);
  expect(await created.text()).toContain('<Bucket>bucket</Bucket><Key>a</Key>');
  const target = 'http://app.example/done';
  const redirected = await post(cloud, {
    fields: { success_action_redirect: target },
    conditions: [['eq', '$success_action_redirect', target]],
  });
  expect(redirected.status).toBe(303);
  expect(redirected.headers.get('location')).toMatch(/^http:\/\/app\.example\/done\?bucket=bucket&key=a&etag=/);
});

const range = ['content-length-range', 6, 10];

test.each([
  [
    'without a signature',
    { without: 'X-Amz-Signature' },
    400,
    'InvalidArgument',
    "Bucket POST must contain a field named 'X-Amz-Signature'.  If it is specified, please check the order of the fields.",
  ],
  [
    'whose policy has expired',
    { expiration: new Date(0) },
    403,
    'AccessDenied',
    'Invalid according to Policy: Policy expired.',
  ],
  [
    'that does not meet a condition',
    { fields: { acl: 'private' }, conditions: [['eq', '$acl', 'public-read']] },
    403,
    'AccessDenied',
    'Invalid according to Policy: Policy Condition failed: [&quot;eq&quot;, &quot;$acl&quot;, &quot;public-read&quot;]',
  ],
  [
    'with a field that the policy does not name',
    { fields: { acl: 'private' } },
    403,
    'AccessDenied',
    'Invalid according to Policy: Extra input fields: acl',
  ],
  [
    'whose file is too small',
    { conditions: [range] },
    400,
    'EntityTooSmall',
    'Your proposed upload is smaller than the minimum allowed size',
  ],
  [
    'whose file is too large',
    { conditions: [range], file: 'twelve bytes' },
    400,
    'EntityTooLarge',
    'Your proposed upload exceeds the maximum allowed size',
  ],
] as const)('a form %s is refused', async (_what, form, status, code, message) => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  expect(await errorOf(await post(cloud, form))).toEqual({ status, code, message });
  await expect(client.send(new GetObjectCommand({ Bucket, Key: 'a' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
});

test('a form of another type is refused', async () => {
  await using cloud = await testCloud();
  await bucketClient(cloud);
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${cloud.endpoint}/${Bucket}`, { method: 'POST', body: '{}', headers });
  expect(await errorOf(response)).toMatchObject({ status: 412, code: 'PreconditionFailed' });
});

// As recorded of AWS by the tests of LocalStack (test_post_object_with_unicode_metadata, 2026-02).
test('a field that becomes a header loses characters beyond Latin-1, and metadata is not decoded', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const fields = { 'Cache-Control': 'a_—_é', 'x-amz-meta-b': '=?UTF-8?B?YWJj?=', 'x-amz-meta-q': '=?UTF-8?Q?abc?=' };
  const conditions = Object.entries(fields).map(([name, value]) => ({ [name]: value }));
  expect((await post(cloud, { fields, conditions })).status).toBe(204);
  expect(await client.send(new GetObjectCommand({ Bucket, Key: 'a' }))).toMatchObject({
    CacheControl: 'a_ _é',
    Metadata: { b: '=?UTF-8?B?YWJj?=', q: '=?UTF-8?Q?abc?=' },
  });
});
