import { isAfter } from '../../../kit/page.js';
import { openBucket } from '../buckets/open-bucket.js';
import { listAccess, readListInput } from '../listing/list-access.js';
import { commonPrefixOf } from '../listing/list-page.js';
import { commonPrefixEntries, objectEntry } from '../listing/object-entry.js';
import type { ObjectRecord } from '../objects/object-record.js';
import { ownerOf } from '../owner.js';
import { s3Error } from '../s3-error.js';
import { type S3State, s3Operation } from '../service-state.js';

type Version = ObjectRecord & { readonly latest: boolean };

/** Keys of two ordered sources, in order, each once. */
async function* mergedKeys(bucket: string, from: string, { objects }: S3State): AsyncIterable<string> {
  const live = objects.list(bucket, { gte: from })[Symbol.asyncIterator]();
  const older = objects.versionedKeys(bucket, from)[Symbol.asyncIterator]();
  let a = await live.next();
  let b = await older.next();
  let last: string | undefined;
  while (!a.done || !b.done) {
    const key = a.done
      ? (b.value as string)
      : b.done
        ? a.value.key
        : isAfter(b.value, a.value.key)
          ? a.value.key
          : b.value;
    if (key !== last) yield key;
    last = key;
    if (!a.done && a.value.key === key) a = await live.next();
    while (!b.done && b.value === key) b = await older.next();
  }
}

async function* versionsFrom(bucket: string, from: string, state: S3State): AsyncIterable<Version> {
  for await (const key of mergedKeys(bucket, from, state)) {
    const live = await state.objects.get(bucket, key);
    if (live) yield { ...live, latest: true };
    let latest = live === undefined;
    for await (const version of state.objects.versions(bucket, key)) {
      yield { ...version, latest };
      latest = false;
    }
  }
}

export const listObjectVersions = s3Operation({
  name: 'ListObjectVersions',
  parse: (input) => {
    const { KeyMarker = '', VersionIdMarker } = input;
    if (VersionIdMarker !== undefined && KeyMarker === '') {
      const message = 'A version-id marker cannot be specified without a key marker.';
      throw s3Error.invalidArgument(message, 'version-id-marker', VersionIdMarker);
    }
    if (VersionIdMarker === '') {
      throw s3Error.invalidArgument('A version-id marker cannot be empty.', 'version-id-marker', '');
    }
    return { ...readListInput(input), keyMarker: KeyMarker, versionMarker: VersionIdMarker };
  },
  access: (row) => [listAccess(row, 'ListBucketVersions')],
  handle: async (input, call, state) => {
    const { account, region } = await openBucket(input, call, state);
    const { prefix, delimiter, maxKeys, keyMarker, versionMarker, encode } = input;
    const versions: Version[] = [];
    const prefixes: string[] = [];
    let last: { key: string; versionId: string | undefined } | undefined;
    let truncated = false;
    // A key marker alone passes over every version of its key.
    let reached = false;
    const passed = commonPrefixOf(keyMarker, prefix, delimiter);
    const from = isAfter(keyMarker, prefix) ? keyMarker : prefix;
    for await (const version of versionsFrom(input.Bucket, from, state)) {
      if (!version.key.startsWith(prefix)) break;
      if (version.key === keyMarker && !reached) {
        reached = version.versionId === versionMarker;
        continue;
      }
      const common = commonPrefixOf(version.key, prefix, delimiter);
      if (common !== undefined && (common === prefixes.at(-1) || common === passed)) continue;
      if (versions.length + prefixes.length >= maxKeys) {
        truncated = maxKeys > 0;
        break;
      }
      if (common === undefined) versions.push(version);
      else prefixes.push(common);
      last = common === undefined ? version : { key: common, versionId: undefined };
    }
    const entry = (version: Version) => ({
      ...objectEntry(version, encode),
      VersionId: version.versionId,
      IsLatest: version.latest,
      Owner: ownerOf(account),
    });
    return {
      BucketRegion: region,
      Name: input.Bucket,
      Prefix: encode(prefix),
      KeyMarker: encode(keyMarker),
      VersionIdMarker: versionMarker ?? '',
      Delimiter: delimiter && encode(delimiter),
      MaxKeys: maxKeys,
      IsTruncated: truncated,
      EncodingType: input.EncodingType,
      NextKeyMarker: truncated && last ? encode(last.key) : undefined,
      NextVersionIdMarker: truncated && last ? last.versionId : undefined,
      Versions: versions
        .filter(({ deleteMarker }) => !deleteMarker)
        .map((version) => ({ ...entry(version), StorageClass: 'STANDARD' as const })),
      DeleteMarkers: versions
        .filter(({ deleteMarker }) => deleteMarker)
        .map((version) => {
          const { Key, LastModified, VersionId, IsLatest, Owner } = entry(version);
          return { Key, LastModified, VersionId, IsLatest, Owner };
        }),
      CommonPrefixes: commonPrefixEntries(prefixes, encode),
    };
  },
});
