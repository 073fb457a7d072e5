import { randomBytes } from 'node:crypto';
import type { Store, Write } from '../../../core/store.js';
import { createSerial, type Serial } from '../../../store/serial.js';
import type { BodyStore, Segment } from './body-store.js';
import type { ChecksumAlgorithm } from './checksum.js';
import type { ObjectHeaders } from './object-record.js';

/** An upload in parts that was begun. */
export interface UploadRecord {
  readonly uploadId: string;
  readonly bucket: string;
  readonly key: string;
  /** Epoch milliseconds. */
  readonly initiated: number;
  readonly headers: ObjectHeaders;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly checksumAlgorithm?: ChecksumAlgorithm;
  readonly checksumType?: 'FULL_OBJECT' | 'COMPOSITE';
}

export interface PartRecord {
  readonly number: number;
  /** Without quotes. */
  readonly etag: string;
  readonly segment: Segment;
  /** Epoch milliseconds. */
  readonly modified: number;
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value: string };
}

export interface UploadStore {
  readonly serial: Serial;
  readonly begin: (upload: Omit<UploadRecord, 'uploadId'>) => Promise<UploadRecord>;
  readonly get: (bucket: string, key: string, uploadId: string) => Promise<UploadRecord | undefined>;
  readonly list: (bucket: string) => AsyncIterable<UploadRecord>;
  readonly putPart: (upload: UploadRecord, part: PartRecord, writes: readonly Write[]) => Promise<void>;
  /** By number. */
  readonly parts: (upload: UploadRecord) => Promise<readonly PartRecord[]>;
  /** The writes that end an upload and remove its parts' bodies, except those to `keep`. */
  readonly end: (upload: UploadRecord, keep: ReadonlySet<string>) => Promise<readonly Write[]>;
}

export function createUploadStore(store: Store, bodies: BodyStore): UploadStore {
  const s3 = store.root.area('s3');
  const uploads = (bucket: string) => s3.area('upload').area(bucket);
  const parts = (uploadId: string) => s3.area('part').area(uploadId);
  const partKey = (number: number) => String(number).padStart(5, '0');

  const all: UploadStore = {
    serial: createSerial(),
    begin: async (upload) => {
      const record = { ...upload, uploadId: randomBytes(48).toString('base64url') };
      await uploads(upload.bucket).batch([{ key: record.uploadId, value: record }]);
      return record;
    },
    get: async (bucket, key, uploadId) => {
      const record = await uploads(bucket).get<UploadRecord>(uploadId);
      return record?.key === key ? record : undefined;
    },
    list: async function* (bucket) {
      for await (const [, record] of uploads(bucket).range<UploadRecord>({})) yield record;
    },
    putPart: async ({ uploadId }, part, writes) => {
      const key = partKey(part.number);
      const before = await parts(uploadId).get<PartRecord>(key);
      await bodies.commit([
        ...(before ? bodies.remove([before.segment]) : []),
        ...writes,
        { key: parts(uploadId).keyOf(key), value: part },
      ]);
    },
    parts: async ({ uploadId }) => {
      const found: PartRecord[] = [];
      for await (const [, part] of parts(uploadId).range<PartRecord>({})) found.push(part);
      return found;
    },
    end: async (upload, keep) => {
      const ended = await all.parts(upload);
      return [
        { key: uploads(upload.bucket).keyOf(upload.uploadId), value: undefined },
        ...ended.map(({ number }) => ({ key: parts(upload.uploadId).keyOf(partKey(number)), value: undefined })),
        ...bodies.remove(ended.filter(({ segment }) => !keep.has(segment.id)).map(({ segment }) => segment)),
      ];
    },
  };
  return all;
}
