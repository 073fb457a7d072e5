import { type BodyClaims, claimedAlgorithm } from '../objects/body-digest.js';
import { type CustomerKeyInput, readCustomerKey } from '../objects/customer-key.js';
import { shownEtag } from '../objects/object-headers.js';
import { keepBody, orDiscard, type UploadBody } from '../objects/upload-body.js';
import { s3Error } from '../s3-error.js';
import type { S3State } from '../service-state.js';
import { findUpload, type UploadPlace } from './find-upload.js';
import type { PartRecord, UploadRecord } from './upload-store.js';

/** Members of inputs that bring a part of an upload. */
export interface PartInput extends UploadPlace, CustomerKeyInput {
  readonly PartNumber: number;
}

const LAST_PART = 10_000;

/** @throws AwsError InvalidArgument */
export function checkPartNumber(number: number): void {
  if (number >= 1 && number <= LAST_PART) return;
  const message = `Part number must be an integer between 1 and ${LAST_PART}, inclusive`;
  throw s3Error.invalidArgument(message, 'partNumber', `${number}`);
}

/** @throws AwsError InvalidRequest where a part brings another kind of checksum than its upload has */
function checkAlgorithm(claims: BodyClaims, { checksumAlgorithm }: UploadRecord): void {
  const claimed = claimedAlgorithm(claims);
  if (checksumAlgorithm === undefined || claimed === undefined || claimed === checksumAlgorithm) return;
  const [expected, actual] = [checksumAlgorithm, claimed].map((algorithm) => algorithm.toLowerCase());
  throw s3Error.invalidRequest(
    `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${actual}`,
  );
}

/** @throws AwsError InvalidRequest where a part does not bring the key that its upload was begun with */
function checkKey(input: CustomerKeyInput, { headers }: UploadRecord): void {
  const key = readCustomerKey(input);
  if (headers.SSECustomerKeyMD5 === undefined || key?.SSECustomerKeyMD5 === headers.SSECustomerKeyMD5) return;
  throw s3Error.invalidRequest(
    key
      ? 'The provided encryption parameters did not match the ones used originally.'
      : 'The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.',
  );
}

/** Keeps a part of an upload. A part of the same number before it is dropped. */
export async function keepPart(
  input: PartInput,
  body: UploadBody,
  claims: BodyClaims,
  state: S3State,
): Promise<{ readonly part: PartRecord; readonly upload: UploadRecord }> {
  const begun = await findUpload(input, state);
  checkAlgorithm(claims, begun);
  checkKey(input, begun);
  // Parts come side by side; only their records are written one after another.
  const all = { ...claims, algorithm: claims.algorithm ?? begun.checksumAlgorithm };
  const { segment, etag, checksum, writes, discard } = await keepBody(body, all, state.objects.bodies);
  const isShown = claimedAlgorithm(all) !== undefined;
  const putting = state.uploads.serial(input.UploadId, async () => {
    const upload = await findUpload(input, state);
    const part = {
      number: input.PartNumber,
      etag: shownEtag(etag, upload.headers),
      segment,
      modified: state.now(),
      ...(isShown && { checksum }),
    };
    await state.uploads.putPart(upload, part, writes);
    return { part, upload };
  });
  return orDiscard(putting, discard);
}
