import { createHash } from 'node:crypto';
import { AwsError } from '../../../core/aws-error.js';
import type { BucketRecord } from '../buckets/bucket-record.js';
import { type CustomerKeyInput, customerKeyHeaders } from './customer-key.js';
import type { ObjectHeaders, ObjectRecord } from './object-record.js';
import { NULL_VERSION } from './version-id.js';

/** Members of inputs that say something about an object. */
export interface HeaderInput extends CustomerKeyInput {
  readonly ContentType?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly Expires?: Date | undefined;
  readonly StorageClass?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
}

const STORAGE_CLASSES = new Set([
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'GLACIER_IR',
]);

/** Classes whose objects have to be restored before they can be read. */
const ARCHIVES: readonly (string | undefined)[] = ['GLACIER', 'DEEP_ARCHIVE'];

const ENCRYPTIONS = new Set(['AES256', 'aws:kms', 'aws:kms:dsse']);

/** @throws AwsError InvalidStorageClass */
function checkStorageClass(storageClass: string | undefined): void {
  if (storageClass === undefined || STORAGE_CLASSES.has(storageClass)) return;
  throw new AwsError('InvalidStorageClass', 'The storage class you specified is not valid', 400, {
    StorageClassRequested: storageClass,
  });
}

function checkEncryption(encryption: string | undefined): void {
  if (encryption === undefined || ENCRYPTIONS.has(encryption)) return;
  throw new AwsError('InvalidArgument', 'The encryption method specified is not supported', 400, {
    ArgumentName: 'x-amz-server-side-encryption',
    ArgumentValue: encryption,
  });
}

/** The frames of a streamed upload are gone by now; they are no encoding of the object. */
function withoutFraming(encoding: string | undefined): string | undefined {
  const encodings = (encoding ?? '').split(',').map((each) => each.trim());
  return encodings.filter((each) => each !== 'aws-chunked' && each !== '').join(',') || undefined;
}

/**
 * The headers of an object that a request writes.
 *
 * @throws AwsError InvalidStorageClass, InvalidArgument
 */
export function readObjectHeaders(input: HeaderInput): ObjectHeaders {
  checkStorageClass(input.StorageClass);
  checkEncryption(input.ServerSideEncryption);
  const { ContentType, CacheControl, ContentDisposition, ContentLanguage, Expires, StorageClass } = input;
  return {
    ContentType: ContentType || undefined,
    CacheControl: CacheControl || undefined,
    ContentDisposition: ContentDisposition || undefined,
    ContentEncoding: withoutFraming(input.ContentEncoding),
    ContentLanguage: ContentLanguage || undefined,
    Expires: Expires?.toUTCString(),
    StorageClass,
    ServerSideEncryption: input.ServerSideEncryption,
    SSEKMSKeyId: input.SSEKMSKeyId,
    BucketKeyEnabled: input.BucketKeyEnabled?.toString(),
    WebsiteRedirectLocation: input.WebsiteRedirectLocation,
    ...customerKeyHeaders(input),
  };
}

/** The encryption that a bucket adds where the uploader asks for none. */
export function withBucketEncryption(headers: ObjectHeaders, { settings }: BucketRecord): ObjectHeaders {
  if (headers.ServerSideEncryption !== undefined || headers.SSECustomerAlgorithm !== undefined) return headers;
  const rule = settings.encryption?.Rules?.[0];
  const { SSEAlgorithm = 'AES256', KMSMasterKeyID } = rule?.ApplyServerSideEncryptionByDefault ?? {};
  const isKms = SSEAlgorithm !== 'AES256';
  return {
    ...headers,
    ServerSideEncryption: SSEAlgorithm,
    ...(isKms && { SSEKMSKeyId: KMSMasterKeyID, BucketKeyEnabled: rule?.BucketKeyEnabled ? 'true' : undefined }),
  };
}

type Encryption = 'AES256' | 'aws:kms' | 'aws:kms:dsse';

/** How an object is encrypted, as answers tell it. */
export function encryptionOutput(headers: ObjectHeaders) {
  return {
    ServerSideEncryption: headers.ServerSideEncryption as Encryption | undefined,
    SSEKMSKeyId: headers.SSEKMSKeyId,
    BucketKeyEnabled: headers.BucketKeyEnabled === 'true' ? true : undefined,
    SSECustomerAlgorithm: headers.SSECustomerAlgorithm,
    SSECustomerKeyMD5: headers.SSECustomerKeyMD5,
  };
}

type StorageClass = 'STANDARD' | 'GLACIER' | 'DEEP_ARCHIVE';

/** The storage class of an object. The SDK has types for those that exist, which writing has checked. */
export function storageClassOf({ StorageClass = 'STANDARD' }: ObjectHeaders): StorageClass {
  return StorageClass as StorageClass;
}

/** The headers that describe an object. The standard storage class has none. */
export function headerOutput(headers: ObjectHeaders) {
  const storageClass = storageClassOf(headers);
  return {
    ContentType: headers.ContentType ?? 'binary/octet-stream',
    CacheControl: headers.CacheControl,
    ContentDisposition: headers.ContentDisposition,
    ContentEncoding: headers.ContentEncoding,
    ContentLanguage: headers.ContentLanguage,
    Expires: headers.Expires === undefined ? undefined : new Date(headers.Expires),
    WebsiteRedirectLocation: headers.WebsiteRedirectLocation,
    StorageClass: storageClass === 'STANDARD' ? undefined : storageClass,
    ...encryptionOutput(headers),
  };
}

export function isArchiveClass(storageClass: string | undefined): boolean {
  return ARCHIVES.includes(storageClass);
}

/** @throws AwsError InvalidObjectState where an object has to be restored before it can be read */
export function checkArchived({ headers, restoration }: ObjectRecord, now: number): void {
  if (!isArchiveClass(headers.StorageClass) || (restoration && restoration.until > now)) return;
  throw new AwsError('InvalidObjectState', "The operation is not valid for the object's storage class", 403, {
    StorageClass: headers.StorageClass,
  });
}

/** The ETag of what a customer's key encrypts is not the MD5 of what it was. */
export function shownEtag(md5: string, { SSECustomerKeyMD5: key }: ObjectHeaders): string {
  return key === undefined ? md5 : createHash('md5').update(md5).update(key).digest('hex');
}

export function quoted(etag: string): string {
  return `"${etag}"`;
}

/** The version that an upload made; a bucket whose versions are suspended does not tell that it is `null`. */
export function writtenVersion(versionId: string): { VersionId?: string } {
  return versionId === NULL_VERSION ? {} : { VersionId: versionId };
}

/** The version in answers: buckets that never were versioned have none. */
export function versionOutput(versionId: string, { versioning }: BucketRecord): { VersionId?: string } {
  return versioning === undefined ? {} : { VersionId: versionId };
}
