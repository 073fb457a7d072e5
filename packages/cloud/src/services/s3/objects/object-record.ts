import type { AccessControlList } from '../acl/grant.js';
import type { Segment } from './body-store.js';
import type { Checksum, ChecksumAlgorithm } from './checksum.js';

export type RetentionMode = 'GOVERNANCE' | 'COMPLIANCE';
export type LegalHold = 'ON' | 'OFF';

/** Until when a version may not be deleted. */
export interface Retention {
  readonly mode: RetentionMode;
  /** Epoch milliseconds. */
  readonly until: number;
}

/** The reasons that keep a version from being deleted. */
export interface Locks {
  readonly retention?: Retention | undefined;
  readonly legalHold?: LegalHold | undefined;
}

/** Headers that the uploader sets on an object, as text. */
export interface ObjectHeaders {
  readonly ContentType?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly Expires?: string | undefined;
  readonly StorageClass?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly BucketKeyEnabled?: string | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
  /** Of an object whose reader has to bring the key that its writer brought. */
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
}

/** A part of an object that was uploaded in parts. */
export interface ObjectPart {
  readonly number: number;
  readonly size: number;
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value: string };
}

/** A copy of an archived object that can be read for some time. */
export interface Restoration {
  /** Epoch milliseconds. */
  readonly until: number;
}

/** One version of an object, or a delete marker. */
export interface ObjectRecord extends Locks {
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
  readonly checksum?: Checksum | undefined;
  /** Of an object that was uploaded in parts. */
  readonly partCount?: number | undefined;
  readonly parts?: readonly ObjectPart[] | undefined;
  /** @default - the owner's full control */
  readonly acl?: AccessControlList | undefined;
  readonly restoration?: Restoration | undefined;
}

export type NewObject = Omit<ObjectRecord, 'versionId' | 'deleteMarker'>;
