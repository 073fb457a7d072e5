import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { Ledger } from '../ledger.js';
import type { Target, Workload } from '../workload.js';

const Bucket = 'objects';
const SMALL = 30_000;
/** The least that S3 takes for a part that is not the last. */
const PART = 5 << 20;

const clientOf = (target: Target) => new S3Client({ ...target, forcePathStyle: true });

/** Every byte of an object says which generation it is of. */
const bytesOf = (generation: number, size: number) => Buffer.alloc(size, `${generation};`);

interface Found {
  readonly generation: number;
  readonly size: number;
}

async function found(client: S3Client, Key: string): Promise<Found | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    const generation = Number.parseInt(bytes.toString('latin1', 0, 20), 10);
    const first = Math.min(bytes.length, PART);
    const whole = Buffer.concat([bytesOf(generation, first), bytesOf(generation, bytes.length - first)]);
    if (!bytes.equals(whole)) throw new Error(`${Key} is of several generations, one of them ${generation}`);
    return { generation, size: bytes.length };
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/** Objects that are put whole, and one that is uploaded in parts. */
export function objects(): Workload {
  const ledgers = Array.from({ length: 4 }, (_, n) => new Ledger<Found | undefined>(`object ${n}`, undefined));
  const inParts = new Ledger<Found | undefined>('object in parts', undefined);
  let generation = 0;

  async function upload(client: S3Client, Key: string): Promise<void> {
    const next = ++generation;
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const Parts = [];
    for (const [at, size] of [PART, SMALL].entries()) {
      const PartNumber = at + 1;
      const Body = bytesOf(next, size);
      const { ETag } = await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
      Parts.push({ ETag, PartNumber });
    }
    const command = new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } });
    await inParts.change({ generation: next, size: PART + SMALL }, () => client.send(command));
  }

  return {
    name: 'objects',
    prepare: async (target) => {
      await clientOf(target).send(new CreateBucketCommand({ Bucket }));
    },
    work: async (target, acknowledged) => {
      const client = clientOf(target);
      for (let round = 0; round < 5; round++) {
        for (const [n, ledger] of ledgers.entries()) {
          const next = ++generation;
          const command = new PutObjectCommand({ Bucket, Key: String(n), Body: bytesOf(next, SMALL) });
          await ledger.change({ generation: next, size: SMALL }, () => client.send(command));
          acknowledged();
        }
      }
      await upload(client, 'parts');
      acknowledged();
    },
    verify: async (target) => {
      const client = clientOf(target);
      for (const [n, ledger] of ledgers.entries()) ledger.settle(await found(client, String(n)));
      inParts.settle(await found(client, 'parts'));
    },
  };
}
