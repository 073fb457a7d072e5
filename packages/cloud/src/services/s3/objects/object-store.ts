import { randomBytes } from 'node:crypto';
import type { Store, Write } from '../../../core/store.js';
import { createSerial } from '../../../store/serial.js';
import type { BucketRecord } from '../bucket-store.js';
import type { BodyFiles } from './body-file.js';
import { type BodyStore, createBodyStore } from './body-store.js';
import type { NewObject, ObjectRecord } from './object-record.js';

export interface Deleted {
  readonly versionId?: string;
  readonly deleteMarker?: true;
}

/**
 * The objects of all buckets. The live version of a key is among the objects. Other versions, including delete markers,
 * are among the versions, newest first.
 */
export interface ObjectStore {
  readonly bodies: BodyStore;
  readonly get: (bucket: string, key: string) => Promise<ObjectRecord | undefined>;
  readonly getVersion: (bucket: string, key: string, versionId: string) => Promise<ObjectRecord | undefined>;
  /**
   * Makes this the live version. `check` sees the one before and may refuse.
   * @param writes committed with it
   */
  readonly put: (
    bucket: BucketRecord,
    object: NewObject,
    writes: readonly Write[],
    check?: (before: ObjectRecord | undefined) => void,
  ) => Promise<ObjectRecord>;
  /** Changes what is said of a version, not its body. */
  readonly amend: (
    bucket: string,
    key: string,
    versionId: string | undefined,
    amend: (object: ObjectRecord) => ObjectRecord,
  ) => Promise<ObjectRecord | undefined>;
  readonly remove: (bucket: BucketRecord, key: string, versionId: string | undefined, now: number) => Promise<Deleted>;
  /** Live objects by key, from `from` on (or after it). */
  readonly list: (bucket: string, from: { gte?: string; gt?: string }) => AsyncIterable<ObjectRecord>;
  /** Versions of one key that are not live, newest first. */
  readonly versions: (bucket: string, key: string) => AsyncIterable<ObjectRecord>;
  /** The keys that have versions which are not live, from `gte` on; a key may come repeatedly. */
  readonly versionedKeys: (bucket: string, gte: string) => AsyncIterable<string>;
  /** Commits writes that change no object. */
  readonly write: (writes: readonly Write[]) => Promise<void>;
  readonly isEmpty: (bucket: string) => Promise<boolean>;
}

const LAST = 0xffffffffffff;

export function createObjectStore(store: Store, files: BodyFiles, now: () => number): ObjectStore {
  const root = store.root;
  const s3 = root.area('s3');
  const live = (bucket: string) => s3.area('object').area(bucket);
  const older = (bucket: string) => s3.area('version').area(bucket);
  const bodies = createBodyStore(root, s3, files);
  const serial = createSerial();
  let lastOrder = 0;

  /** Rises with every version, over restarts too: a later version's key sorts before an earlier one's. */
  function nextOrder(): number {
    lastOrder = Math.max(lastOrder + 1, now() * 16);
    return lastOrder;
  }
  const versionKey = (key: string) => `${key}\0${(LAST - nextOrder()).toString(16).padStart(12, '0')}`;
  const newVersionId = () => randomBytes(24).toString('base64url');

  async function findOlder(bucket: string, key: string, versionId: string) {
    for await (const [at, record] of older(bucket).range<ObjectRecord>({ gt: `${key}\0`, lt: `${key}\u0001` })) {
      if (record.versionId === versionId) return { at, record };
    }
    return undefined;
  }

  /** Handles the live version when another replaces it. */
  async function displace(bucket: BucketRecord, key: string, before: ObjectRecord | undefined): Promise<Write[]> {
    const writes: Write[] = [];
    const keep = bucket.versioning === 'Enabled' || (before && before.versionId !== 'null');
    if (before && keep) writes.push({ key: older(bucket.name).keyOf(versionKey(key)), value: before });
    if (before && !keep) writes.push(...bodies.remove(before.segments));
    if (bucket.versioning === 'Suspended') {
      const nullVersion = await findOlder(bucket.name, key, 'null');
      if (nullVersion) {
        writes.push({ key: older(bucket.name).keyOf(nullVersion.at), value: undefined });
        writes.push(...bodies.remove(nullVersion.record.segments));
      }
    }
    return writes;
  }

  async function removeVersion(bucket: BucketRecord, key: string, versionId: string): Promise<Deleted> {
    const current = await live(bucket.name).get<ObjectRecord>(key);
    if (current?.versionId === versionId) {
      await bodies.commit([
        { key: live(bucket.name).keyOf(key), value: undefined },
        ...bodies.remove(current.segments),
        ...(await revive(bucket.name, key)),
      ]);
      return { versionId };
    }
    const found = await findOlder(bucket.name, key, versionId);
    if (!found) return { versionId };
    const writes: Write[] = [
      { key: older(bucket.name).keyOf(found.at), value: undefined },
      ...bodies.remove(found.record.segments),
    ];
    // With the newest delete marker gone the version below it lives again.
    if (!current && found.record.deleteMarker) writes.push(...(await revive(bucket.name, key, found.at)));
    await bodies.commit(writes);
    return { versionId, ...(found.record.deleteMarker && { deleteMarker: true }) };
  }

  /** Brings the newest version back to life, unless it is a delete marker. `without` is on its way out. */
  async function revive(bucket: string, key: string, without?: string): Promise<Write[]> {
    for await (const [at, record] of older(bucket).range<ObjectRecord>({ gt: `${key}\0`, lt: `${key}\u0001` })) {
      if (at === without) continue;
      if (without !== undefined && at < without) return [];
      if (record.deleteMarker) return [];
      return [
        { key: older(bucket).keyOf(at), value: undefined },
        { key: live(bucket).keyOf(key), value: record },
      ];
    }
    return [];
  }

  const objects: ObjectStore = {
    bodies,
    get: (bucket, key) => live(bucket).get<ObjectRecord>(key),
    getVersion: async (bucket, key, versionId) => {
      const current = await objects.get(bucket, key);
      if (current?.versionId === versionId) return current;
      return (await findOlder(bucket, key, versionId))?.record;
    },
    put: (bucket, object, writes, check) =>
      serial(`${bucket.name}/${object.key}`, async () => {
        const before = await objects.get(bucket.name, object.key);
        check?.(before);
        const record = { ...object, versionId: bucket.versioning === 'Enabled' ? newVersionId() : 'null' };
        const displaced = await displace(bucket, object.key, before);
        await bodies.commit([...displaced, ...writes, { key: live(bucket.name).keyOf(object.key), value: record }]);
        return record;
      }),
    amend: (bucket, key, versionId, amend) =>
      serial(`${bucket}/${key}`, async () => {
        const current = await objects.get(bucket, key);
        if (current && (versionId === undefined || current.versionId === versionId)) {
          const amended = amend(current);
          await live(bucket).batch([{ key, value: amended }]);
          return amended;
        }
        const found = versionId === undefined ? undefined : await findOlder(bucket, key, versionId);
        if (!found) return undefined;
        const amended = amend(found.record);
        await older(bucket).batch([{ key: found.at, value: amended }]);
        return amended;
      }),
    remove: (bucket, key, versionId, time) =>
      serial(`${bucket.name}/${key}`, async () => {
        if (versionId !== undefined) return removeVersion(bucket, key, versionId);
        const before = await objects.get(bucket.name, key);
        const writes = await displace(bucket, key, before);
        writes.push({ key: live(bucket.name).keyOf(key), value: undefined });
        if (bucket.versioning === undefined) {
          if (before) await bodies.commit(writes);
          return {};
        }
        const marker: ObjectRecord = {
          key,
          versionId: bucket.versioning === 'Enabled' ? newVersionId() : 'null',
          deleteMarker: true,
          modified: time,
          etag: '',
          size: 0,
          segments: [],
          headers: {},
          metadata: {},
          tags: {},
        };
        writes.push({ key: older(bucket.name).keyOf(versionKey(key)), value: marker });
        await bodies.commit(writes);
        return { versionId: marker.versionId, deleteMarker: true };
      }),
    list: async function* (bucket, from) {
      for await (const [, record] of live(bucket).range<ObjectRecord>(from)) yield record;
    },
    versions: async function* (bucket, key) {
      const range = { gt: `${key}\0`, lt: `${key}\u0001` };
      for await (const [, record] of older(bucket).range<ObjectRecord>(range)) yield record;
    },
    versionedKeys: async function* (bucket, gte) {
      for await (const [at] of older(bucket).range({ gte })) yield at.slice(0, at.lastIndexOf('\0'));
    },
    write: bodies.commit,
    isEmpty: async (bucket) => {
      for (const area of [live(bucket), older(bucket)]) {
        for await (const _ of area.range({ limit: 1 })) return false;
      }
      return true;
    },
  };
  return objects;
}
