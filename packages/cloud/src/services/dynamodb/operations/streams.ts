import { anyAccess, arnAccess } from '../access.js';
import { validationError } from '../engine/errors.js';
import {
  awaitRecords,
  findStream,
  firstSequence,
  lastSequence,
  newIterator,
  oldestSequence,
  SHARD,
  streamOfIterator,
} from '../engine/streams/stream.js';
import { streamArn } from '../engine/tables/describe.js';
import type { Table } from '../engine/tables/table.js';
import { parseInput } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

const arnType = { type: 'String', lengthGreaterThanOrEqual: 37, lengthLessThanOrEqual: 1024 };
const StreamArn = { ...arnType, notNull: true };

const headerOf = (table: Table, stream: NonNullable<Table['stream']>) => ({
  StreamArn: streamArn(table, stream.label),
  TableName: table.name,
  StreamLabel: stream.label,
});

interface ListStreamsInput {
  readonly TableName?: string;
  readonly Limit?: number;
  readonly ExclusiveStartStreamArn?: string;
}

export const listStreams = dynamoDbOperation({
  name: 'ListStreams',
  parse: (raw) =>
    parseInput<ListStreamsInput>(raw, {
      types: {
        TableName: {
          type: 'String',
          regex: '[a-zA-Z0-9_.-]+',
          lengthGreaterThanOrEqual: 3,
          lengthLessThanOrEqual: 255,
        },
        Limit: { type: 'Integer', greaterThanOrEqual: 1 },
        ExclusiveStartStreamArn: arnType,
      },
    }),
  access: (row) => [anyAccess(row, 'ListStreams')],
  handle: async ({ TableName, Limit = 100, ExclusiveStartStreamArn }, call, state) => {
    const found: ReturnType<typeof headerOf>[] = [];
    for await (const table of state.partition(call).tables()) {
      if (table.stream && (TableName === undefined || table.name === TableName))
        found.push(headerOf(table, table.stream));
    }
    const first = 1 + found.findIndex((stream) => stream.StreamArn === ExclusiveStartStreamArn);
    const Streams = found.slice(first, first + Math.min(Limit, 100));
    const more = found.length > first + Streams.length;
    return { Streams, ...(more && { LastEvaluatedStreamArn: Streams.at(-1)?.StreamArn }) };
  },
});

export const describeStream = dynamoDbOperation({
  name: 'DescribeStream',
  parse: (raw) =>
    parseInput<{ readonly StreamArn: string; readonly ExclusiveStartShardId?: string }>(raw, {
      types: { StreamArn, Limit: { type: 'Integer', greaterThanOrEqual: 1 }, ExclusiveStartShardId: 'String' },
    }),
  access: (row) => [arnAccess(row, 'DescribeStream', 'stream', ({ StreamArn }) => StreamArn)],
  handle: async (input, call, state) => {
    const partition = state.partition(call);
    const found = await findStream(partition, input.StreamArn);
    const { table, stream } = found;
    const StartingSequenceNumber = (await firstSequence(partition, found)) ?? oldestSequence(partition);
    const shard = {
      ShardId: SHARD,
      SequenceNumberRange: {
        StartingSequenceNumber,
        ...(!stream.StreamEnabled && {
          EndingSequenceNumber: (await lastSequence(partition, found)) || StartingSequenceNumber,
        }),
      },
    };
    return {
      StreamDescription: {
        ...headerOf(table, stream),
        StreamStatus: stream.StreamEnabled ? 'ENABLED' : 'DISABLED',
        StreamViewType: stream.StreamViewType,
        CreationRequestDateTime: Date.parse(`${stream.label}Z`) / 1000,
        KeySchema: table.keySchema,
        Shards: input.ExclusiveStartShardId === SHARD ? [] : [shard],
      },
    };
  },
});

interface GetShardIteratorInput {
  readonly StreamArn: string;
  readonly ShardId: string;
  readonly ShardIteratorType: 'TRIM_HORIZON' | 'LATEST' | 'AT_SEQUENCE_NUMBER' | 'AFTER_SEQUENCE_NUMBER';
  readonly SequenceNumber?: string;
}

export const getShardIterator = dynamoDbOperation({
  name: 'GetShardIterator',
  parse: (raw) =>
    parseInput<GetShardIteratorInput>(raw, {
      types: {
        StreamArn,
        ShardId: { type: 'String', notNull: true, lengthGreaterThanOrEqual: 28, lengthLessThanOrEqual: 65 },
        ShardIteratorType: {
          type: 'String',
          notNull: true,
          enum: ['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER', 'TRIM_HORIZON', 'LATEST'],
        },
        SequenceNumber: { type: 'String', lengthGreaterThanOrEqual: 21, lengthLessThanOrEqual: 40, regex: '[0-9]+' },
      },
    }),
  access: (row) => [arnAccess(row, 'GetShardIterator', 'stream', ({ StreamArn }) => StreamArn)],
  handle: async (input, call, state) => {
    const partition = state.partition(call);
    const found = await findStream(partition, input.StreamArn);
    if (input.ShardId !== SHARD) throw validationError(`Invalid ShardId in request: ${input.ShardId}`);
    const iterator = (from: string, behind: boolean) => ({
      ShardIterator: newIterator(partition, input.StreamArn, from, behind),
    });
    switch (input.ShardIteratorType) {
      case 'TRIM_HORIZON':
        return iterator('', false);
      case 'LATEST':
        return iterator(await lastSequence(partition, found), true);
      default:
        if (input.SequenceNumber === undefined) {
          throw validationError(`SequenceNumber is required for ShardIteratorType ${input.ShardIteratorType}`);
        }
        return iterator(input.SequenceNumber, input.ShardIteratorType === 'AFTER_SEQUENCE_NUMBER');
    }
  },
});

const MAX_RECORDS = 1000;

export const getRecords = dynamoDbOperation({
  name: 'GetRecords',
  parse: (raw) =>
    parseInput<{ readonly ShardIterator: string; readonly Limit?: number }>(raw, {
      types: {
        ShardIterator: { type: 'String', notNull: true, lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 2048 },
        Limit: { type: 'Integer', greaterThanOrEqual: 1, lessThanOrEqual: MAX_RECORDS },
      },
    }),
  access: (row) => [arnAccess(row, 'GetRecords', 'stream', ({ ShardIterator }) => streamOfIterator(ShardIterator))],
  handle: ({ ShardIterator, Limit = MAX_RECORDS }, call, state) =>
    awaitRecords(state.partition(call), ShardIterator, Limit, call),
});
