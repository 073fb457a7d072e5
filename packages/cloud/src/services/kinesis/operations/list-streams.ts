import { anything } from '../../../core/access.js';
import { isAfter, pageOf } from '../../../kit/page.js';
import { invalidToken } from '../kinesis-error.js';
import { kinesisOperation } from '../service-state.js';
import { STREAM_LIMITS, streamArn } from '../streams/stream-name.js';

const MAX_PAGE = 100;

export const listStreams = kinesisOperation({
  name: 'ListStreams',
  limits: { Limit: { min: 1, max: 10_000 }, ExclusiveStartStreamName: STREAM_LIMITS.StreamName },
  access: (row) => [row({ action: 'kinesis:ListStreams', on: anything })],
  handle: ({ Limit = MAX_PAGE, ExclusiveStartStreamName: after, NextToken: token }, call, { streams }) => {
    const all = streams.list(call).filter(({ name }) => after === undefined || isAfter(name, after));
    const { items, next } = pageOf(all, {
      keyOf: ({ name }) => name,
      limit: Math.min(Limit, MAX_PAGE),
      token,
      of: ['ListStreams'],
      refuse: invalidToken,
    });
    return {
      StreamNames: items.map(({ name }) => name),
      StreamSummaries: items.map((stream) => ({
        StreamName: stream.name,
        StreamARN: streamArn(stream),
        StreamStatus: 'ACTIVE' as const,
        StreamModeDetails: { StreamMode: stream.mode },
        StreamCreationTimestamp: new Date(Math.floor(stream.created / 1000) * 1000),
      })),
      HasMoreStreams: next !== undefined,
      NextToken: next,
    };
  },
});
