import { randomBytes } from 'node:crypto';
import type { Area, Store, Write } from '../../../core/store.js';
import { createSerial } from '../../../store/serial.js';
import type { BodyStore, Segment } from '../objects/body-store.js';
import type { ChecksumAlgorithm, ChecksumType } from '../objects/checksum.js';
import type { ObjectDescription } from '../objects/new-object.js';

/** An upload in parts that was begun. */
export interface UploadRecord extends ObjectDescription {
  readonly uploadId: string;
  readonly bucket: string;
  readonly key: string;
  /** Epoch milliseconds. */
  readonly initiated: number;
  /** Of all parts and of the object. @default - the object gets a CRC64NVME, and a part shows what its uploader gave */
  readonly checksumAlgorithm?: ChecksumAlgorithm;
  readonly checksumType?: ChecksumType;
  /** True if an object of this key was deleted since. */
  readonly removed?: true;
}

/** One part that was uploaded. */
export interface PartRecord {
  readonly number: number;
  /** Without quotes. */
  readonly etag: string;
  readonly segment: Segment;
  /** Epoch milliseconds. */
  readonly modified: number;
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value: string };
}

const partKey = (number: number): string => String(number).padStart(5, '0');

/** The uploads in parts that are under way. */
export class UploadStore {
  /** One change of an upload after another. */
  readonly serial = createSerial();
  readonly #s3: Area;
  readonly #bodies: BodyStore;

  constructor(store: Store, bodies: BodyStore) {
    this.#s3 = store.root.area('s3');
    this.#bodies = bodies;
  }

  async begin(upload: Omit<UploadRecord, 'uploadId'>): Promise<UploadRecord> {
    const record = { ...upload, uploadId: randomBytes(48).toString('base64url') };
    await this.#uploads(upload.bucket).batch([{ key: record.uploadId, value: record }]);
    return record;
  }

  async find(bucket: string, key: string, uploadId: string): Promise<UploadRecord | undefined> {
    const record = await this.#uploads(bucket).get<UploadRecord>(uploadId);
    return record?.key === key ? record : undefined;
  }

  async *list(bucket: string): AsyncGenerator<UploadRecord> {
    for await (const [, record] of this.#uploads(bucket).range<UploadRecord>({})) yield record;
  }

  async putPart({ uploadId }: UploadRecord, part: PartRecord, writes: readonly Write[]): Promise<void> {
    const area = this.#parts(uploadId);
    const key = partKey(part.number);
    const before = await area.get<PartRecord>(key);
    const dropped = before ? this.#bodies.remove([before.segment]) : [];
    await this.#bodies.commit([...dropped, ...writes, { key: area.keyOf(key), value: part }]);
  }

  /** By number. */
  async parts({ uploadId }: UploadRecord): Promise<readonly PartRecord[]> {
    const found: PartRecord[] = [];
    for await (const [, part] of this.#parts(uploadId).range<PartRecord>({})) found.push(part);
    return found;
  }

  /** Lets the uploads of a key know that its object was deleted. */
  async noteRemoval(bucket: string, key: string): Promise<void> {
    const area = this.#uploads(bucket);
    for await (const [uploadId, record] of area.range<UploadRecord>({})) {
      if (record.key === key && !record.removed)
        await area.batch([{ key: uploadId, value: { ...record, removed: true } }]);
    }
  }

  /** The writes that end an upload and remove its parts' bodies, except those to `keep`. */
  async end(upload: UploadRecord, keep: ReadonlySet<string>): Promise<readonly Write[]> {
    const ended = await this.parts(upload);
    const area = this.#parts(upload.uploadId);
    const dropped = ended.map(({ segment }) => segment).filter(({ id }) => !keep.has(id));
    return [
      { key: this.#uploads(upload.bucket).keyOf(upload.uploadId), value: undefined },
      ...ended.map(({ number }) => ({ key: area.keyOf(partKey(number)), value: undefined })),
      ...this.#bodies.remove(dropped),
    ];
  }

  #uploads(bucket: string): Area {
    return this.#s3.area('upload').area(bucket);
  }

  #parts(uploadId: string): Area {
    return this.#s3.area('part').area(uploadId);
  }
}
