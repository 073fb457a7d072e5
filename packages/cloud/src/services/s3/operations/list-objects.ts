import { openBucket } from '../buckets/open-bucket.js';
import { listAccess, readListInput } from '../listing/list-access.js';
import { listPage } from '../listing/list-page.js';
import { commonPrefixEntries, objectEntry } from '../listing/object-entry.js';
import { ownerOf } from '../owner.js';
import { s3Operation } from '../service-state.js';

export const listObjects = s3Operation({
  name: 'ListObjects',
  parse: (input) => ({ ...readListInput(input), marker: input.Marker ?? '' }),
  access: (row) => [listAccess(row, 'ListBucket')],
  handle: async (input, call, state) => {
    const { account, region } = await openBucket(input, call, state);
    const { prefix, delimiter, maxKeys, marker, encode } = input;
    const from = marker !== '' && marker >= prefix ? { gt: marker } : { gte: prefix };
    const page = await listPage(state.objects.list(input.Bucket, from), input, marker);
    // Nobody in particular is not told whose the objects are.
    const Owner = call.principal.kind === 'anonymous' ? undefined : ownerOf(account);
    return {
      BucketRegion: region,
      Name: input.Bucket,
      Prefix: encode(prefix),
      Marker: encode(marker),
      Delimiter: delimiter && encode(delimiter),
      MaxKeys: maxKeys,
      IsTruncated: page.truncated,
      EncodingType: input.EncodingType,
      NextMarker: page.truncated && delimiter !== undefined ? encode(page.last) : undefined,
      Contents: page.objects.map((object) => ({ ...objectEntry(object, encode), Owner })),
      CommonPrefixes: commonPrefixEntries(page.commonPrefixes, encode),
    };
  },
});
