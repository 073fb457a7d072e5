import { isAfter } from '../../../kit/page.js';
import { bucketAccess } from '../buckets/bucket-access.js';
import { openBucket } from '../buckets/open-bucket.js';
import { commonPrefixOf, keyEncoder } from '../listing/list-page.js';
import { commonPrefixEntries } from '../listing/object-entry.js';
import { storageClassOf } from '../objects/object-headers.js';
import { wholeSeconds } from '../objects/object-time.js';
import { initiatorOf, ownerOf } from '../owner.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../service-state.js';
import type { UploadRecord } from '../uploads/upload-store.js';

const PAGE = 1000;

/** By key, and of one key by time. */
function inOrder(a: UploadRecord, b: UploadRecord): number {
  if (a.key !== b.key) return isAfter(a.key, b.key) ? 1 : -1;
  return a.initiated - b.initiated;
}

/**
 * The uploads behind two markers. One of a key alone passes over all uploads of it.
 *
 * @throws AwsError InvalidArgument
 */
function behind(uploads: readonly UploadRecord[], key: string, uploadId: string | undefined): readonly UploadRecord[] {
  if (key === '') return uploads;
  if (!uploadId) return uploads.filter((upload) => isAfter(upload.key, key));
  const at = uploads.findIndex((upload) => upload.uploadId === uploadId && upload.key === key);
  if (at === -1) throw s3Error.invalidArgument('Invalid uploadId marker', 'upload-id-marker', uploadId);
  return uploads.slice(at + 1);
}

export const listMultipartUploads = s3Operation({
  name: 'ListMultipartUploads',
  parse: (input) => ({ ...input, encode: keyEncoder(input.EncodingType) }),
  access: (row) => [bucketAccess(row, 'ListBucketMultipartUploads')],
  handle: async (input, call, state) => {
    const { encode, Prefix: prefix = '', Delimiter, KeyMarker = '', UploadIdMarker } = input;
    const { account } = await openBucket(input, call, state);
    const most = Math.min(input.MaxUploads ?? PAGE, PAGE);
    const all: UploadRecord[] = [];
    for await (const upload of state.uploads.list(input.Bucket)) {
      if (upload.key.startsWith(prefix)) all.push(upload);
    }
    const uploads: UploadRecord[] = [];
    const prefixes: string[] = [];
    let last: Pick<UploadRecord, 'key' | 'uploadId'> | undefined;
    let truncated = false;
    for (const upload of behind(all.sort(inOrder), KeyMarker, UploadIdMarker)) {
      const common = commonPrefixOf(upload.key, prefix, Delimiter);
      if (common !== undefined && (common === prefixes.at(-1) || common === KeyMarker)) continue;
      if (uploads.length + prefixes.length >= most) {
        truncated = most > 0;
        break;
      }
      if (common === undefined) uploads.push(upload);
      else prefixes.push(common);
      last = common === undefined ? upload : { key: common, uploadId: '' };
    }
    return {
      Bucket: input.Bucket,
      Prefix: prefix === '' ? undefined : encode(prefix),
      Delimiter: Delimiter && encode(Delimiter),
      EncodingType: input.EncodingType,
      KeyMarker: encode(KeyMarker),
      UploadIdMarker: KeyMarker === '' ? '' : (UploadIdMarker ?? ''),
      NextKeyMarker: last && (truncated || last.uploadId !== '') ? encode(last.key) : '',
      NextUploadIdMarker: last?.uploadId ?? '',
      MaxUploads: most,
      IsTruncated: truncated,
      Uploads: uploads.map(({ key, uploadId, initiated, headers, checksumAlgorithm, checksumType }) => ({
        Key: encode(key),
        UploadId: uploadId,
        Initiated: wholeSeconds(initiated),
        Initiator: initiatorOf(account),
        Owner: ownerOf(account),
        StorageClass: storageClassOf(headers),
        ChecksumAlgorithm: checksumAlgorithm,
        ChecksumType: checksumType,
      })),
      CommonPrefixes: commonPrefixEntries(prefixes, encode),
    };
  },
});
