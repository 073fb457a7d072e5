import type { Area, Store, Write } from '../../../core/store.js';
import { createSerial } from '../../../store/serial.js';
import type { BucketRecord } from '../buckets/bucket-record.js';
import type { BodyFiles } from './body-file.js';
import { type BodyStore, createBodyStore } from './body-store.js';
import type { NewObject, ObjectRecord } from './object-record.js';
import { NULL_VERSION, newVersionId } from './version-id.js';

/** The outcome of a deletion. */
export interface Deleted {
  readonly versionId?: string;
  readonly deleteMarker?: true;
  /** True where the delete marker is new. */
  readonly created?: true;
}

/** An older version, with its place among them. */
interface OlderVersion {
  readonly at: string;
  readonly record: ObjectRecord;
}

/** Looks at the version that is there before a change, and may refuse the change. */
export type Check = (before: ObjectRecord | undefined) => void;

const LAST = 0xffffffffffff;

/**
 * The objects of all buckets. The live version of a key is among the objects. Other versions, including delete markers,
 * are among the versions, newest first.
 */
export class ObjectStore {
  readonly bodies: BodyStore;
  readonly #s3: Area;
  readonly #now: () => number;
  readonly #serial = createSerial();
  #lastOrder = 0;

  constructor(store: Store, files: BodyFiles, now: () => number) {
    this.#s3 = store.root.area('s3');
    this.#now = now;
    this.bodies = createBodyStore(store.root, this.#s3, files);
  }

  get(bucket: string, key: string): Promise<ObjectRecord | undefined> {
    return this.#live(bucket).get<ObjectRecord>(key);
  }

  async getVersion(bucket: string, key: string, versionId: string): Promise<ObjectRecord | undefined> {
    const current = await this.get(bucket, key);
    if (current?.versionId === versionId) return current;
    return (await this.#findOlder(bucket, key, versionId))?.record;
  }

  /** The version that is named, or the live one. */
  find(bucket: string, key: string, versionId: string | undefined): Promise<ObjectRecord | undefined> {
    return versionId === undefined ? this.get(bucket, key) : this.getVersion(bucket, key, versionId);
  }

  /** The newest version of a key, which may be a delete marker. */
  async newest(bucket: string, key: string): Promise<ObjectRecord | undefined> {
    const current = await this.get(bucket, key);
    if (current) return current;
    for await (const version of this.versions(bucket, key)) return version;
    return undefined;
  }

  /**
   * Makes this the live version.
   *
   * @param writes committed with it
   */
  put(bucket: BucketRecord, object: NewObject, writes: readonly Write[], check?: Check): Promise<ObjectRecord> {
    return this.#serial(`${bucket.name}/${object.key}`, async () => {
      const before = await this.get(bucket.name, object.key);
      check?.(before);
      const record = { ...object, versionId: bucket.versioning === 'Enabled' ? newVersionId() : NULL_VERSION };
      const displaced = await this.#displace(bucket, object.key, before);
      const live = this.#live(bucket.name).keyOf(object.key);
      await this.bodies.commit([...displaced, ...writes, { key: live, value: record }]);
      return record;
    });
  }

  /** Changes what is said of a version, not its body. */
  amend(
    bucket: string,
    key: string,
    versionId: string | undefined,
    amend: (object: ObjectRecord) => ObjectRecord,
  ): Promise<ObjectRecord | undefined> {
    return this.#serial(`${bucket}/${key}`, async () => {
      const current = await this.get(bucket, key);
      if (current && (versionId === undefined || current.versionId === versionId)) {
        const amended = amend(current);
        await this.#live(bucket).batch([{ key, value: amended }]);
        return amended;
      }
      const found = versionId === undefined ? undefined : await this.#findOlder(bucket, key, versionId);
      if (!found) return undefined;
      const amended = amend(found.record);
      await this.#older(bucket).batch([{ key: found.at, value: amended }]);
      return amended;
    });
  }

  /** Deletes a version, or the live object: in a bucket with versions that leaves a delete marker. */
  remove(bucket: BucketRecord, key: string, versionId: string | undefined, check?: Check): Promise<Deleted> {
    return this.#serial(`${bucket.name}/${key}`, async () => {
      if (versionId !== undefined) return this.#removeVersion(bucket, key, versionId, check);
      const before = await this.get(bucket.name, key);
      check?.(before);
      const writes = await this.#displace(bucket, key, before);
      writes.push({ key: this.#live(bucket.name).keyOf(key), value: undefined });
      if (bucket.versioning === undefined) {
        if (before) await this.bodies.commit(writes);
        return {};
      }
      const marker = this.#deleteMarker(key, bucket.versioning === 'Enabled' ? newVersionId() : NULL_VERSION);
      writes.push({ key: this.#older(bucket.name).keyOf(this.#versionKey(key)), value: marker });
      await this.bodies.commit(writes);
      return { versionId: marker.versionId, deleteMarker: true, created: true };
    });
  }

  /** Live objects by key, from `from` on (or after it). */
  async *list(bucket: string, from: { readonly gte?: string; readonly gt?: string }): AsyncGenerator<ObjectRecord> {
    for await (const [, record] of this.#live(bucket).range<ObjectRecord>(from)) yield record;
  }

  /** Versions of one key that are not live, newest first. */
  async *versions(bucket: string, key: string): AsyncGenerator<ObjectRecord> {
    for await (const { record } of this.#olderVersions(bucket, key)) yield record;
  }

  /** The keys that have versions which are not live, from `gte` on; a key may come repeatedly. */
  async *versionedKeys(bucket: string, gte: string): AsyncGenerator<string> {
    for await (const [at] of this.#older(bucket).range({ gte })) yield at.slice(0, at.lastIndexOf('\0'));
  }

  /** Commits writes that change no object. */
  write(writes: readonly Write[]): Promise<void> {
    return this.bodies.commit(writes);
  }

  async isEmpty(bucket: string): Promise<boolean> {
    for (const area of [this.#live(bucket), this.#older(bucket)]) {
      for await (const _ of area.range({ limit: 1 })) return false;
    }
    return true;
  }

  #live(bucket: string): Area {
    return this.#s3.area('object').area(bucket);
  }

  #older(bucket: string): Area {
    return this.#s3.area('version').area(bucket);
  }

  /** A later version's key sorts before an earlier one's. The order rises over restarts too. */
  #versionKey(key: string): string {
    this.#lastOrder = Math.max(this.#lastOrder + 1, this.#now() * 16);
    return `${key}\0${(LAST - this.#lastOrder).toString(16).padStart(12, '0')}`;
  }

  async *#olderVersions(bucket: string, key: string): AsyncGenerator<OlderVersion> {
    const range = { gt: `${key}\0`, lt: `${key}\u0001` };
    for await (const [at, record] of this.#older(bucket).range<ObjectRecord>(range)) yield { at, record };
  }

  async #findOlder(bucket: string, key: string, versionId: string): Promise<OlderVersion | undefined> {
    for await (const version of this.#olderVersions(bucket, key)) {
      if (version.record.versionId === versionId) return version;
    }
    return undefined;
  }

  #deleteMarker(key: string, versionId: string): ObjectRecord {
    return {
      key,
      versionId,
      deleteMarker: true,
      modified: this.#now(),
      etag: '',
      size: 0,
      segments: [],
      headers: {},
      metadata: {},
      tags: {},
    };
  }

  /** The writes for the live version when another replaces it. */
  async #displace(bucket: BucketRecord, key: string, before: ObjectRecord | undefined): Promise<Write[]> {
    const older = this.#older(bucket.name);
    const writes: Write[] = [];
    const keep = bucket.versioning === 'Enabled' || (before && before.versionId !== NULL_VERSION);
    if (before && keep) writes.push({ key: older.keyOf(this.#versionKey(key)), value: before });
    if (before && !keep) writes.push(...this.bodies.remove(before.segments));
    if (bucket.versioning === 'Suspended') {
      const nullVersion = await this.#findOlder(bucket.name, key, NULL_VERSION);
      if (nullVersion) {
        writes.push({ key: older.keyOf(nullVersion.at), value: undefined });
        writes.push(...this.bodies.remove(nullVersion.record.segments));
      }
    }
    return writes;
  }

  async #removeVersion(bucket: BucketRecord, key: string, versionId: string, check?: Check): Promise<Deleted> {
    const current = await this.get(bucket.name, key);
    if (current?.versionId === versionId) {
      check?.(current);
      await this.bodies.commit([
        { key: this.#live(bucket.name).keyOf(key), value: undefined },
        ...this.bodies.remove(current.segments),
        ...(await this.#revive(bucket.name, key)),
      ]);
      return { versionId };
    }
    const found = await this.#findOlder(bucket.name, key, versionId);
    check?.(found?.record);
    if (!found) return { versionId };
    const writes: Write[] = [
      { key: this.#older(bucket.name).keyOf(found.at), value: undefined },
      ...this.bodies.remove(found.record.segments),
    ];
    // With the newest delete marker gone the version below it lives again.
    if (!current && found.record.deleteMarker) writes.push(...(await this.#revive(bucket.name, key, found.at)));
    await this.bodies.commit(writes);
    return { versionId, ...(found.record.deleteMarker && { deleteMarker: true }) };
  }

  /** Brings the newest version back to life, unless it is a delete marker. @param without is being removed */
  async #revive(bucket: string, key: string, without?: string): Promise<Write[]> {
    for await (const { at, record } of this.#olderVersions(bucket, key)) {
      if (at === without) continue;
      if (without !== undefined && at < without) return [];
      if (record.deleteMarker) return [];
      return [
        { key: this.#older(bucket).keyOf(at), value: undefined },
        { key: this.#live(bucket).keyOf(key), value: record },
      ];
    }
    return [];
  }
}
