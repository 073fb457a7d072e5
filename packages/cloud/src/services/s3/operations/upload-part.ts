import { piecesOf } from '../../../core/bytes.js';
import type { Members } from '../../../core/members.js';
import type { Call } from '../../../core/operation.js';
import { readObjectInput } from '../bucket-input.js';
import { CHECKSUM_HEADERS, readBodyClaims } from '../objects/body-digest.js';
import { parseRange } from '../objects/byte-range.js';
import { checksumMember } from '../objects/checksum.js';
import { quoted } from '../objects/object-headers.js';
import { keepBody, LENGTH_HEADERS, orDiscard, readUploadBody, type UploadBody } from '../objects/upload-body.js';
import type { PartRecord, UploadRecord } from '../objects/upload-store.js';
import { writeAccess } from '../objects/write-access.js';
import { openBucket } from '../open-bucket.js';
import { s3Error } from '../s3-error.js';
import type { S3State } from '../s3-state.js';
import { s3Operation } from '../wire/s3-binding.js';
import { COPY_SOURCE_HEADERS, findSource, readCopySource, sourceAccess } from './copy-object.js';
import { WRITTEN_HEADERS } from './put-object.js';

function parsePart(raw: unknown) {
  const input = readObjectInput(raw);
  const { members } = input;
  const number = members.integer('PartNumber') ?? 0;
  if (number < 1 || number > 10_000) {
    throw s3Error.invalidArgument(
      'Part number must be an integer between 1 and 10000, inclusive',
      'partNumber',
      `${number}`,
    );
  }
  return { ...input, number, uploadId: members.neededText('UploadId'), claims: readBodyClaims(members) };
}

type PartInput = ReturnType<typeof parsePart> & { readonly members: Members };

async function findUpload({ bucket, key, uploadId }: PartInput, state: S3State): Promise<UploadRecord> {
  const upload = await state.uploads.get(bucket, key, uploadId);
  if (!upload) throw s3Error.noSuchUpload(uploadId);
  return upload;
}

async function keepPart(input: PartInput, body: UploadBody, call: Call, state: S3State): Promise<PartRecord> {
  await openBucket(input, call, state);
  const { checksumAlgorithm } = await findUpload(input, state);
  const algorithm = input.claims.algorithm ?? checksumAlgorithm;
  // Parts come side by side; only their records are written one after another.
  const kept = await keepBody(body, { ...input.claims, algorithm }, state.objects.bodies);
  const { segment, etag, checksum, writes, discard } = kept;
  const putting = state.uploads.serial(input.uploadId, async () => {
    const upload = await findUpload(input, state);
    const part = { number: input.number, etag, segment, modified: state.now(), checksum };
    await state.uploads.putPart(upload, part, writes);
    return part;
  });
  return orDiscard(putting, discard);
}

function checksumOf({ checksum }: PartRecord): Record<string, string> {
  return checksum ? { [checksumMember(checksum.algorithm)]: checksum.value } : {};
}

const QUERY = { partNumber: 'PartNumber', uploadId: 'UploadId' };

export const uploadPart = s3Operation(
  {
    method: 'PUT',
    target: 'object',
    when: ['partNumber', 'uploadId'],
    query: QUERY,
    headers: { ...CHECKSUM_HEADERS, ...LENGTH_HEADERS },
    stream: 'Body',
    output: { headers: WRITTEN_HEADERS },
  },
  {
    name: 'UploadPart',
    parse: (raw) => {
      const input = parsePart(raw);
      return { ...input, body: readUploadBody(input.members) };
    },
    access: (row) => [writeAccess(row, false)],
    handle: async (input, call, state) => {
      const part = await keepPart(input, input.body, call, state);
      return { ETag: quoted(part.etag), ...checksumOf(part) };
    },
  },
);

export const uploadPartCopy = s3Operation(
  {
    method: 'PUT',
    target: 'object',
    when: ['partNumber', 'uploadId'],
    whenHeader: 'x-amz-copy-source',
    query: QUERY,
    headers: { ...COPY_SOURCE_HEADERS, 'x-amz-copy-source-range': 'CopySourceRange' },
    output: { element: 'CopyPartResult' },
  },
  {
    name: 'UploadPartCopy',
    parse: (raw) => {
      const input = parsePart(raw);
      return { ...input, source: readCopySource(input.members), range: input.members.text('CopySourceRange') };
    },
    access: (row) => [...sourceAccess(row), writeAccess(row, false)],
    handle: async (input, call, state) => {
      const source = await findSource(input.source, input.members, call, state);
      const { start, end } = parseRange(input.range, source.size) ?? { start: 0, end: source.size };
      const bytes = piecesOf(await state.objects.bodies.read(source.segments, start, end));
      const part = await keepPart(input, { bytes, trailers: [] }, call, state);
      return { ETag: quoted(part.etag), LastModified: new Date(part.modified), ...checksumOf(part) };
    },
  },
);
