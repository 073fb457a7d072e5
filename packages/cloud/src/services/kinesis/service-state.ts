import type { AccessRow, ConditionKeys, RowMaker, Target } from '../../core/access.js';
import type { CloudContext } from '../../core/cloud.js';
import { operationsOf } from '../../model/operation.js';
import type { ConsumerStore } from './consumers/consumer-store.js';
import { type ConsumerName, consumerArn, type StreamName, streamArn } from './streams/stream-name.js';
import type { StreamStore } from './streams/stream-store.js';

/** The state that the operations of Kinesis share. */
export interface KinesisState {
  readonly context: CloudContext;
  readonly streams: StreamStore;
  readonly consumers: ConsumerStore;
}

/** An operation of Kinesis. */
export const kinesisOperation = operationsOf<KinesisState, 'kinesis'>('kinesis');

type KinesisRow<Input> = RowMaker<KinesisState, Input>;

interface StreamTarget extends Target {
  readonly stream: StreamName;
}

interface ConsumerTarget extends Target {
  readonly consumer: ConsumerName;
}

/** One action on the stream that an input names, by the caller's policies or the stream's own. */
export function onStreamOf<Input>(
  row: KinesisRow<Input>,
  action: string,
  of: (input: Input) => StreamName | undefined,
  keys: ConditionKeys<unknown, Input> = {},
): AccessRow<KinesisState, Input> {
  return row<StreamTarget>({
    action: `kinesis:${action}`,
    type: 'stream',
    on: (input, _call, { streams }) => {
      const stream = of(input);
      if (stream === undefined) return undefined;
      return { resource: streamArn(stream), resourcePolicy: async () => streams.find(stream)?.policy, stream };
    },
    keys: { ...keys, 'aws:ResourceTag/*': ({ target, state }) => state.streams.find(target.stream)?.tags },
  });
}

/** The same of an input that says which stream. */
export function onStream<Input extends { readonly stream: StreamName }>(
  row: KinesisRow<Input>,
  action: string,
  keys: ConditionKeys<unknown, Input> = {},
): AccessRow<KinesisState, Input> {
  return onStreamOf(row, action, ({ stream }) => stream, keys);
}

/** One action on the consumer that an input names, by the caller's policies or the consumer's own. */
export function onConsumerOf<Input>(
  row: KinesisRow<Input>,
  action: string,
  of: (input: Input, state: KinesisState) => ConsumerName | undefined,
  keys: ConditionKeys<unknown, Input> = {},
): AccessRow<KinesisState, Input> {
  return row<ConsumerTarget>({
    action: `kinesis:${action}`,
    type: 'consumer',
    on: (input, _call, state) => {
      const consumer = of(input, state);
      if (consumer === undefined) return undefined;
      const resourcePolicy = async () => state.consumers.find(consumer)?.policy;
      return { resource: consumerArn(consumer), resourcePolicy, consumer };
    },
    keys: { ...keys, 'aws:ResourceTag/*': ({ target, state }) => state.consumers.find(target.consumer)?.tags },
  });
}
