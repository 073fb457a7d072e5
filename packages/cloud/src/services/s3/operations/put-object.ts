import type { Members } from '../../../core/members.js';
import { readObjectInput } from '../bucket-input.js';
import type { BucketRecord } from '../bucket-store.js';
import { CHECKSUM_HEADERS, readBodyClaims } from '../objects/body-digest.js';
import {
  checksumOutput,
  OBJECT_HEADERS,
  OBJECT_OUTPUT,
  quoted,
  readMetadata,
  readObjectHeaders,
  readTagging,
  versionOutput,
} from '../objects/object-headers.js';
import type { ObjectHeaders, ObjectRecord } from '../objects/object-record.js';
import { keepBody, LENGTH_HEADERS, orDiscard, readUploadBody } from '../objects/upload-body.js';
import { WRITE_ACCESS_HEADERS, writeAccess, writeTagsAccess } from '../objects/write-access.js';
import { openBucket } from '../open-bucket.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../wire/s3-binding.js';

/** The encryption that a bucket adds where the uploader asks for none. */
export function withBucketEncryption(headers: ObjectHeaders, { configurations }: BucketRecord): ObjectHeaders {
  if (headers.ServerSideEncryption !== undefined) return headers;
  const text = JSON.stringify(configurations.encryption ?? {});
  const algorithm = /"SSEAlgorithm":"([^"]+)"/.exec(text)?.[1] ?? 'AES256';
  return { ...headers, ServerSideEncryption: algorithm };
}

/** If-Match and If-None-Match of writes. */
export function writeCondition(members: Members, key: string): (before: ObjectRecord | undefined) => void {
  const match = members.text('IfMatch');
  const noneMatch = members.text('IfNoneMatch');
  if (noneMatch !== undefined && noneMatch !== '*') throw s3Error.notImplemented('If-None-Match other than *');
  return (before) => {
    if (noneMatch === '*' && before) throw s3Error.preconditionFailed('If-None-Match');
    if (match === undefined) return;
    if (!before) throw s3Error.noSuchKey(key);
    if (match.replaceAll('"', '') !== before.etag) throw s3Error.preconditionFailed('If-Match');
  };
}

const PUT_OUTPUT = ['ETag', 'VersionId', 'ChecksumType', 'ServerSideEncryption', 'SSEKMSKeyId', 'BucketKeyEnabled'];

/** Output headers of what writes an object. */
export const WRITTEN_HEADERS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(OBJECT_OUTPUT).filter(([member]) => PUT_OUTPUT.includes(member) || member.startsWith('Checksum')),
);

export const putObject = s3Operation(
  {
    method: 'PUT',
    target: 'object',
    headers: {
      ...OBJECT_HEADERS,
      ...WRITE_ACCESS_HEADERS,
      ...CHECKSUM_HEADERS,
      ...LENGTH_HEADERS,
      'x-amz-tagging': 'Tagging',
      'if-match': 'IfMatch',
      'if-none-match': 'IfNoneMatch',
    },
    metadata: true,
    stream: 'Body',
    output: { headers: WRITTEN_HEADERS },
  },
  {
    name: 'PutObject',
    parse: (raw) => {
      const input = readObjectInput(raw);
      const { members } = input;
      return {
        ...input,
        body: readUploadBody(members),
        headers: readObjectHeaders(members),
        metadata: readMetadata(members),
        tags: readTagging(members.text('Tagging')),
        claims: readBodyClaims(members),
        check: writeCondition(members, input.key),
      };
    },
    access: (row) => [writeAccess(row, true), writeTagsAccess(row)],
    handle: async (input, call, state) => {
      const bucket = await openBucket(input, call, state);
      const { segment, writes, etag, checksum, discard } = await keepBody(
        input.body,
        input.claims,
        state.objects.bodies,
      );
      const putting = state.objects.put(
        bucket,
        {
          key: input.key,
          modified: state.now(),
          etag,
          size: segment.size,
          segments: [segment],
          headers: withBucketEncryption(input.headers, bucket),
          metadata: input.metadata,
          tags: input.tags,
          checksum: { ...checksum, type: 'FULL_OBJECT' },
        },
        writes,
        input.check,
      );
      const record = await orDiscard(putting, discard);
      const { ServerSideEncryption, SSEKMSKeyId } = record.headers;
      return {
        ETag: quoted(etag),
        ...versionOutput(record.versionId, bucket.versioning),
        ...checksumOutput(record.checksum),
        ServerSideEncryption,
        SSEKMSKeyId,
      };
    },
  },
);
