import { quoted, storageClassOf } from '../objects/object-headers.js';
import type { ObjectRecord } from '../objects/object-record.js';
import { wholeSeconds } from '../objects/object-time.js';

/** An object as listings show it. */
export function objectEntry(object: ObjectRecord, encode: (key: string) => string) {
  return {
    Key: encode(object.key),
    LastModified: wholeSeconds(object.modified),
    ETag: quoted(object.etag),
    ...(object.checksum && { ChecksumAlgorithm: [object.checksum.algorithm], ChecksumType: object.checksum.type }),
    Size: object.size,
    StorageClass: storageClassOf(object.headers),
  };
}

export function commonPrefixEntries(prefixes: readonly string[], encode: (key: string) => string) {
  return prefixes.map((prefix) => ({ Prefix: encode(prefix) }));
}
