import type { Call } from '../../../core/operation.js';
import type { Input } from '../../../model/client-types.js';
import { existingTags, type S3Row, versionedAccess } from '../buckets/bucket-access.js';
import { openBucket } from '../buckets/open-bucket.js';
import { type ByteRange, parseRange, partRange } from '../objects/byte-range.js';
import { checksumOutput, checksumValue } from '../objects/checksum.js';
import { checkCustomerKey } from '../objects/customer-key.js';
import { expirationOf } from '../objects/expiration.js';
import { findObject } from '../objects/find-object.js';
import { encodedMetadata } from '../objects/metadata.js';
import { checkArchived, headerOutput, quoted, versionOutput } from '../objects/object-headers.js';
import { checkObjectKey } from '../objects/object-key.js';
import { lockOutput } from '../objects/object-lock.js';
import type { ObjectRecord } from '../objects/object-record.js';
import { wholeSeconds } from '../objects/object-time.js';
import { checkReadConditions } from '../objects/read-conditions.js';
import { restorationOutput } from '../objects/restoration.js';
import { s3Error } from '../s3-error.js';
import { type S3State, s3Operation } from '../service-state.js';

type ReadInput = Input<'s3', 'GetObject'> | Input<'s3', 'HeadObject'>;

/** The headers that the reader of a presigned URL asks for instead of the object's. @throws AwsError InvalidArgument */
function overrides(input: ReadInput) {
  const asked = {
    ContentType: input.ResponseContentType,
    CacheControl: input.ResponseCacheControl,
    ContentDisposition: input.ResponseContentDisposition,
    ContentEncoding: input.ResponseContentEncoding,
    ContentLanguage: input.ResponseContentLanguage,
    Expires: input.ResponseExpires,
  };
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    if (typeof value !== 'string' || !/[^\0-\xff]/.test(value)) continue;
    const parameter = `response${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
    throw s3Error.invalidArgument('Header value cannot be represented using ISO-8859-1.', parameter, value);
  }
  return Object.fromEntries(given);
}

function rangeOf({ Range, PartNumber }: ReadInput, object: ObjectRecord): ByteRange | undefined {
  return PartNumber === undefined ? parseRange(Range, object.size) : partRange(object, PartNumber);
}

/** The checksum of an object, where it was asked for; of a part it is the part's. */
function checksumAsked(input: ReadInput, object: ObjectRecord, range: ByteRange | undefined) {
  if (input.ChecksumMode?.toUpperCase() !== 'ENABLED') return {};
  const { PartNumber: number } = input;
  if (number === undefined) return range ? {} : checksumOutput(object.checksum);
  if (object.partCount === undefined) return checksumOutput(object.checksum);
  const part = object.parts?.find((each) => each.number === number);
  return part?.checksum ? { ...checksumValue(part.checksum), ChecksumType: object.checksum?.type } : {};
}

async function read(input: ReadInput, method: 'GET' | 'HEAD', call: Call, state: S3State) {
  if (input.Range !== undefined && input.PartNumber !== undefined) {
    throw s3Error.invalidRequest('Cannot specify both Range header and partNumber query parameter');
  }
  const bucket = await openBucket(input, call, state);
  const object = await findObject(input, call, state, method);
  checkReadConditions(input, object, state.now());
  checkCustomerKey(input, object.headers);
  // The head shows nothing that is encrypted but the checksum.
  if (method === 'GET' || input.ChecksumMode !== undefined) {
    await checkObjectKey(object.headers, { key: object.key, bucket, call, state });
  }
  if (method === 'GET') checkArchived(object, state.now());
  const range = rangeOf(input, object);
  const { start, end } = range ?? { start: 0, end: object.size };
  const tagCount = Object.keys(object.tags).length;
  return {
    object,
    start,
    end,
    output: {
      ...headerOutput(object.headers),
      ...overrides(input),
      AcceptRanges: 'bytes',
      LastModified: wholeSeconds(object.modified),
      ContentLength: end - start,
      ETag: quoted(object.etag),
      Metadata: encodedMetadata(object.metadata),
      Expiration: expirationOf(object, bucket),
      Restore: restorationOutput(object, state.now()),
      ...versionOutput(object.versionId, bucket),
      ...checksumAsked(input, object, range),
      ...lockOutput(object),
      ContentRange: range && `bytes ${start}-${end - 1}/${object.size}`,
      PartsCount: input.PartNumber === undefined ? undefined : object.partCount,
      TagCount: tagCount > 0 ? tagCount : undefined,
    },
  };
}

const access = <Parsed extends ReadInput>(row: S3Row<Parsed>) =>
  versionedAccess(row, { object: 'GetObject', version: 'GetObjectVersion' }, (input) => input, { keys: existingTags });

export const getObject = s3Operation({
  name: 'GetObject',
  access,
  handle: async (input, call, state) => {
    const { object, start, end, output } = await read(input, 'GET', call, state);
    return { ...output, Body: await state.objects.bodies.read(object.segments, start, end) };
  },
});

export const headObject = s3Operation({
  name: 'HeadObject',
  access,
  handle: async (input, call, state) => (await read(input, 'HEAD', call, state)).output,
});
