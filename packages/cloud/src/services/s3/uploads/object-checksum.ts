import { AwsError } from '../../../core/aws-error.js';
import { piecesOf } from '../../../core/bytes.js';
import { type Checksum, type ChecksumInput, checksumOf, compositeChecksum, readChecksum } from '../objects/checksum.js';
import { s3Error } from '../s3-error.js';
import type { S3State } from '../service-state.js';
import type { PartRecord, UploadRecord } from './upload-store.js';

/** @throws AwsError InvalidRequest */
export function checkMode(asked: string | undefined, { checksumType }: UploadRecord): void {
  if (asked === undefined || asked === checksumType) return;
  const mode = checksumType ?? 'null';
  throw s3Error.invalidRequest(
    `The upload was created using the ${mode} checksum mode. The complete request must use the same checksum mode.`,
  );
}

/** The checksum of an object that is made of parts. */
export async function objectChecksum(
  { checksumAlgorithm: algorithm = 'CRC64NVME', checksumType = 'FULL_OBJECT' }: UploadRecord,
  parts: readonly PartRecord[],
  { objects }: S3State,
): Promise<Checksum> {
  if (checksumType === 'COMPOSITE') {
    const values = parts.map(({ checksum }) => checksum?.value ?? '');
    return { algorithm, value: compositeChecksum(algorithm, values), type: checksumType };
  }
  const segments = parts.map(({ segment }) => segment);
  const size = segments.reduce((sum, segment) => sum + segment.size, 0);
  const body = await objects.bodies.read(segments, 0, size);
  return { algorithm, value: await checksumOf(algorithm, piecesOf(body)), type: checksumType };
}

/** @throws AwsError BadDigest where the request claims another checksum of the object */
export function checkClaim(input: ChecksumInput, { algorithm, value, type }: Checksum): void {
  const claimed = readChecksum(input);
  if (!claimed) return;
  // Of composite checksums the number of parts may be left out.
  const plain = type === 'COMPOSITE' ? value.replace(/-\d+$/, '') : value;
  if (claimed.algorithm === algorithm && [value, plain].includes(claimed.value)) return;
  const name = algorithm.toLowerCase();
  throw new AwsError('BadDigest', `The ${name} you specified did not match the calculated checksum.`);
}
