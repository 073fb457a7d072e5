import type { Members } from '../../../core/members.js';
import type { Call } from '../../../core/operation.js';
import { readObjectInput } from '../bucket-input.js';
import { parseRange } from '../objects/byte-range.js';
import { checksumMember } from '../objects/checksum.js';
import { quoted } from '../objects/object-headers.js';
import type { PartRecord, UploadRecord } from '../objects/upload-store.js';
import { CHECKSUM_HEADERS, readBodyClaims, verifyBody } from '../objects/verify-body.js';
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

async function keepPart(input: PartInput, body: Uint8Array, call: Call, state: S3State): Promise<PartRecord> {
  await openBucket(input, call, state);
  return state.uploads.serial(input.uploadId, async () => {
    const upload: UploadRecord | undefined = await state.uploads.get(input.bucket, input.key, input.uploadId);
    if (!upload) throw s3Error.noSuchUpload(input.uploadId);
    const algorithm = input.claims.algorithm ?? upload.checksumAlgorithm;
    const { etag, checksum } = verifyBody(body, { ...input.claims, algorithm });
    const { segment, writes } = state.objects.bodies.write(body);
    const part = { number: input.number, etag, segment, modified: state.now(), checksum };
    await state.uploads.putPart(upload, part, writes);
    return part;
  });
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
    headers: CHECKSUM_HEADERS,
    bytes: 'Body',
    output: { headers: WRITTEN_HEADERS },
  },
  {
    name: 'UploadPart',
    parse: (raw) => {
      const input = parsePart(raw);
      return { ...input, body: input.members.bytes('Body') ?? new Uint8Array(0) };
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
      const part = await keepPart(input, await state.objects.bodies.read(source.segments, start, end), call, state);
      return { ETag: quoted(part.etag), LastModified: new Date(part.modified), ...checksumOf(part) };
    },
  },
);
