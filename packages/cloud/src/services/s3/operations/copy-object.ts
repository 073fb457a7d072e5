import type { RowMaker } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { piecesOf } from '../../../core/bytes.js';
import type { Members } from '../../../core/members.js';
import type { Call } from '../../../core/operation.js';
import { existingTags, versionedAccess } from '../bucket-access.js';
import { readObjectInput } from '../bucket-input.js';
import { parseAlgorithm } from '../objects/checksum.js';
import { findObject } from '../objects/find-object.js';
import {
  checksumOutput,
  OBJECT_HEADERS,
  quoted,
  readMetadata,
  readObjectHeaders,
  readTagging,
  versionOutput,
} from '../objects/object-headers.js';
import type { ObjectRecord } from '../objects/object-record.js';
import { keepBody, orDiscard } from '../objects/upload-body.js';
import { WRITE_ACCESS_HEADERS, writeAccess, writeTagsAccess } from '../objects/write-access.js';
import { openBucket } from '../open-bucket.js';
import { s3Error } from '../s3-error.js';
import type { S3State } from '../s3-state.js';
import { s3Operation } from '../wire/s3-binding.js';
import { WRITTEN_HEADERS, withBucketEncryption, writeCondition } from './put-object.js';

export interface CopySource {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | undefined;
}

/** Header to member, for conditions on the source. */
export const COPY_SOURCE_HEADERS = {
  'x-amz-copy-source': 'CopySource',
  'x-amz-copy-source-if-match': 'CopySourceIfMatch',
  'x-amz-copy-source-if-none-match': 'CopySourceIfNoneMatch',
  'x-amz-copy-source-if-modified-since': 'CopySourceIfModifiedSince',
  'x-amz-copy-source-if-unmodified-since': 'CopySourceIfUnmodifiedSince',
} as const;

/** `/bucket/key?versionId=…`, percent-encoded. */
export function readCopySource(members: Members): CopySource {
  const text = members.neededText('CopySource');
  const [, bucket, key, versionId] = /^\/?([^/]+)\/(.+?)(?:\?versionId=(.*))?$/s.exec(text) ?? [];
  if (!bucket || !key) {
    throw s3Error.invalidArgument(
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
      'x-amz-copy-source',
      text,
    );
  }
  try {
    return { bucket, key: decodeURIComponent(key), versionId };
  } catch {
    return { bucket, key, versionId };
  }
}

/** Reading what is copied. */
export const sourceAccess = <Input extends { readonly source: CopySource }>(row: RowMaker<S3State, Input>) =>
  versionedAccess(row, { object: 's3:GetObject', version: 's3:GetObjectVersion' }, ({ source }) => source, {
    keys: existingTags,
  });

/** @throws AwsError where it is not there, or not as the conditions say */
export async function findSource(
  source: CopySource,
  members: Members,
  call: Call,
  state: S3State,
): Promise<ObjectRecord> {
  await openBucket({ bucket: source.bucket, owner: undefined }, call, state);
  const object = await findObject({ ...source, owner: undefined }, source.versionId, call, state);
  const match = members.text('CopySourceIfMatch')?.replaceAll('"', '');
  const noneMatch = members.text('CopySourceIfNoneMatch')?.replaceAll('"', '');
  const since = Date.parse(members.text('CopySourceIfModifiedSince') ?? '');
  const until = Date.parse(members.text('CopySourceIfUnmodifiedSince') ?? '');
  if (match !== undefined && match !== object.etag) throw s3Error.preconditionFailed('x-amz-copy-source-If-Match');
  if (noneMatch === object.etag) throw s3Error.preconditionFailed('x-amz-copy-source-If-None-Match');
  if (object.modified <= since) throw s3Error.preconditionFailed('x-amz-copy-source-If-Modified-Since');
  if (object.modified > until + 999) throw s3Error.preconditionFailed('x-amz-copy-source-If-Unmodified-Since');
  return object;
}

export const copyObject = s3Operation(
  {
    method: 'PUT',
    target: 'object',
    whenHeader: 'x-amz-copy-source',
    headers: {
      ...OBJECT_HEADERS,
      ...COPY_SOURCE_HEADERS,
      ...WRITE_ACCESS_HEADERS,
      'x-amz-metadata-directive': 'MetadataDirective',
      'x-amz-tagging-directive': 'TaggingDirective',
      'x-amz-tagging': 'Tagging',
      'x-amz-checksum-algorithm': 'ChecksumAlgorithm',
      'if-match': 'IfMatch',
      'if-none-match': 'IfNoneMatch',
    },
    metadata: true,
    output: {
      headers: {
        VersionId: 'x-amz-version-id',
        CopySourceVersionId: 'x-amz-copy-source-version-id',
        ServerSideEncryption: WRITTEN_HEADERS.ServerSideEncryption ?? '',
      },
      element: 'CopyObjectResult',
    },
  },
  {
    name: 'CopyObject',
    parse: (raw) => {
      const input = readObjectInput(raw);
      const { members } = input;
      const replaceTags = members.text('TaggingDirective') === 'REPLACE';
      return {
        ...input,
        source: readCopySource(members),
        replaceMetadata: members.text('MetadataDirective') === 'REPLACE',
        headers: readObjectHeaders(members),
        metadata: readMetadata(members),
        tags: replaceTags ? readTagging(members.text('Tagging')) : undefined,
        algorithm: parseAlgorithm(members.text('ChecksumAlgorithm')),
        check: writeCondition(members, input.key),
      };
    },
    access: (row) => [...sourceAccess(row), writeAccess(row, true), writeTagsAccess(row)],
    handle: async (input, call, state) => {
      const bucket = await openBucket(input, call, state);
      const source = await findSource(input.source, input.members, call, state);
      const same = input.source.bucket === input.bucket && input.source.key === input.key;
      if (
        same &&
        !input.replaceMetadata &&
        Object.keys(input.headers).length === 0 &&
        input.source.versionId === undefined
      ) {
        throw new AwsError(
          'InvalidRequest',
          "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
        );
      }
      const algorithm = input.algorithm ?? source.checksum?.algorithm ?? 'CRC64NVME';
      const headers = input.replaceMetadata ? input.headers : { ...source.headers, ...pickStorage(input.headers) };
      const bytes = piecesOf(await state.objects.bodies.read(source.segments, 0, source.size));
      const claims = { md5: undefined, checksum: undefined, trailing: undefined, algorithm };
      const copy = await keepBody({ bytes, trailers: [] }, claims, state.objects.bodies);
      const putting = state.objects.put(
        bucket,
        {
          key: input.key,
          modified: state.now(),
          etag: source.etag,
          size: source.size,
          segments: [copy.segment],
          headers: withBucketEncryption(headers, bucket),
          metadata: input.replaceMetadata ? input.metadata : source.metadata,
          tags: input.tags ?? source.tags,
          checksum: { ...copy.checksum, type: 'FULL_OBJECT' },
        },
        copy.writes,
        input.check,
      );
      const record = await orDiscard(putting, copy.discard);
      return {
        ...versionOutput(record.versionId, bucket.versioning),
        ServerSideEncryption: record.headers.ServerSideEncryption,
        ...(source.versionId !== 'null' && { CopySourceVersionId: source.versionId }),
        ETag: quoted(record.etag),
        LastModified: new Date(record.modified),
        ...checksumOutput(record.checksum),
      };
    },
  },
);

/** Storage class and encryption are never copied. */
function pickStorage({ StorageClass, ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled }: ObjectRecord['headers']) {
  return Object.fromEntries(
    Object.entries({ StorageClass, ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled }).filter(
      ([, value]) => value !== undefined,
    ),
  );
}
