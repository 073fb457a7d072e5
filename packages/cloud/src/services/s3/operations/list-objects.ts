import { LIST_QUERY, listAccess, readListInput } from '../objects/list-input.js';
import { listPage } from '../objects/list-page.js';
import { commonPrefixEntries, objectEntry } from '../objects/object-entry.js';
import { openBucket } from '../open-bucket.js';
import { s3Operation } from '../wire/s3-binding.js';

export const listObjects = s3Operation(
  {
    method: 'GET',
    target: 'bucket',
    query: {
      ...LIST_QUERY,
      marker: 'Marker',
    },
    output: { element: 'ListBucketResult' },
  },
  {
    name: 'ListObjects',
    parse: (raw) => {
      const input = readListInput(raw);
      const { members } = input;
      return {
        ...input,
        marker: members.text('Marker') ?? '',
      };
    },
    access: (row) => [listAccess(row, 's3:ListBucket')],
    handle: async (input, call, state) => {
      const { account } = await openBucket(input, call, state);
      const { prefix, delimiter, maxKeys, marker, encode, encodingType } = input;
      const from = marker !== '' && marker >= prefix ? { gt: marker } : { gte: prefix };
      const page = await listPage(state.objects.list(input.bucket, from), input, marker);
      return {
        Name: input.bucket,
        Prefix: encode(prefix),
        Marker: encode(marker),
        ...(delimiter !== undefined && { Delimiter: encode(delimiter) }),
        MaxKeys: maxKeys,
        IsTruncated: page.truncated,
        EncodingType: encodingType,
        NextMarker: page.truncated && delimiter !== undefined ? encode(page.last) : undefined,
        Contents: page.objects.map((object) => ({ ...objectEntry(object, encode), Owner: { ID: account } })),
        CommonPrefixes: commonPrefixEntries(page.commonPrefixes, encode),
      };
    },
  },
);
