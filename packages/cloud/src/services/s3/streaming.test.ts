import { createHash, randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AbortMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { presignedUrl } from '../../../../../tests/processes/presigned-url.js';
import { connectRaw } from '../../../../../tests/processes/raw-connection.js';
import { type TestCloud, testCloud } from '../../testing/test-cloud.js';

const Bucket = 'large';
const REGION = { region: 'us-east-1' };
const MEBIBYTE = 1024 * 1024;
const LARGE = 3 * MEBIBYTE + 17;

async function s3Client(cloud: TestCloud): Promise<S3Client> {
  const client = new S3Client({ ...cloud.clientConfig(REGION), forcePathStyle: true, maxAttempts: 1 });
  await client.send(new CreateBucketCommand({ Bucket })).catch(() => {});
  return client;
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'goblet-objects-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

const filesOf = (cloud: TestCloud): Promise<string[]> => readdir(cloud.context.objectsFolder).catch(() => []);

async function unclaimedIn(cloud: TestCloud): Promise<string[]> {
  const ids: string[] = [];
  for await (const [id] of cloud.context.store.root.area('s3').area('unclaimed').range({})) ids.push(id);
  return ids;
}

async function read(client: S3Client, Key: string, Range?: string): Promise<Buffer> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, ...(Range && { Range }) }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

const putUrl = (cloud: TestCloud, path = `/${Bucket}/a`) => presignedUrl('PUT', path, cloud.clientConfig(REGION));

const put = (client: S3Client, Key: string, Body: Buffer, more: object = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));

test('a large object is a file, a small one is none', async () => {
  await using cloud = await testCloud();
  const client = await s3Client(cloud);
  const [small, large] = [randomBytes(MEBIBYTE), randomBytes(LARGE)];
  await put(client, 'small', small);
  expect(await filesOf(cloud)).toEqual([]);
  const { ETag } = await put(client, 'large', large);
  expect(ETag).toBe(`"${createHash('md5').update(large).digest('hex')}"`);
  expect(await filesOf(cloud)).toHaveLength(1);
  expect((await read(client, 'small')).equals(small)).toBe(true);
  expect((await read(client, 'large')).equals(large)).toBe(true);
  expect(await unclaimedIn(cloud)).toEqual([]);
});

test('any range of a large object is its bytes', async () => {
  await using cloud = await testCloud();
  const client = await s3Client(cloud);
  const body = randomBytes(LARGE);
  await put(client, 'a', body);
  const offset = fc.oneof(
    fc.integer({ min: 0, max: LARGE - 1 }),
    fc.constantFrom(0, 1, MEBIBYTE - 1, MEBIBYTE, MEBIBYTE + 1, 3 * MEBIBYTE, LARGE - 1),
  );
  await fc.assert(
    fc.asyncProperty(offset, offset, async (a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      expect((await read(client, 'a', `bytes=${from}-${to}`)).equals(body.subarray(from, to + 1))).toBe(true);
    }),
    { numRuns: 25 },
  );
});

test('the file of an object goes with it', async () => {
  await using cloud = await testCloud();
  const client = await s3Client(cloud);
  await put(client, 'a', randomBytes(LARGE));
  const [first] = await filesOf(cloud);
  await put(client, 'a', randomBytes(LARGE));
  const files = await filesOf(cloud);
  expect(files).toHaveLength(1);
  expect(files).not.toContain(first);
  await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/a` }));
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  expect(await filesOf(cloud)).toHaveLength(1);
  expect(await read(client, 'copy')).toHaveLength(LARGE);
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'copy' }));
  await vi.waitFor(async () => expect([await filesOf(cloud), await unclaimedIn(cloud)]).toEqual([[], []]));
});

test('an object that is deleted while it is read is read to its end', async () => {
  await using cloud = await testCloud();
  const client = await s3Client(cloud);
  const body = randomBytes(8 * MEBIBYTE);
  await put(client, 'a', body);
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'a' }));
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
  await vi.waitFor(async () => expect(await filesOf(cloud)).toEqual([]));
});

test('a body that is not what was said of it leaves nothing', async () => {
  await using cloud = await testCloud();
  const client = await s3Client(cloud);
  const wrong = { ChecksumSHA256: `${'x'.repeat(43)}=` };
  await expect(put(client, 'a', randomBytes(LARGE), wrong)).rejects.toMatchObject({ name: 'BadDigest' });
  await expect(put(client, 'a', randomBytes(LARGE), { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' })).rejects.toThrow();
  await put(client, 'b', randomBytes(LARGE));
  await expect(put(client, 'b', randomBytes(LARGE), { IfNoneMatch: '*' })).rejects.toMatchObject({
    name: 'PreconditionFailed',
  });
  expect(await filesOf(cloud)).toHaveLength(1);
  expect(await unclaimedIn(cloud)).toEqual([]);
});

test('a client that goes away in the middle leaves nothing', async () => {
  await using cloud = await testCloud();
  await s3Client(cloud);
  const url = new URL(putUrl(cloud));
  const connection = await connectRaw(cloud.endpoint);
  connection.send(
    `PUT ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Length: ${10 * LARGE}\r\n\r\n`,
  );
  connection.send(randomBytes(LARGE));
  await vi.waitFor(async () => expect(await filesOf(cloud)).toHaveLength(1));
  connection[Symbol.dispose]();
  await vi.waitFor(async () => expect(await filesOf(cloud)).toEqual([]));
  await vi.waitFor(async () => expect(await unclaimedIn(cloud)).toEqual([]));
});

test('the parts of an upload that is ended go', async () => {
  await using cloud = await testCloud();
  const client = await s3Client(cloud);
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'a' }));
  const target = { Bucket, Key: 'a', UploadId };
  const part = (PartNumber: number) =>
    client.send(new UploadPartCommand({ ...target, PartNumber, Body: randomBytes(LARGE) }));
  await Promise.all([part(1), part(2), part(3)]);
  await part(2);
  expect(await filesOf(cloud)).toHaveLength(3);
  await client.send(new AbortMultipartUploadCommand(target));
  expect([await filesOf(cloud), await unclaimedIn(cloud)]).toEqual([[], []]);
});

test('what an ended process left behind goes at the next start, and nothing else', async () => {
  const dataFolder = await folder();
  const settings = { ephemeral: false, dataFolder };
  const body = randomBytes(LARGE);
  let objects = '';
  {
    await using cloud = await testCloud(settings);
    await put(await s3Client(cloud), 'a', body);
    objects = cloud.context.objectsFolder;
    // As a process that ended in the middle of an upload: the store names the file, and no object has it.
    await cloud.context.store.root
      .area('s3')
      .area('unclaimed')
      .batch([{ key: 'left', value: true }]);
    await writeFile(join(objects, 'left'), 'half of a body');
    await writeFile(join(objects, 'notes.txt'), 'somebody put this here');
  }
  await using cloud = await testCloud(settings);
  const files = await filesOf(cloud);
  expect(files).toContain('notes.txt');
  expect(files).not.toContain('left');
  expect(files).toHaveLength(2);
  expect(await unclaimedIn(cloud)).toEqual([]);
  expect((await read(await s3Client(cloud), 'a')).equals(body)).toBe(true);
});

test('bytes that are not what was written are never given out', async () => {
  await using cloud = await testCloud();
  const client = await s3Client(cloud);
  await put(client, 'a', randomBytes(LARGE));
  await put(client, 'b', randomBytes(LARGE));
  const [file = ''] = await filesOf(cloud);
  const damaged = await open(join(cloud.context.objectsFolder, file), 'r+');
  await damaged.write(Buffer.from('wrong'), 0, 5, 2 * MEBIBYTE + 500);
  await damaged.close();
  const results = await Promise.allSettled([read(client, 'a'), read(client, 'b')]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await appendFile(join(cloud.context.objectsFolder, file), 'more at the end is not read');
});

test('an upload that is denied is answered before its body has come', async () => {
  await using cloud = await testCloud();
  await s3Client(cloud);
  const statusOf = async (url: URL) => {
    using connection = await connectRaw(cloud.endpoint);
    connection.send(
      `PUT ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Length: 1000000000\r\n\r\n`,
    );
    const text = await connection.until(/<\/Error>/);
    return [text.slice(9, 12), /<Code>(\w+)/.exec(text)?.[1]];
  };
  const stranger = presignedUrl('PUT', `/${Bucket}/a`, cloud.clientConfig({ ...REGION, account: '111111111111' }));
  expect(await statusOf(new URL(stranger))).toEqual(['403', 'AccessDenied']);
  expect(await statusOf(new URL(putUrl(cloud, '/no-such-bucket/a')))).toEqual(['404', 'NoSuchBucket']);
});

async function putRaw(url: string, headers: Record<string, string>, body: string | Buffer) {
  return new Promise<{ status: number; code: string | undefined }>((resolve, reject) => {
    const sent = httpRequest(url, { method: 'PUT', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, code: /<Code>(\w+)/.exec(text)?.[1] }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

test('an upload says how long it is', async () => {
  await using cloud = await testCloud();
  await s3Client(cloud);
  const url = putUrl(cloud);
  expect(await putRaw(url, { 'transfer-encoding': 'chunked' }, 'abc')).toEqual({
    status: 411,
    code: 'MissingContentLength',
  });
});

test('an upload of more than five gibibytes is too large', async () => {
  await using cloud = await testCloud();
  await s3Client(cloud);
  const url = new URL(putUrl(cloud));
  using connection = await connectRaw(cloud.endpoint);
  connection.send(
    `PUT ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Length: ${5 * 1024 ** 3 + 1}\r\n\r\n`,
  );
  expect(await connection.until(/<\/Error>/)).toMatch(/^HTTP\/1\.1 400 [\s\S]*<Code>EntityTooLarge<[\s\S]*5368709120/);
});

test('a checksum that was announced and does not come is a malformed trailer', async () => {
  await using cloud = await testCloud();
  const client = await s3Client(cloud);
  const payload = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
  const headers = { 'x-amz-trailer': 'x-amz-checksum-crc32', 'x-amz-decoded-content-length': '5' };
  const url = presignedUrl('PUT', `/${Bucket}/a`, cloud.clientConfig(REGION), payload, headers);
  const send = (trailer: string) => putRaw(url, headers, `5\r\nhello\r\n0\r\n${trailer}\r\n`);
  expect(await send('')).toEqual({ status: 400, code: 'MalformedTrailerError' });
  expect(await send('x-amz-checksum-crc32:AAAAAA==\r\n')).toEqual({ status: 400, code: 'BadDigest' });
  await expect(read(client, 'a')).rejects.toMatchObject({ name: 'NoSuchKey' });
  expect(await send('x-amz-checksum-crc32:NhCmhg==\r\n')).toEqual({ status: 200, code: undefined });
  expect((await read(client, 'a')).toString()).toBe('hello');
});

test.each(['%ff', '%zz', 'a%', '%c0%af'])('the path %s is no URI', async (path) => {
  await using cloud = await testCloud();
  await s3Client(cloud);
  const url = putUrl(cloud, `/${Bucket}/${path}`);
  expect(await putRaw(url, { 'content-length': '1' }, 'x')).toMatchObject({ status: 400, code: 'InvalidURI' });
});
