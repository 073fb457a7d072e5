import type { RowMaker } from '../../../core/access.js';
import type { Members } from '../../../core/members.js';
import type { Call } from '../../../core/operation.js';
import { existingTags, versionedAccess } from '../bucket-access.js';
import { readObjectInput } from '../bucket-input.js';
import { type ByteRange, parseRange } from '../objects/byte-range.js';
import { findObject } from '../objects/find-object.js';
import { checksumOutput, OBJECT_OUTPUT, quoted, versionOutput } from '../objects/object-headers.js';
import type { ObjectRecord } from '../objects/object-record.js';
import { checkReadConditions, READ_CONDITION_HEADERS } from '../objects/read-conditions.js';
import { openBucket } from '../open-bucket.js';
import { s3Error } from '../s3-error.js';
import type { S3State } from '../s3-state.js';
import { s3Operation } from '../wire/s3-binding.js';

/** Query parameters by which the reader of a presigned URL gets other headers. */
const OVERRIDES = {
  'response-content-type': 'ContentType',
  'response-cache-control': 'CacheControl',
  'response-content-disposition': 'ContentDisposition',
  'response-content-encoding': 'ContentEncoding',
  'response-content-language': 'ContentLanguage',
  'response-expires': 'Expires',
} as const;

const BINDING = {
  target: 'object',
  query: {
    versionId: 'VersionId',
    partNumber: 'PartNumber',
    ...Object.fromEntries(Object.keys(OVERRIDES).map((name) => [name, name])),
  },
  headers: { range: 'Range', 'x-amz-checksum-mode': 'ChecksumMode', ...READ_CONDITION_HEADERS },
  metadata: true,
} as const;

function parse(raw: unknown) {
  const input = readObjectInput(raw);
  const { members } = input;
  return {
    ...input,
    versionId: members.text('VersionId'),
    range: members.text('Range'),
    partNumber: members.integer('PartNumber'),
    checksums: members.text('ChecksumMode')?.toUpperCase() === 'ENABLED',
    overrides: readOverrides(members),
  };
}

type ReadInput = ReturnType<typeof parse>;

function readOverrides(members: Members): Record<string, string> {
  const overrides: Record<string, string> = {};
  for (const [parameter, member] of Object.entries(OVERRIDES)) {
    const value = members.text(parameter);
    if (value !== undefined) overrides[member] = value;
  }
  return overrides;
}

function partRange(object: ObjectRecord, number: number): ByteRange {
  const before = object.segments.slice(0, number - 1).reduce((sum, { size }) => sum + size, 0);
  const segment = object.segments[number - 1];
  if (!segment) throw s3Error.invalidArgument('The requested partnumber is not satisfiable', 'PartNumber', `${number}`);
  return { start: before, end: before + segment.size };
}

async function read(input: ReadInput, call: Call, state: S3State) {
  const bucket = await openBucket(input, call, state);
  const object = await findObject(input, input.versionId, call, state);
  checkReadConditions(input.members, object);
  const part = input.partNumber === undefined ? undefined : partRange(object, input.partNumber);
  const range = part ?? parseRange(input.range, object.size);
  const { start, end } = range ?? { start: 0, end: object.size };
  const tagCount = Object.keys(object.tags).length;
  return {
    object,
    start,
    end,
    output: {
      ...object.headers,
      ContentType: object.headers.ContentType ?? 'binary/octet-stream',
      ...input.overrides,
      AcceptRanges: 'bytes',
      LastModified: new Date(object.modified),
      ContentLength: end - start,
      ETag: quoted(object.etag),
      Metadata: object.metadata,
      ...versionOutput(object.versionId, bucket.versioning),
      ...(input.checksums && !range && checksumOutput(object.checksum)),
      ...(range && { ContentRange: `bytes ${start}-${end - 1}/${object.size}`, status: 206 }),
      ...(part && object.partCount !== undefined && { PartsCount: object.partCount }),
      ...(tagCount > 0 && { TagCount: tagCount }),
    },
  };
}

const access = (row: RowMaker<S3State, ReadInput>) =>
  versionedAccess(row, { object: 's3:GetObject', version: 's3:GetObjectVersion' }, (input) => input, {
    keys: existingTags,
  });

const OUTPUT = { headers: OBJECT_OUTPUT, statusMember: 'status', payload: 'Body' };

export const getObject = s3Operation(
  { ...BINDING, method: 'GET', output: OUTPUT },
  {
    name: 'GetObject',
    parse,
    access,
    handle: async (input, call, state) => {
      const { object, start, end, output } = await read(input, call, state);
      return { ...output, Body: await state.objects.bodies.read(object.segments, start, end) };
    },
  },
);

export const headObject = s3Operation(
  { ...BINDING, method: 'HEAD', output: OUTPUT },
  {
    name: 'HeadObject',
    parse,
    access,
    handle: async (input, call, state) => (await read(input, call, state)).output,
  },
);
