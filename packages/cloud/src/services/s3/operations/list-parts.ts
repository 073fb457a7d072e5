import { objectAccess } from '../buckets/bucket-access.js';
import { openBucket } from '../buckets/open-bucket.js';
import { checksumValue } from '../objects/checksum.js';
import { quoted, storageClassOf } from '../objects/object-headers.js';
import { wholeSeconds } from '../objects/object-time.js';
import { initiatorOf, ownerOf } from '../owner.js';
import { s3Operation } from '../service-state.js';
import { findUpload } from '../uploads/find-upload.js';

const PAGE = 1000;

export const listParts = s3Operation({
  name: 'ListParts',
  access: (row) => [objectAccess(row, 'ListMultipartUploadParts')],
  handle: async (input, call, state) => {
    const { account } = await openBucket(input, call, state);
    const upload = await findUpload(input, state);
    const after = Number(input.PartNumberMarker ?? 0);
    const size = Math.min(input.MaxParts ?? PAGE, PAGE);
    const rest = (await state.uploads.parts(upload)).filter(({ number }) => number > after);
    const page = rest.slice(0, size);
    return {
      Bucket: input.Bucket,
      Key: input.Key,
      UploadId: input.UploadId,
      Initiator: initiatorOf(account),
      Owner: ownerOf(account),
      StorageClass: storageClassOf(upload.headers),
      PartNumberMarker: String(after),
      NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
      MaxParts: size,
      IsTruncated: rest.length > page.length,
      ChecksumAlgorithm: upload.checksumAlgorithm,
      ChecksumType: upload.checksumType,
      Parts: page.map(({ number, etag, segment, modified, checksum }) => ({
        PartNumber: number,
        LastModified: wholeSeconds(modified),
        ETag: quoted(etag),
        Size: segment.size,
        ...(upload.checksumAlgorithm && checksum && checksumValue(checksum)),
      })),
    };
  },
});
