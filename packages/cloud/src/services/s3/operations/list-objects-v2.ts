import { openBucket } from '../buckets/open-bucket.js';
import { listAccess, readListInput } from '../listing/list-access.js';
import { listPage } from '../listing/list-page.js';
import { commonPrefixEntries, objectEntry } from '../listing/object-entry.js';
import { ownerOf } from '../owner.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../service-state.js';

function decodeToken(token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith('k')) {
    throw s3Error.invalidArgument('The continuation token provided is incorrect', 'continuation-token');
  }
  return text.slice(1);
}

const encodeToken = (last: string): string => Buffer.from(`k${last}`).toString('base64url');

export const listObjectsV2 = s3Operation({
  name: 'ListObjectsV2',
  parse: (input) => ({ ...readListInput(input), after: decodeToken(input.ContinuationToken) }),
  access: (row) => [listAccess(row, 'ListBucket')],
  handle: async (input, call, state) => {
    const { account, region } = await openBucket(input, call, state);
    const { prefix, delimiter, maxKeys, encode, StartAfter, FetchOwner, ContinuationToken } = input;
    const after = input.after ?? StartAfter;
    const from = after !== undefined && after >= prefix ? { gt: after } : { gte: prefix };
    const page = await listPage(state.objects.list(input.Bucket, from), input, after);
    return {
      BucketRegion: region,
      Name: input.Bucket,
      Prefix: encode(prefix),
      Delimiter: delimiter && encode(delimiter),
      MaxKeys: maxKeys,
      KeyCount: page.objects.length + page.commonPrefixes.length,
      IsTruncated: page.truncated,
      EncodingType: input.EncodingType,
      // A page that goes on behind another is not told where the first one began.
      StartAfter: StartAfter === undefined || ContinuationToken !== undefined ? undefined : encode(StartAfter),
      ContinuationToken,
      NextContinuationToken: page.truncated ? encodeToken(page.last) : undefined,
      Contents: page.objects.map((object) => ({
        ...objectEntry(object, encode),
        ...(FetchOwner && { Owner: ownerOf(account) }),
      })),
      CommonPrefixes: commonPrefixEntries(page.commonPrefixes, encode),
    };
  },
});
