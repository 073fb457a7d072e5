import type { RowMaker } from '../../../core/access.js';
import type { Call } from '../../../core/operation.js';
import { childrenOf, malformedXml, type XmlStructure } from '../../../gateway/read-xml.js';
import { existingTags, type S3Keys, versionedAccess } from '../bucket-access.js';
import { readObjectInput } from '../bucket-input.js';
import { findObject } from '../objects/find-object.js';
import type { ObjectRecord } from '../objects/object-record.js';
import { openBucket } from '../open-bucket.js';
import type { S3State } from '../s3-state.js';
import { s3Operation } from '../wire/s3-binding.js';

function parse(raw: unknown) {
  const input = readObjectInput(raw);
  return { ...input, versionId: input.members.text('VersionId') };
}

type TaggingInput = ReturnType<typeof parse>;

/** `s3:GetObjectTagging`, or `s3:GetObjectVersionTagging` where a version is named. */
const access = <Input extends TaggingInput>(
  row: RowMaker<S3State, Input>,
  verb: string,
  keys: S3Keys<NoInfer<Input>> = {},
) =>
  versionedAccess(
    row,
    { object: `s3:${verb}ObjectTagging`, version: `s3:${verb}ObjectVersionTagging` },
    (input) => input,
    { keys: { ...existingTags, ...keys } },
  );

function readTagSet(tagging: XmlStructure): Record<string, string> {
  const set = tagging.TagSet;
  const tags = Array.isArray(set) ? set : typeof set === 'object' ? childrenOf(set as XmlStructure, 'Tag') : [];
  return Object.fromEntries(
    tags.map((tag) => {
      if (typeof tag === 'string' || typeof tag.Key !== 'string') throw malformedXml();
      return [tag.Key, String(tag.Value ?? '')];
    }),
  );
}

async function changeTags(input: TaggingInput, tags: ObjectRecord['tags'], call: Call, state: S3State) {
  await openBucket(input, call, state);
  await findObject(input, input.versionId, call, state);
  await state.objects.amend(input.bucket, input.key, input.versionId, (object) => ({ ...object, tags }));
  return {};
}

const BINDING = { target: 'object', when: ['tagging'], query: { versionId: 'VersionId' } } as const;

export const getObjectTagging = s3Operation(
  { ...BINDING, method: 'GET', output: { element: 'Tagging' } },
  {
    name: 'GetObjectTagging',
    parse,
    access: (row) => access(row, 'Get'),
    handle: async (input, call, state) => {
      await openBucket(input, call, state);
      const { tags } = await findObject(input, input.versionId, call, state);
      return { TagSet: { Tag: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) } };
    },
  },
);

export const putObjectTagging = s3Operation(
  { ...BINDING, method: 'PUT', xml: 'Tagging' },
  {
    name: 'PutObjectTagging',
    parse: (raw) => {
      const input = parse(raw);
      return { ...input, tags: readTagSet((input.members.raw('Tagging') ?? {}) as XmlStructure) };
    },
    access: (row) =>
      access(row, 'Put', {
        's3:RequestObjectTag/*': ({ input }) => input.tags,
        's3:RequestObjectTagKeys': ({ input }) => Object.keys(input.tags),
      }),
    handle: (input, call, state) => changeTags(input, input.tags, call, state),
  },
);

export const deleteObjectTagging = s3Operation(
  { ...BINDING, method: 'DELETE', output: { status: 204 } },
  {
    name: 'DeleteObjectTagging',
    parse,
    access: (row) => access(row, 'Delete'),
    handle: (input, call, state) => changeTags(input, {}, call, state),
  },
);
