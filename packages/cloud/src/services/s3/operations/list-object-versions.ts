import { LIST_QUERY, listAccess, readListInput } from '../objects/list-input.js';
import { commonPrefixOf } from '../objects/list-page.js';
import { commonPrefixEntries, objectEntry } from '../objects/object-entry.js';
import type { ObjectRecord } from '../objects/object-record.js';
import { openBucket } from '../open-bucket.js';
import type { S3State } from '../s3-state.js';
import { s3Operation } from '../wire/s3-binding.js';

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
        : before(a.value.key, b.value)
          ? a.value.key
          : b.value;
    if (key !== last) yield key;
    last = key;
    if (!a.done && a.value.key === key) a = await live.next();
    while (!b.done && b.value === key) b = await older.next();
  }
}

/** The order of the store: of UTF-8 bytes, which is not that of JavaScript's strings. */
function before(a: string, b: string): boolean {
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;
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

export const listObjectVersions = s3Operation(
  {
    method: 'GET',
    target: 'bucket',
    when: ['versions'],
    query: {
      ...LIST_QUERY,
      'key-marker': 'KeyMarker',
      'version-id-marker': 'VersionIdMarker',
    },
    output: { element: 'ListVersionsResult' },
  },
  {
    name: 'ListObjectVersions',
    parse: (raw) => {
      const input = readListInput(raw);
      const { members } = input;
      return {
        ...input,
        keyMarker: members.text('KeyMarker') ?? '',
        versionMarker: members.text('VersionIdMarker') || undefined,
      };
    },
    access: (row) => [listAccess(row, 's3:ListBucketVersions')],
    handle: async (input, call, state) => {
      const { account } = await openBucket(input, call, state);
      const { prefix, delimiter, maxKeys, keyMarker, versionMarker, encode } = input;
      const versions: Version[] = [];
      const prefixes: string[] = [];
      let last: { key: string; versionId: string | undefined } | undefined;
      let truncated = false;
      // A key marker alone passes over every version of its key.
      let reached = false;
      const from = before(prefix, keyMarker) ? keyMarker : prefix;
      for await (const version of versionsFrom(input.bucket, from, state)) {
        if (!version.key.startsWith(prefix)) break;
        if (version.key === keyMarker && !reached) {
          reached = version.versionId === versionMarker;
          continue;
        }
        const common = commonPrefixOf(version.key, input);
        if (common !== undefined && (common === prefixes.at(-1) || common === keyMarker)) continue;
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
        Owner: { ID: account },
      });
      return {
        Name: input.bucket,
        Prefix: encode(prefix),
        KeyMarker: encode(keyMarker),
        VersionIdMarker: versionMarker,
        ...(delimiter !== undefined && { Delimiter: encode(delimiter) }),
        MaxKeys: maxKeys,
        IsTruncated: truncated,
        EncodingType: input.encodingType,
        NextKeyMarker: truncated && last ? encode(last.key) : undefined,
        NextVersionIdMarker: truncated && last ? last.versionId : undefined,
        Version: versions.filter(({ deleteMarker }) => !deleteMarker).map(entry),
        DeleteMarker: versions
          .filter(({ deleteMarker }) => deleteMarker)
          .map((version) => {
            const { Key, LastModified, VersionId, IsLatest, Owner } = entry(version);
            return { Key, LastModified, VersionId, IsLatest, Owner };
          }),
        CommonPrefixes: commonPrefixEntries(prefixes, encode),
      };
    },
  },
);
