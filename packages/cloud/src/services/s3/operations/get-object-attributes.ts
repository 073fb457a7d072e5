import { existingTags, versionedAccess } from '../buckets/bucket-access.js';
import { openBucket } from '../buckets/open-bucket.js';
import { type Checksum, checksumOutput, checksumValue } from '../objects/checksum.js';
import { checkCustomerKey } from '../objects/customer-key.js';
import { findObject } from '../objects/find-object.js';
import { storageClassOf, versionOutput } from '../objects/object-headers.js';
import type { ObjectRecord } from '../objects/object-record.js';
import { wholeSeconds } from '../objects/object-time.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../service-state.js';

const ATTRIBUTES = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];
const PAGE = 1000;

/** Here the checksum of an object's parts has not their number behind it. */
function withoutCount(checksum: Checksum): Checksum {
  return { ...checksum, value: checksum.value.replace(/-\d+$/, '') };
}

/** The parts of an object; they are listed one by one only where the object's checksum is of theirs. */
function partsOf({ partCount, parts, checksum }: ObjectRecord, after: number, size: number) {
  if (partCount === undefined) return undefined;
  if (!parts || checksum?.type !== 'COMPOSITE') return { TotalPartsCount: partCount };
  const rest = parts.filter(({ number }) => number > after);
  const page = rest.slice(0, size);
  return {
    TotalPartsCount: partCount,
    PartNumberMarker: String(after),
    NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
    MaxParts: size,
    IsTruncated: rest.length > page.length,
    Parts: page.map((part) => ({
      PartNumber: part.number,
      Size: part.size,
      ...(part.checksum && checksumValue(part.checksum)),
    })),
  };
}

export const getObjectAttributes = s3Operation({
  name: 'GetObjectAttributes',
  parse: (input) => {
    const asked = input.ObjectAttributes as readonly string[];
    if (asked.length === 0 || !asked.every((attribute) => ATTRIBUTES.includes(attribute))) {
      throw s3Error.invalidArgument('Invalid attribute name specified.', 'x-amz-object-attributes');
    }
    return { ...input, asked: new Set(asked) };
  },
  access: (row) => [
    ...versionedAccess(row, { object: 'GetObject', version: 'GetObjectVersion' }, (input) => input, {
      keys: existingTags,
    }),
    ...versionedAccess(
      row,
      { object: 'GetObjectAttributes', version: 'GetObjectVersionAttributes' },
      (input) => input,
      { keys: existingTags },
    ),
  ],
  handle: async (input, call, state) => {
    const { asked, PartNumberMarker, MaxParts } = input;
    const bucket = await openBucket(input, call, state);
    const object = await findObject(input, call, state);
    checkCustomerKey(input, object.headers);
    const { checksum } = object;
    return {
      LastModified: wholeSeconds(object.modified),
      ...versionOutput(object.versionId, bucket),
      ETag: asked.has('ETag') ? object.etag : undefined,
      Checksum: asked.has('Checksum') && checksum ? checksumOutput(withoutCount(checksum)) : undefined,
      ObjectParts: asked.has('ObjectParts')
        ? partsOf(object, Number(PartNumberMarker ?? 0), Math.min(MaxParts ?? PAGE, PAGE))
        : undefined,
      StorageClass: asked.has('StorageClass') ? storageClassOf(object.headers) : undefined,
      ObjectSize: asked.has('ObjectSize') ? object.size : undefined,
    };
  },
});
