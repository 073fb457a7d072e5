import { createHash } from 'node:crypto';
import { AwsError } from '../../../core/aws-error.js';
import { piecesOf } from '../../../core/bytes.js';
import { childrenOf, malformedXml, type XmlStructure } from '../../../gateway/read-xml.js';
import { readObjectInput } from '../bucket-input.js';
import { type Checksum, checksumMember, checksumOf, compositeChecksum } from '../objects/checksum.js';
import { checksumOutput, quoted, versionOutput } from '../objects/object-headers.js';
import type { PartRecord, UploadRecord } from '../objects/upload-store.js';
import { writeAccess } from '../objects/write-access.js';
import { openBucket } from '../open-bucket.js';
import { s3Error } from '../s3-error.js';
import type { S3State } from '../s3-state.js';
import { s3Operation } from '../wire/s3-binding.js';
import { writeCondition } from './put-object.js';

const MIN_PART = 5 * 1024 * 1024;

interface ListedPart {
  readonly number: number;
  readonly etag: string;
  /** The uploader's checksum of the part, by member. */
  readonly claims: XmlStructure;
}

function readParts(raw: XmlStructure): readonly ListedPart[] {
  // `Part` is how the wire has it, `Parts` how callers in process have it.
  const parts = [...childrenOf(raw, 'Part'), ...childrenOf(raw, 'Parts')].map((part) => {
    if (typeof part === 'string' || part.PartNumber === undefined || typeof part.ETag !== 'string')
      throw malformedXml();
    return { number: Number(part.PartNumber), etag: part.ETag.replaceAll('"', ''), claims: part };
  });
  if (parts.length === 0) throw malformedXml();
  if (parts.some(({ number }, i) => i > 0 && number <= (parts[i - 1]?.number ?? 0))) {
    throw new AwsError(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. The parts list must be specified in order by part number.',
    );
  }
  return parts;
}

function invalidPart(): AwsError {
  return new AwsError(
    'InvalidPart',
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
  );
}

/** The uploaded parts that were listed. */
function chooseParts(listed: readonly ListedPart[], uploaded: readonly PartRecord[]): readonly PartRecord[] {
  const chosen = listed.map(({ number, etag, claims }) => {
    const part = uploaded.find((one) => one.number === number);
    if (!part || part.etag !== etag) throw invalidPart();
    const claimed = part.checksum && claims[checksumMember(part.checksum.algorithm)];
    if (claimed !== undefined && claimed !== part.checksum?.value) throw invalidPart();
    return part;
  });
  for (const part of chosen.slice(0, -1)) {
    if (part.segment.size < MIN_PART) {
      throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400, {
        ProposedSize: part.segment.size,
        MinSizeAllowed: MIN_PART,
        PartNumber: part.number,
        ETag: part.etag,
      });
    }
  }
  return chosen;
}

async function checksumOfParts(
  upload: UploadRecord,
  parts: readonly PartRecord[],
  { objects }: S3State,
): Promise<Checksum> {
  const algorithm = upload.checksumAlgorithm ?? 'CRC64NVME';
  const values = parts.flatMap(({ checksum }) => (checksum?.algorithm === algorithm ? [checksum.value] : []));
  if (upload.checksumAlgorithm && upload.checksumType === 'COMPOSITE') {
    if (values.length < parts.length) throw invalidPart();
    return { algorithm, value: compositeChecksum(algorithm, values), type: 'COMPOSITE' };
  }
  const segments = parts.map(({ segment }) => segment);
  const size = segments.reduce((sum, segment) => sum + segment.size, 0);
  const body = await objects.bodies.read(segments, 0, size);
  return { algorithm, value: await checksumOf(algorithm, piecesOf(body)), type: 'FULL_OBJECT' };
}

function etagOfParts(parts: readonly PartRecord[]): string {
  const joined = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, 'hex')));
  return `${createHash('md5').update(joined).digest('hex')}-${parts.length}`;
}

export const completeMultipartUpload = s3Operation(
  {
    method: 'POST',
    target: 'object',
    when: ['uploadId'],
    query: { uploadId: 'UploadId' },
    headers: { 'if-match': 'IfMatch', 'if-none-match': 'IfNoneMatch' },
    xml: 'MultipartUpload',
    output: { headers: { VersionId: 'x-amz-version-id' }, element: 'CompleteMultipartUploadResult' },
  },
  {
    name: 'CompleteMultipartUpload',
    parse: (raw) => {
      const input = readObjectInput(raw);
      return {
        ...input,
        uploadId: input.members.neededText('UploadId'),
        parts: readParts((input.members.raw('MultipartUpload') ?? {}) as XmlStructure),
        check: writeCondition(input.members, input.key),
      };
    },
    access: (row) => [writeAccess(row, true)],
    handle: async (input, call, state) => {
      const bucket = await openBucket(input, call, state);
      return state.uploads.serial(input.uploadId, async () => {
        const upload = await state.uploads.get(input.bucket, input.key, input.uploadId);
        if (!upload) throw s3Error.noSuchUpload(input.uploadId);
        const parts = chooseParts(input.parts, await state.uploads.parts(upload));
        const checksum = await checksumOfParts(upload, parts, state);
        const segments = parts.map(({ segment }) => segment);
        const record = await state.objects.put(
          bucket,
          {
            key: input.key,
            modified: state.now(),
            etag: etagOfParts(parts),
            size: segments.reduce((sum, { size }) => sum + size, 0),
            segments,
            headers: upload.headers,
            metadata: upload.metadata,
            tags: upload.tags,
            checksum,
            partCount: parts.length,
          },
          await state.uploads.end(upload, new Set(segments.map(({ id }) => id))),
          input.check,
        );
        return {
          Location: `http://s3.${bucket.region}.amazonaws.com/${input.bucket}/${input.key}`,
          Bucket: input.bucket,
          Key: input.key,
          ETag: quoted(record.etag),
          ...versionOutput(record.versionId, bucket.versioning),
          ...checksumOutput(checksum),
        };
      });
    },
  },
);
