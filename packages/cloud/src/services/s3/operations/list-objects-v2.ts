import { LIST_QUERY, listAccess, readListInput } from '../objects/list-input.js';
import { listPage } from '../objects/list-page.js';
import { commonPrefixEntries, objectEntry } from '../objects/object-entry.js';
import { openBucket } from '../open-bucket.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../wire/s3-binding.js';

function decodeToken(token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith('k')) {
    throw s3Error.invalidArgument('The continuation token provided is incorrect', 'continuation-token', token);
  }
  return text.slice(1);
}

const encodeToken = (last: string): string => Buffer.from(`k${last}`).toString('base64url');

export const listObjectsV2 = s3Operation(
  {
    method: 'GET',
    target: 'bucket',
    when: ['list-type'],
    query: {
      ...LIST_QUERY,
      'start-after': 'StartAfter',
      'continuation-token': 'ContinuationToken',
      'fetch-owner': 'FetchOwner',
    },
    output: { element: 'ListBucketResult' },
  },
  {
    name: 'ListObjectsV2',
    parse: (raw) => {
      const input = readListInput(raw);
      const { members } = input;
      return {
        ...input,
        startAfter: members.text('StartAfter'),
        token: members.text('ContinuationToken'),
        after: decodeToken(members.text('ContinuationToken')),
        fetchOwner: members.flag('FetchOwner') ?? false,
      };
    },
    access: (row) => [listAccess(row, 's3:ListBucket')],
    handle: async (input, call, state) => {
      const { account } = await openBucket(input, call, state);
      const { prefix, delimiter, maxKeys, encode, encodingType } = input;
      const after = input.after ?? input.startAfter;
      const from = after !== undefined && after >= prefix ? { gt: after } : { gte: prefix };
      const page = await listPage(state.objects.list(input.bucket, from), input, after);
      return {
        Name: input.bucket,
        Prefix: encode(prefix),
        ...(delimiter !== undefined && { Delimiter: encode(delimiter) }),
        MaxKeys: maxKeys,
        KeyCount: page.objects.length + page.commonPrefixes.length,
        IsTruncated: page.truncated,
        EncodingType: encodingType,
        StartAfter: input.startAfter === undefined ? undefined : encode(input.startAfter),
        ContinuationToken: input.token,
        NextContinuationToken: page.truncated ? encodeToken(page.last) : undefined,
        Contents: page.objects.map((object) => ({
          ...objectEntry(object, encode),
          ...(input.fetchOwner && { Owner: { ID: account } }),
        })),
        CommonPrefixes: commonPrefixEntries(page.commonPrefixes, encode),
      };
    },
  },
);
