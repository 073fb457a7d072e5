import { openBucket } from '../buckets/open-bucket.js';
import type { ByteRange } from '../objects/byte-range.js';
import { checksumValue } from '../objects/checksum.js';
import { findSource, readCopySource, sourceAccess } from '../objects/copy-source.js';
import { encryptionOutput, quoted } from '../objects/object-headers.js';
import { wholeSeconds } from '../objects/object-time.js';
import { bodyOf } from '../objects/upload-body.js';
import { NULL_VERSION } from '../objects/version-id.js';
import { writeAccess } from '../objects/write-access.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../service-state.js';
import { checkPartNumber, keepPart } from '../uploads/keep-part.js';

const HEADER = 'x-amz-copy-source-range';

/** @throws AwsError InvalidArgument */
function readRange(text: string | undefined): ByteRange | undefined {
  if (text === undefined) return undefined;
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(text)?.map(Number) ?? [];
  if (first !== undefined && last !== undefined && first <= last) return { start: first, end: last + 1 };
  throw s3Error.invalidArgument(
    `The ${HEADER} value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy`,
    HEADER,
    text,
  );
}

export const uploadPartCopy = s3Operation({
  name: 'UploadPartCopy',
  parse: (input) => {
    checkPartNumber(input.PartNumber);
    return { ...input, source: readCopySource(input), range: readRange(input.CopySourceRange) };
  },
  access: (row) => [...sourceAccess(row), writeAccess(row, false)],
  handle: async (input, call, state) => {
    const bucket = await openBucket(input, call, state);
    const source = await findSource(input.source, input, call, state);
    const { start, end } = input.range ?? { start: 0, end: source.size };
    if (start > 0 && start >= source.size) {
      throw s3Error.invalidRequest('The specified copy range is invalid for the source object size');
    }
    if (end > source.size) {
      const message = `Range specified is not valid for source object of size: ${source.size}`;
      throw s3Error.invalidArgument(message, HEADER, input.CopySourceRange);
    }
    const bytes = await state.objects.bodies.read(source.segments, start, end);
    const { part, upload } = await keepPart(input, bodyOf(bytes), {}, state);
    const isVersioned = bucket.versioning !== undefined && source.versionId !== NULL_VERSION;
    return {
      CopySourceVersionId: isVersioned ? source.versionId : undefined,
      CopyPartResult: {
        ETag: quoted(part.etag),
        LastModified: wholeSeconds(part.modified),
        ...(part.checksum && checksumValue(part.checksum)),
      },
      ...encryptionOutput(upload.headers),
    };
  },
});
