import { randomBytes } from 'node:crypto';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startCloud } from '@goblet/cloud';
import { expect, test } from 'vitest';
import { mayMount, mounted } from './mounted.js';

const Bucket = 'objects';
/** Random, as what can be compressed does not fill a disk. */
const body = () => randomBytes(400_000);

test.skipIf(!mayMount())(
  'after a full disk nothing acknowledged is lost and writes go on once there is room (skipped where mounting is not permitted)',
  async () => {
    using disk = mounted('16m');
    if (!disk) throw new Error('not mounted');
    const warnings: string[] = [];
    const dataFolder = `${disk.path}/data`;
    const start = () =>
      startCloud({
        dataFolder,
        port: 0,
        onEvent: (event) => {
          if (event.kind === 'warning') warnings.push(event.message);
        },
      });
    const clientOf = ({ endpoint, credentials }: Awaited<ReturnType<typeof start>>) =>
      new S3Client({ endpoint, credentials: credentials(), region: 'eu-west-1', forcePathStyle: true, maxAttempts: 1 });

    const cloud = await start();
    const client = clientOf(cloud);
    await client.send(new CreateBucketCommand({ Bucket }));
    const acknowledged = new Map<string, Buffer>();
    let number = 0;
    const put = async () => {
      const Key = String(number++);
      const Body = body();
      await client.send(new PutObjectCommand({ Bucket, Key, Body }));
      acknowledged.set(Key, Body);
    };
    const expectAll = async (from: S3Client) => {
      for (const [Key, put] of acknowledged) {
        const { Body } = await from.send(new GetObjectCommand({ Bucket, Key }));
        expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(put), `object ${Key}`).toBe(true);
      }
    };
    /** Four writers, until each was refused. */
    const fill = () =>
      Promise.all(
        Array.from({ length: 4 }, async () => {
          for (;;) {
            try {
              await put();
            } catch (error) {
              expect(error).toMatchObject({ $metadata: { httpStatusCode: 500 } });
              return;
            }
          }
        }),
      );

    await fill();
    const before = acknowledged.size;
    expect(before).toBeGreaterThan(5);
    expect(warnings.at(-1)).toMatch(/the disk is full; make room; writes go on once \d+ MB can be written there/);
    await expect(put()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    await expectAll(client);

    disk.remount('size=40m');
    for (let n = 0; n < 10; n++) await put();
    await expectAll(client);
    // And once more, so that the cloud is stopped while its disk is full.
    await fill();
    await expectAll(client);
    await cloud.close();

    disk.remount('size=80m');
    const next = await start();
    await expectAll(clientOf(next));
    await next.close();
    expect(acknowledged.size).toBeGreaterThan(before + 10);
    expect(warnings.filter((warning) => warning.includes('damaged'))).toEqual([]);
  },
);
