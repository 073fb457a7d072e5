import { AwsError } from '../../../core/aws-error.js';
import { malformedXml } from '../../../gateway/read-xml.js';
import type { Input } from '../../../model/client-types.js';
import { checksumMember } from '../objects/checksum.js';
import { s3Error } from '../s3-error.js';
import type { PartRecord, UploadRecord } from './upload-store.js';

type CompletedPart = NonNullable<
  NonNullable<Input<'s3', 'CompleteMultipartUpload'>['MultipartUpload']>['Parts']
>[number];

/** A part as the request that completes an upload lists it. */
export interface ListedPart extends CompletedPart {
  readonly PartNumber: number;
  readonly ETag: string;
}

const SMALLEST_PART = 5 * 1024 * 1024;

const unquoted = (etag: string): string => etag.replaceAll('"', '');

/**
 * The parts that a request lists, in their order.
 *
 * @throws AwsError InvalidRequest, MalformedXML, InvalidPartOrder
 */
export function listedParts(parts: readonly CompletedPart[] = [], uploadId: string): readonly ListedPart[] {
  if (parts.length === 0) throw s3Error.invalidRequest('You must specify at least one part');
  const listed = parts.map(({ PartNumber, ETag, ...checksums }) => {
    if (PartNumber === undefined || ETag === undefined) throw malformedXml();
    return { ...checksums, PartNumber, ETag };
  });
  if (listed.some(({ PartNumber }, at) => at > 0 && PartNumber <= (listed[at - 1]?.PartNumber ?? 0))) {
    throw new AwsError(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
      400,
      { UploadId: uploadId },
    );
  }
  return listed;
}

function invalidPart({ PartNumber, ETag }: ListedPart, { uploadId }: UploadRecord): AwsError {
  return new AwsError(
    'InvalidPart',
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    400,
    { UploadId: uploadId, PartNumber, ETag: unquoted(ETag) },
  );
}

function missingChecksum({ PartNumber }: ListedPart, algorithm: string): AwsError {
  return s3Error.invalidRequest(
    `The upload was created using a ${algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${PartNumber} in the request.`,
  );
}

/** The uploaded part that one of the list means. */
function chosen(listed: ListedPart, upload: UploadRecord, uploaded: readonly PartRecord[]): PartRecord {
  const part = uploaded.find(({ number }) => number === listed.PartNumber);
  if (!part || part.etag !== unquoted(listed.ETag)) throw invalidPart(listed, upload);
  const { checksumAlgorithm: algorithm, checksumType } = upload;
  if (algorithm === undefined) return part;
  const claimed = listed[checksumMember(algorithm)];
  if (claimed === undefined && checksumType === 'COMPOSITE') throw missingChecksum(listed, algorithm);
  if (claimed !== undefined && claimed !== part.checksum?.value) throw invalidPart(listed, upload);
  return part;
}

/**
 * The uploaded parts that become an object.
 *
 * @throws AwsError InvalidPart, InvalidRequest, EntityTooSmall
 */
export function chosenParts(
  listed: readonly ListedPart[],
  upload: UploadRecord,
  uploaded: readonly PartRecord[],
): readonly PartRecord[] {
  const parts = listed.map((each) => chosen(each, upload, uploaded));
  const small = parts.slice(0, -1).find(({ segment }) => segment.size < SMALLEST_PART);
  if (!small) return parts;
  throw s3Error.tooSmall(small.segment.size, SMALLEST_PART, { PartNumber: small.number, ETag: small.etag });
}
