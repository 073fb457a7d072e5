import type { Members } from '../../../core/members.js';
import { s3Error } from '../s3-error.js';
import { checksumMember } from './checksum.js';
import type { ObjectHeaders, ObjectRecord } from './object-record.js';

/** Header to member, for what the uploader says about an object. */
export const OBJECT_HEADERS: Readonly<Record<string, keyof ObjectHeaders>> = {
  'content-type': 'ContentType',
  'cache-control': 'CacheControl',
  'content-disposition': 'ContentDisposition',
  'content-encoding': 'ContentEncoding',
  'content-language': 'ContentLanguage',
  expires: 'Expires',
  'x-amz-storage-class': 'StorageClass',
  'x-amz-server-side-encryption': 'ServerSideEncryption',
  'x-amz-server-side-encryption-aws-kms-key-id': 'SSEKMSKeyId',
  'x-amz-server-side-encryption-bucket-key-enabled': 'BucketKeyEnabled',
};

/** Output member to header, of GetObject and HeadObject. */
export const OBJECT_OUTPUT: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(OBJECT_HEADERS).map(([header, member]) => [member, header])),
  ETag: 'etag',
  LastModified: 'last-modified',
  ContentLength: 'content-length',
  ContentRange: 'content-range',
  AcceptRanges: 'accept-ranges',
  VersionId: 'x-amz-version-id',
  PartsCount: 'x-amz-mp-parts-count',
  TagCount: 'x-amz-tagging-count',
  ChecksumType: 'x-amz-checksum-type',
  ChecksumCRC32: 'x-amz-checksum-crc32',
  ChecksumCRC32C: 'x-amz-checksum-crc32c',
  ChecksumCRC64NVME: 'x-amz-checksum-crc64nvme',
  ChecksumSHA1: 'x-amz-checksum-sha1',
  ChecksumSHA256: 'x-amz-checksum-sha256',
};

export function readObjectHeaders(members: Members): ObjectHeaders {
  const headers: Record<string, string> = {};
  for (const member of Object.values(OBJECT_HEADERS)) {
    const value = members.text(member);
    if (value !== undefined && value !== '') headers[member] = value;
  }
  // The frames of a streamed upload are gone by now; they are no encoding of the object.
  const encoding = headers.ContentEncoding?.split(',')
    .map((one) => one.trim())
    .filter((one) => one !== 'aws-chunked' && one !== '')
    .join(',');
  if (encoding) headers.ContentEncoding = encoding;
  else delete headers.ContentEncoding;
  return headers;
}

/** `x-amz-tagging`: tags as a query string. */
export function readTagging(text: string | undefined): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text ?? ''));
}

/** Metadata, which is sent as headers. */
export function readMetadata(members: Members): Record<string, string> {
  const metadata = members.raw('Metadata');
  if (metadata === undefined) return {};
  if (typeof metadata !== 'object' || metadata === null) {
    throw s3Error.invalidArgument('Metadata is a map of text', 'Metadata', String(metadata));
  }
  return Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

export function quoted(etag: string): string {
  return `"${etag}"`;
}

export function checksumOutput(checksum: ObjectRecord['checksum']): Record<string, string> {
  if (!checksum) return {};
  return { [checksumMember(checksum.algorithm)]: checksum.value, ChecksumType: checksum.type };
}

/** The version in outputs: buckets that never were versioned have none. */
export function versionOutput(versionId: string, versioning: string | undefined): { VersionId?: string } {
  return versioning === undefined ? {} : { VersionId: versionId };
}
