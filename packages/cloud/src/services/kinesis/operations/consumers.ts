import { requestTags } from '../../../core/access.js';
import { pageOf } from '../../../kit/page.js';
import { withTags } from '../../../kit/tags.js';
import type { ConsumerRecord } from '../consumers/consumer-store.js';
import { inUse, invalidArgument, invalidToken, limitExceeded, notFound } from '../kinesis-error.js';
import { type KinesisState, kinesisOperation, onConsumerOf, onStream, onStreamOf } from '../service-state.js';
import {
  type ConsumerName,
  consumerArn,
  parseConsumerArn,
  requireConsumer,
  requireStream,
  STREAM_LIMITS,
  type StreamName,
  streamArn,
} from '../streams/stream-name.js';
import { STREAM_TAGS } from './tagging.js';

/** "Quotas and limits": registered consumers of a stream. */
const MOST_CONSUMERS = 20;
const NAME = { min: 1, max: 128, pattern: /[a-zA-Z0-9_.-]+/ };

function shown(consumer: ConsumerRecord) {
  return {
    ConsumerName: consumer.consumer,
    ConsumerARN: consumerArn(consumer),
    ConsumerStatus: 'ACTIVE' as const,
    ConsumerCreationTimestamp: new Date(consumer.registered * 1000),
  };
}

export const registerStreamConsumer = kinesisOperation({
  name: 'RegisterStreamConsumer',
  limits: { StreamARN: STREAM_LIMITS.StreamARN, ConsumerName: NAME },
  parse: ({ StreamARN, ConsumerName: consumer, Tags = {} }) => ({
    stream: requireStream(StreamARN),
    consumer,
    tags: { ...Tags },
  }),
  access: (row) => [
    onStream(
      row,
      'RegisterStreamConsumer',
      requestTags(({ tags }) => tags),
    ),
    onStreamOf(
      row,
      'TagResource',
      ({ stream, tags }) => (Object.keys(tags).length > 0 ? stream : undefined),
      requestTags(({ tags }) => tags),
    ),
  ],
  handle: async ({ stream: name, consumer, tags }, call, { context, streams, consumers }) => {
    const { account, region } = streams.get(name);
    const all = consumers.list(name);
    // A stack chooses the whole ARN before it starts.
    const chosen = call.resourceId === undefined ? undefined : parseConsumerArn(call.resourceId);
    const stream: StreamName = { account, region, name: name.name };
    const registered = chosen?.registered ?? Math.floor(context.now() / 1000);
    const record = { account, region, stream, consumer, registered, tags: withTags({}, tags, STREAM_TAGS, call) };
    const known = all.find((each) => each.consumer === consumer);
    // A stack whose creation was cut off takes up what it made.
    if (known && consumerArn(known) === call.resourceId) return { Consumer: shown(known) };
    if (known)
      throw inUse(`Consumer ${consumer} under stream ${streamArn(name)} already exists for account ${account}.`);
    if (all.length >= MOST_CONSUMERS) {
      throw limitExceeded(
        `Cannot register more than ${MOST_CONSUMERS} consumers for stream ${name.name} under account ${account}.`,
      );
    }
    await consumers.put(record);
    return { Consumer: shown(record) };
  },
});

interface NamesConsumer {
  readonly arn: string | undefined;
  readonly stream: string | undefined;
  readonly name: string | undefined;
}

const CONSUMER_LIMITS = { StreamARN: STREAM_LIMITS.StreamARN, ConsumerName: NAME, ConsumerARN: { min: 1, max: 2048 } };

/** The consumer that an input names, by its ARN or by its name and stream; undefined where there is none. */
function findConsumer({ arn, stream, name }: NamesConsumer, { consumers }: KinesisState): ConsumerName | undefined {
  if (arn !== undefined) return requireConsumer(arn);
  if (stream === undefined || name === undefined) {
    throw invalidArgument('Either ConsumerARN or both StreamARN and ConsumerName must be provided.');
  }
  return consumers.list(requireStream(stream)).find(({ consumer }) => consumer === name);
}

/** @throws AwsError ResourceNotFoundException */
function getConsumer(names: NamesConsumer, state: KinesisState): ConsumerRecord {
  const consumer = findConsumer(names, state);
  const record = consumer && state.consumers.find(consumer);
  if (record) return record;
  throw notFound(`Consumer ${names.arn ?? `${names.name} of stream ${names.stream}`} not found.`);
}

export const deregisterStreamConsumer = kinesisOperation({
  name: 'DeregisterStreamConsumer',
  limits: CONSUMER_LIMITS,
  parse: ({ ConsumerARN: arn, StreamARN: stream, ConsumerName: name }) => ({ arn, stream, name }),
  access: (row) => [onConsumerOf(row, 'DeregisterStreamConsumer', findConsumer)],
  handle: (names, _call, state) => state.consumers.delete(getConsumer(names, state)),
});

export const describeStreamConsumer = kinesisOperation({
  name: 'DescribeStreamConsumer',
  limits: CONSUMER_LIMITS,
  parse: ({ ConsumerARN: arn, StreamARN: stream, ConsumerName: name }) => ({ arn, stream, name }),
  access: (row) => [onConsumerOf(row, 'DescribeStreamConsumer', findConsumer)],
  handle: (names, _call, state) => {
    const consumer = getConsumer(names, state);
    return { ConsumerDescription: { ...shown(consumer), StreamARN: streamArn(consumer.stream) } };
  },
});

export const listStreamConsumers = kinesisOperation({
  name: 'ListStreamConsumers',
  limits: { StreamARN: STREAM_LIMITS.StreamARN, MaxResults: { min: 1, max: 10_000 } },
  parse: ({ StreamARN, NextToken: token, MaxResults: limit = 100 }) => ({
    stream: requireStream(StreamARN),
    token,
    limit,
  }),
  access: (row) => [onStream(row, 'ListStreamConsumers')],
  handle: ({ stream, token, limit }, _call, { streams, consumers }) => {
    streams.get(stream);
    const { items, next } = pageOf(consumers.list(stream), {
      keyOf: ({ consumer }) => consumer,
      limit,
      token,
      of: ['ListStreamConsumers', streamArn(stream)],
      refuse: invalidToken,
    });
    return { Consumers: items.map(shown), NextToken: next };
  },
});
