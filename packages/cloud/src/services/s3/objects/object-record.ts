import type { Segment } from './body-store.js';
import type { Checksum } from './checksum.js';

/** Headers that the uploader sets on an object. */
export interface ObjectHeaders {
  readonly ContentType?: string;
  readonly CacheControl?: string;
  readonly ContentDisposition?: string;
  readonly ContentEncoding?: string;
  readonly ContentLanguage?: string;
  readonly Expires?: string;
  readonly StorageClass?: string;
  readonly ServerSideEncryption?: string;
  readonly SSEKMSKeyId?: string;
  readonly BucketKeyEnabled?: string;
}

/** One version of an object, or a delete marker. */
export interface ObjectRecord {
  readonly key: string;
  /** `null` of objects put while versioning was not enabled. */
  readonly versionId: string;
  readonly deleteMarker?: true;
  /** Epoch milliseconds. */
  readonly modified: number;
  /** Without quotes. */
  readonly etag: string;
  readonly size: number;
  readonly segments: readonly Segment[];
  readonly headers: ObjectHeaders;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly checksum?: Checksum;
  /** Of an object that was uploaded in parts. */
  readonly partCount?: number;
}

export type NewObject = Omit<ObjectRecord, 'versionId' | 'deleteMarker'>;
