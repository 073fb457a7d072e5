import { bucketAccess } from '../bucket-access.js';
import { readBucketInput } from '../bucket-input.js';
import { keyEncoder, listPage, readMaxKeys } from '../objects/list-page.js';
import { commonPrefixEntries, objectEntry } from '../objects/object-entry.js';
import { openBucket } from '../open-bucket.js';
import { s3Operation } from '../wire/s3-binding.js';

export const listObjects = s3Operation(
  {
    method: 'GET',
    target: 'bucket',
    query: {
      prefix: 'Prefix',
      delimiter: 'Delimiter',
      'max-keys': 'MaxKeys',
      marker: 'Marker',
      'encoding-type': 'EncodingType',
    },
    output: { element: 'ListBucketResult' },
  },
  {
    name: 'ListObjects',
    parse: (raw) => {
      const input = readBucketInput(raw);
      const { members } = input;
      return {
        ...input,
        prefix: members.text('Prefix') ?? '',
        delimiter: members.text('Delimiter') || undefined,
        maxKeys: readMaxKeys(members.integer('MaxKeys')),
        marker: members.text('Marker') ?? '',
        encodingType: members.text('EncodingType'),
        encode: keyEncoder(members.text('EncodingType')),
      };
    },
    access: ({ bucket, prefix, delimiter, maxKeys }, _call, state) =>
      bucketAccess('s3:ListBucket', bucket, state, {
        context: {
          's3:prefix': prefix,
          's3:max-keys': String(maxKeys),
          ...(delimiter !== undefined && { 's3:delimiter': delimiter }),
        },
      }),
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
