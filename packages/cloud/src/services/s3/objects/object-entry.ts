import { quoted } from './object-headers.js';
import type { ObjectRecord } from './object-record.js';

/** An object as listings show it. */
export function objectEntry(object: ObjectRecord, encode: (key: string) => string) {
  return {
    Key: encode(object.key),
    LastModified: new Date(object.modified),
    ETag: quoted(object.etag),
    ...(object.checksum && { ChecksumAlgorithm: object.checksum.algorithm, ChecksumType: object.checksum.type }),
    Size: object.size,
    StorageClass: object.headers.StorageClass ?? 'STANDARD',
  };
}

export function commonPrefixEntries(prefixes: readonly string[], encode: (key: string) => string) {
  return prefixes.map((prefix) => ({ Prefix: encode(prefix) }));
}
