import { openBucket } from '../buckets/open-bucket.js';
import { readBodyClaims } from '../objects/body-digest.js';
import { checksumValue } from '../objects/checksum.js';
import { encryptionOutput, quoted } from '../objects/object-headers.js';
import { readUploadBody } from '../objects/upload-body.js';
import { writeAccess } from '../objects/write-access.js';
import { s3Operation } from '../service-state.js';
import { checkPartNumber, keepPart } from '../uploads/keep-part.js';

export const uploadPart = s3Operation({
  name: 'UploadPart',
  parse: (input) => {
    checkPartNumber(input.PartNumber);
    const body = readUploadBody(input.Body);
    return { ...input, body, claims: readBodyClaims(input, body.announced) };
  },
  access: (row) => [writeAccess(row, false)],
  handle: async (input, call, state) => {
    await openBucket(input, call, state);
    const { part, upload } = await keepPart(input, input.body, input.claims, state);
    return {
      ETag: quoted(part.etag),
      ...(part.checksum && checksumValue(part.checksum)),
      ...encryptionOutput(upload.headers),
    };
  },
});
